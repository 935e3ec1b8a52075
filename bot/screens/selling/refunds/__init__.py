"""Refunds: what the seller gives back."""
