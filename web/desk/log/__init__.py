"""The log at the desk: what was done by those who run the shop."""
