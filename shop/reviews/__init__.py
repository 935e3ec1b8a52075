"""Reviews: who may rate what, what is shown, and the seller's answer."""

from shop.reviews.answering import (
    Received,
    Which,
    count_unanswered,
    find_own,
    get_received,
    hide,
    list_received,
    may_show,
    reply,
)
from shop.reviews.rating import (
    COMMENT_LENGTH,
    HIGHEST,
    Reviewable,
    comment,
    find_mine,
    get_shown,
    list_reviews,
    rate,
    reviewable,
    take_back,
)

__all__ = [
    "COMMENT_LENGTH",
    "HIGHEST",
    "Received",
    "Reviewable",
    "Which",
    "comment",
    "count_unanswered",
    "find_mine",
    "find_own",
    "get_received",
    "get_shown",
    "hide",
    "list_received",
    "list_reviews",
    "may_show",
    "rate",
    "reply",
    "reviewable",
    "take_back",
]
