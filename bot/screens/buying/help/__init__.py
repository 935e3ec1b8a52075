"""Help, terms and support."""
