"""A seller's staff: who may do what, and the links by which they come."""
