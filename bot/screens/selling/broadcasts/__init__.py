"""Broadcasts, as their seller writes and follows them."""
