"""Keys for a person's addresses, by pages, on every screen where one of them is chosen."""

from collections.abc import Callable, Sequence

from bot.screens.parts import ways
from bot.screens.parts.order_text import address_on_a_key
from bot.sending.button import Button
from bot.sending.reply import Key
from bot.words import Words
from db.models import Address

PAGE = 4


def paged(
    words: Words,
    known: Sequence[Address],
    page: int,
    to: Callable[[Address], Button],
    turn: Callable[[int], Button],
) -> tuple[tuple[Key, ...], ...]:
    """A key for each address of one page, counted from 0, and those that turn pages."""
    page = max(0, min(page, (len(known) - 1) // PAGE))
    shown = known[page * PAGE : (page + 1) * PAGE]
    before = turn(page - 1) if page else None
    after = turn(page + 1) if (page + 1) * PAGE < len(known) else None
    return (*((address_key(one, to(one)),) for one in shown), ways.pages(words, before, after))


def address_key(one: Address, to: Button) -> Key:
    """The address in short, the usual one with a star, that of somebody else under what they are called."""
    if one.label is not None:
        return Key(f"🎁 {one.label} · {address_on_a_key(one.place)}", to)
    return Key(f"📍 {address_on_a_key(one.place)}" + (" ★" if one.is_default else ""), to)
