"""Keys that somebody bought."""
