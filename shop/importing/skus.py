"""SKUs where a file gives none, or gives one to several: made from what stays the same, and never two alike."""

import hashlib
import re
from collections import Counter

from shop.importing.report import Notes, Problem
from shop.importing.saying import said
from shop.importing.wanted import Wanted, everything
from shop.products.draft import SKU_LIMIT
from shop.products.sku import sku_from

DAMAGED = re.compile(r"\d[.,]\d{1,14}[Ee]\+?\d{1,3}")  # "8.50E+11": how a spreadsheet shows a long number
NOTHING = "ITEM"  # what is left of a name without a Latin letter


def spelled(text: str) -> str:
    """The text as a SKU; with a checksum where letters were lost on the way, so that two texts never become one."""
    sku = sku_from(text)
    kept = "".join(letter for letter in sku if letter != "-").lower()
    said = "".join(letter for letter in text.lower() if letter.isalnum())
    return sku if said.isascii() and said == kept else with_checksum(sku, text.casefold())


def shortened(text: str) -> str:
    """The text as a SKU of at most 64 characters, always the same for the same text."""
    return text if len(text) <= SKU_LIMIT else with_checksum(text, text, length=10)


def with_checksum(sku: str, text: str, *, length: int = 6) -> str:
    """The SKU with a checksum of the text behind it."""
    return f"{sku[: SKU_LIMIT - length - 1]}-{hashlib.sha256(text.encode()).hexdigest()[:length]}"


def settle(wanted: list[Wanted], aside: list[Problem], notes: Notes) -> list[Wanted]:
    """The products with a SKU of their own each: a shared one is replaced by the one we make.

    What still means the same thing twice is set aside; without variants left, a product is, too.
    """
    every = everything(wanted)
    for one in every:
        if one.given and DAMAGED.fullmatch(one.sku):
            spoiled = said(
                "SKUs like 8.50E+11 were made by a spreadsheet: write that column as text, and export the file again"
            )
            notes.add(spoiled, one.line)
    for one in _alike([one for one in every if one.given]):
        if one.made and one.made != one.sku:
            notes.add(said("several goods share a SKU in the file: each has one of its own here"), one.line)
            one.known_as, one.sku = (*one.known_as, one.sku), one.made
            one.given, one.guessed = False, True
    for one in _alike(every):
        if not one.given and one.made:  # ours, and somebody else was given it
            one.known_as = (*one.known_as, one.sku)
            one.sku = with_checksum(one.sku, f"{one.is_parent} {one.name} {one.values.get('option_label', '')}")
    seen: dict[str, int] = {}
    kept = []
    for top in wanted:
        if not _first(top, seen, aside):
            continue
        had = len(top.variants)
        top.variants = [variant for variant in top.variants if _first(variant, seen, aside)]
        if top.variants or not had:
            kept.append(top)
    return kept


def _alike(some: list[Wanted]) -> list[Wanted]:
    count = Counter(one.sku for one in some)
    return [one for one in some if count[one.sku] > 1]


def _first(one: Wanted, seen: dict[str, int], aside: list[Problem]) -> bool:
    if one.sku in seen:
        message = (
            said("{name} is already on line {line}: write a SKU for each", name=repr(one.name), line=seen[one.sku])
            if one.guessed
            else said("the SKU {sku} is already on line {line}", sku=repr(one.sku), line=seen[one.sku])
        )
        aside.append(Problem(one.line, message))
        return False
    seen[one.sku] = one.line
    return True
