"""The customer's orders."""
