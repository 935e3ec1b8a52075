"""Keys that a seller sells."""
