"""Promotions of a seller."""
