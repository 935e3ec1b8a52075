"""Reviews as a seller sees them."""
