"""Writing to a seller."""
