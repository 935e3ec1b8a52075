"""One module a noun: what a tap or a command does."""
