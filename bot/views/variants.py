"""The keys that choose a variant: a row or more for each option, every value one tap."""

from collections.abc import Sequence

from bot.buttons.catalogue import OpenProduct, Origin
from bot.reply import Key
from shop.catalog import ProductCard, VariantCard

MOST_KEYS = 84  # on one keyboard, with room for the rest of the page


def only_or_chosen(card: ProductCard) -> VariantCard | None:
    """The variant that the page is about: the one chosen, or the only one there is."""
    if card.chosen is None and len(card.variants) == 1:
        return card.variants[0]
    return card.chosen


def rows(card: ProductCard, origin: Origin, after: int | None, query: str | None) -> list[tuple[Key, ...]]:
    """The choices; the chosen values carry a dot, sold-out ones a cross."""
    chosen = only_or_chosen(card)

    def key(label: str, target: VariantCard, *, on: bool) -> Key:
        mark = "● " if on else "✕ " if target.available <= 0 else ""
        return Key(mark + label, OpenProduct(target.id, origin, after, query))

    found: list[tuple[Key, ...]] = []
    if not card.axes:
        keys = [key(variant.label, variant, on=variant == chosen) for variant in card.variants]
        return _in_rows(keys) if len(keys) > 1 else []
    for index, axis in enumerate(card.axes):
        if len(axis.values) < 2:  # noqa: PLR2004  nothing to choose
            continue
        keys = []
        for value in axis.values:
            target = _best(card.variants, index, value, chosen)
            if target is not None:
                keys.append(key(value, target, on=chosen is not None and _value(chosen, index) == value))
        found += _in_rows(keys)
    return _at_most(found)


def _best(variants: Sequence[VariantCard], index: int, value: str, chosen: VariantCard | None) -> VariantCard | None:
    """The variant with this value that keeps most of what is chosen, one that can be had if there is a choice."""
    fitting = [variant for variant in variants if _value(variant, index) == value]
    kept = chosen.values if chosen is not None else ()

    def fitness(variant: VariantCard) -> tuple[int, bool]:
        same = sum(mine == theirs for mine, theirs in zip(variant.values, kept, strict=False))
        return same, variant.available > 0

    return max(fitting, key=fitness, default=None)


def _value(variant: VariantCard, index: int) -> str | None:
    return variant.values[index] if index < len(variant.values) else None


def _in_rows(keys: Sequence[Key]) -> list[tuple[Key, ...]]:
    """Short labels share a row: what fits on a narrow phone."""
    longest = max((len(key.label) for key in keys), default=0)
    width = 5 if longest <= 5 else 3 if longest <= 10 else 2 if longest <= 18 else 1  # noqa: PLR2004
    return [tuple(keys[start : start + width]) for start in range(0, len(keys), width)]


def _at_most(found: list[tuple[Key, ...]]) -> list[tuple[Key, ...]]:
    kept: list[tuple[Key, ...]] = []
    for row in found:
        if sum(map(len, kept)) + len(row) > MOST_KEYS:
            break
        kept.append(row)
    return kept
