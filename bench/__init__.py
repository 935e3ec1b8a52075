"""Measures it: a load of real visits against the bot over HTTP, and the bare framework's ceiling in the same run."""
