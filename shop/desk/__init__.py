"""The desk: who may sit down at it, and how they sign in."""

__all__ = ["account", "lasting", "links", "passwords", "sessions", "signing_in", "tries"]
