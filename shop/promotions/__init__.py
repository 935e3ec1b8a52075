"""Promotions: what a seller takes off, by code or by itself, as often as it says."""

from shop.promotions.codes import fold, new_code
from shop.promotions.keeping import PromotionDraft, Standing, create, generate, list_promotions, look, set_running
from shop.promotions.reading import OFFERS_OF, candidates_in
from shop.promotions.rule import Candidate, Goods, Saving, best, by_largest_remainder, why_not
from shop.promotions.typed import apply_code, remove_code
from shop.promotions.using import give_back, use_again, use_now

__all__ = [
    "OFFERS_OF",
    "Candidate",
    "Goods",
    "PromotionDraft",
    "Saving",
    "Standing",
    "apply_code",
    "best",
    "by_largest_remainder",
    "candidates_in",
    "create",
    "fold",
    "generate",
    "give_back",
    "list_promotions",
    "look",
    "new_code",
    "remove_code",
    "set_running",
    "use_again",
    "use_now",
    "why_not",
]
