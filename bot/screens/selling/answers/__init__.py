"""The saved answers of a seller."""
