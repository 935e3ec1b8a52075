"""What customers wrote."""
