"""The first look of a seller's day."""
