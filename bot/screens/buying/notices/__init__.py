"""Notices: what the keys under a notification do."""
