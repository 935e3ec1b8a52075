"""Talks Telegram: intake, handlers, views, buttons and words."""
