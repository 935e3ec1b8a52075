"""Promotions: what a seller takes off, by code or by itself, as often as it says."""

from shop.promotions.changing import change, discard, never_ran
from shop.promotions.codes import fold, new_code
from shop.promotions.keeping import PromotionDraft, Standing, create, list_promotions, look, set_running
from shop.promotions.making import MOST_CODES, MadeCode, generate, made_codes
from shop.promotions.reading import OFFERS_OF, candidates_in
from shop.promotions.rule import Candidate, Goods, Saving, best, by_largest_remainder, why_not
from shop.promotions.scope import Chosen, Level, chosen, clear, level, set_category, set_product
from shop.promotions.typed import apply_code, remove_code
from shop.promotions.using import give_back, use_again, use_now

__all__ = [
    "MOST_CODES",
    "OFFERS_OF",
    "Candidate",
    "Chosen",
    "Goods",
    "Level",
    "MadeCode",
    "PromotionDraft",
    "Saving",
    "Standing",
    "apply_code",
    "best",
    "by_largest_remainder",
    "candidates_in",
    "change",
    "chosen",
    "clear",
    "create",
    "discard",
    "fold",
    "generate",
    "give_back",
    "level",
    "list_promotions",
    "look",
    "made_codes",
    "never_ran",
    "new_code",
    "remove_code",
    "set_category",
    "set_product",
    "set_running",
    "use_again",
    "use_now",
    "why_not",
]
