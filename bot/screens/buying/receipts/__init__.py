"""Receipts of paid orders, for who bought and for who sold."""
