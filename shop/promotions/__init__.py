"""Promotions: what a seller takes off, by code or by itself, as often as it says."""

from shop.promotions.changing import change, discard, never_ran
from shop.promotions.codes import ALPHABET, fold, new_code
from shop.promotions.keeping import PromotionDraft, Standing, create, list_promotions, look, set_running
from shop.promotions.making import MOST_CODES, MadeCode, generate, made_codes
from shop.promotions.reading import OFFERS_OF, candidates_in
from shop.promotions.rule import Candidate, Goods, Saving, best, by_largest_remainder, why_not
from shop.promotions.scope import Chosen, Level, chosen, clear, level, set_category, set_product
from shop.promotions.typed import apply_code, count_guess, guessed_right, remove_code
from shop.promotions.uses import Use, find_code, list_uses
from shop.promotions.using import give_back, use_again, use_now
from shop.promotions.written import (
    LONGEST_NAME,
    read_percent,
    read_times,
    read_title,
    unread,
)

__all__ = [
    "ALPHABET",
    "LONGEST_NAME",
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
    "Use",
    "apply_code",
    "best",
    "by_largest_remainder",
    "candidates_in",
    "change",
    "chosen",
    "clear",
    "count_guess",
    "create",
    "discard",
    "find_code",
    "fold",
    "generate",
    "give_back",
    "guessed_right",
    "level",
    "list_promotions",
    "list_uses",
    "look",
    "made_codes",
    "never_ran",
    "new_code",
    "read_percent",
    "read_times",
    "read_title",
    "remove_code",
    "set_category",
    "set_product",
    "set_running",
    "unread",
    "use_again",
    "use_now",
    "why_not",
]
