"""Notifications: written with the decision (outbox), brought by a worker (delivery)."""

from shop.notifications.delivery import CLAIM, MAX_ATTEMPTS, claim, deliver_due, enqueue, find_by_message

__all__ = [
    "CLAIM",
    "MAX_ATTEMPTS",
    "chats",
    "claim",
    "deliver_due",
    "enqueue",
    "find_by_message",
    "operators",
    "outbox",
    "quiet",
    "readers",
    "sellers",
]
