"""The seller's orders."""
