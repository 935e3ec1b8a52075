"""A seller's notes about an order."""
