"""Signing in and out at the desk, and the account by which one does."""
