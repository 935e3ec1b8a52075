"""The checkout: summary, address, and paying."""
