"""Digital goods by the month: what a subscription is, when it ends, and who stops it."""

__all__ = ["reading", "refusals", "rule", "stopping", "wishes"]
