"""Decides: the rules, the use cases and the flows of the shop."""
