"""What was done in the shop."""
