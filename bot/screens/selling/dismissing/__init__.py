"""Dismissing a seller, and who takes over."""
