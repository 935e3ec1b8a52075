"""Reviews: who may rate what, what is shown, and the seller's answer."""

from shop.reviews.rating import (
    COMMENT_LENGTH,
    HIGHEST,
    Reviewable,
    comment,
    find_mine,
    get_shown,
    hide,
    list_reviews,
    rate,
    reply,
    reviewable,
    take_back,
)

__all__ = [
    "COMMENT_LENGTH",
    "HIGHEST",
    "Reviewable",
    "comment",
    "find_mine",
    "get_shown",
    "hide",
    "list_reviews",
    "rate",
    "reply",
    "reviewable",
    "take_back",
]
