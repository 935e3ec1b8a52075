"""Groups and channels of a seller or of the shop: let in, told what arrives there, moved, let go."""

from shop.chats.connecting import Seen, connect, find, get, let_go, mine, move, set_kind, set_private, set_topic
from shop.notifications.chats import KINDS, lose

__all__ = [
    "KINDS",
    "Seen",
    "connect",
    "find",
    "get",
    "let_go",
    "lose",
    "mine",
    "move",
    "posts",
    "set_kind",
    "set_private",
    "set_topic",
]
