"""Talks HTTP: webhooks of Telegram and of payment providers, health, readiness, metrics, the desk."""
