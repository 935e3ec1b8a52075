"""The keys that choose a variant, one option after another: a tap picks that option and touches no other.

Few values stand together on one screen. Many come option by option and in pages, and what is picked shrinks to one key.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.screens.buying.catalogue.buttons import OpenProduct, Origin, PickOptions
from bot.screens.parts import ways
from bot.sending.button import Button
from bot.sending.reply import Key
from bot.words import Words
from db.numbers import read_id
from shop.catalog import OptionAxis, ProductCard, VariantCard

ALL_AT_ONCE = 30  # values of all options together that stand on one screen
PAGE = 24  # values of one option on one screen
MOST_OPTIONS = 8


class Origins(NamedTuple):
    """How the person came to the page: what its keys hand on."""

    origin: Origin
    after: int | None
    query: str | None


class Choice:
    """What is picked of a product: the values of one of its variants, for some of its options."""

    def __init__(self, card: ProductCard, variant: VariantCard | None, picked: Iterable[int], page: int = 0) -> None:
        self.card = card
        self.variant = variant
        self.picked = frozenset(picked) if variant is not None else frozenset[int]()
        self.page = page

    @cached_property
    def axes(self) -> tuple[OptionAxis, ...]:
        """The options; variants without any are one option, whose values are their labels."""
        if self.card.axes:
            return self.card.axes
        return (OptionAxis("", tuple(dict.fromkeys(variant.label for variant in self.card.variants))),)

    @cached_property
    def open(self) -> tuple[int, ...]:
        """The options of which there is something to choose."""
        return tuple(place for place, axis in enumerate(self.axes) if len(axis.values) > 1)

    @property
    def left(self) -> tuple[int, ...]:
        """Those of which nothing is picked."""
        return tuple(place for place in self.open if place not in self.picked)

    @property
    def is_complete(self) -> bool:
        """Whether one variant is meant."""
        return self.variant is not None and not self.left

    def value(self, variant: VariantCard, place: int) -> str | None:
        """A variant's value of an option."""
        values = variant.values if self.card.axes else (variant.label,)
        return values[place] if place < len(values) else None

    def picked_value(self, place: int) -> str | None:
        """The value that is picked of an option."""
        return self.value(self.variant, place) if self.variant is not None and place in self.picked else None

    def fitting(self, without: int | None = None) -> list[VariantCard]:
        """The variants that have everything that is picked (but for one option)."""
        wanted = {place: self.picked_value(place) for place in self.picked if place != without}
        return [
            variant
            for variant in self.card.variants
            if all(self.value(variant, place) == value for place, value in wanted.items())
        ]


def choice_of(card: ProductCard) -> Choice:
    """What the page is about by itself: the variant that was opened, or the only one there is."""
    return Choice(card, card.only_or_chosen, range(MOST_OPTIONS))


def read_choice(card: ProductCard, state: str) -> Choice:
    """What a key of options says (see `_state`); nothing is picked by one that cannot be read."""
    mask, page = (read_id(part) or 0 for part in (*state.split("."), "", "")[:2])
    picked = [place for place in range(MOST_OPTIONS) if mask >> place & 1]
    return Choice(card, card.chosen, picked, min(page, 1000))


def was_freed(state: str) -> bool:
    """Whether the key had to let go of what was picked before."""
    return state.endswith(".f")


def rows(words: Words, choice: Choice, came: Origins) -> list[tuple[Key, ...]]:
    """The choices; the picked values carry a dot, sold-out ones and those that go with nothing picked a cross."""
    if not choice.card.variants or not choice.open:
        return []
    if sum(len(choice.axes[place].values) for place in choice.open) <= ALL_AT_ONCE:
        return [row for place in choice.open for row in _in_rows(_values(choice, place, came))]
    found: list[tuple[Key, ...]] = [(_reopen(choice, place, came),) for place in choice.open if place in choice.picked]
    if choice.left:
        place = choice.left[0]
        values = choice.axes[place].values
        start = min(choice.page, (len(values) - 1) // PAGE) * PAGE
        found += _in_rows(_values(choice, place, came, slice(start, start + PAGE)))
        page = start // PAGE
        previous = _at_page(choice, page - 1, came) if page else None
        following = _at_page(choice, page + 1, came) if start + PAGE < len(values) else None
        found.append(ways.pages(words, previous, following))
    return found


def _values(choice: Choice, place: int, came: Origins, shown: slice = slice(None)) -> list[Key]:
    """A key for each value of an option (or those on its page), given what is picked of the others."""
    fits = _by_value(choice, choice.fitting(without=place), place)
    known = _by_value(choice, choice.card.variants, place)
    keys = []
    for value in choice.axes[place].values[shown]:
        target = fits.get(value)
        if target is None:  # it goes with nothing that is picked: it can be had, and the rest is chosen anew
            keys.append(Key(f"✕ {value}", _button(choice, known[value], {place}, came, freed=True)))
            continue
        mark = "● " if choice.picked_value(place) == value else "✕ " if target.available <= 0 else ""
        keys.append(Key(mark + value, _button(choice, target, {*choice.picked, place}, came)))
    return keys


def _by_value(choice: Choice, variants: Sequence[VariantCard], place: int) -> dict[str, VariantCard]:
    """One variant for each value, one that can be had where there is one."""
    found: dict[str, VariantCard] = {}
    for variant in variants:
        value = choice.value(variant, place)
        if value is not None and (value not in found or (found[value].available <= 0 < variant.available)):
            found[value] = variant
    return found


def _button(choice: Choice, variant: VariantCard, picked: set[int], came: Origins, *, freed: bool = False) -> Button:
    if set(choice.open) <= picked:
        return OpenProduct(variant.id, *came)
    return PickOptions(variant.id, _state(picked & set(choice.open), 0, freed=freed), *came)


def _reopen(choice: Choice, place: int, came: Origins) -> Key:
    """A picked value as one key: a tap shows its option again."""
    value, name = choice.picked_value(place) or "", choice.axes[place].name
    values = choice.axes[place].values
    page = values.index(value) // PAGE if value in values else 0
    picked = choice.picked & set(choice.open) - {place}
    to = choice.variant.id if choice.variant is not None and picked else choice.card.id
    label = f"● {name}: {value}" if name else f"● {value}"
    return Key(f"{label} ✎", PickOptions(to, _state(picked, page), *came))


def _at_page(choice: Choice, page: int, came: Origins) -> Button:
    to = choice.variant.id if choice.variant is not None else choice.card.id
    return PickOptions(to, _state(choice.picked & set(choice.open), page), *came)


def state_of(choice: Choice) -> str:
    """What is picked, and the page of values on show, as a key says it."""
    return _state(choice.picked & set(choice.open), choice.page)


def _state(picked: Iterable[int], page: int, *, freed: bool = False) -> str:
    """Which options are picked as a number, the page, and whether others had to be let go of: "5.0", "1.0.f"."""
    mask = sum(1 << place for place in picked)
    return f"{mask}.{page}" + (".f" if freed else "")


def _in_rows(keys: Sequence[Key]) -> list[tuple[Key, ...]]:
    """Short labels share a row: what fits on a narrow phone."""
    longest = max((len(key.label) for key in keys), default=0)
    width = 5 if longest <= 5 else 3 if longest <= 10 else 2 if longest <= 18 else 1  # noqa: PLR2004
    return [tuple(keys[start : start + width]) for start in range(0, len(keys), width)]
