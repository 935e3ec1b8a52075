"""Picking pieces of an order that come back: the same for its customer and for its seller."""

from collections.abc import Callable, Mapping, Sequence

from bot.screens.parts import ways
from bot.sending.button import Button
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Order, OrderItem
from shop.returns.rule import left

PAGE = 8
MOST = 6  # counts of pieces, each a key
LABEL = 44  # UTF-16 units of a name on a key
FORM = "return"


def pieces(  # noqa: PLR0913  what the form needs
    words: Words,
    order: Order,
    picked: Mapping[int, int],
    title: Html,
    *,
    page: int,
    one: Callable[[OrderItem], Button],
    turn: Callable[[int], Button],
    keys: tuple[tuple[Key, ...], ...],
    own: bool = False,
) -> Screen:
    """The lines that something is left of, each with how many of it were picked; `own`: as its seller calls them."""
    lines = [item for item in order.items if left(item)]
    page = max(0, min(page, (len(lines) - 1) // PAGE))
    shown = lines[page * PAGE : (page + 1) * PAGE]
    rows = tuple((Key(_label(words, item, picked.get(item.id, 0), own=own), one(item)),) for item in shown)
    turning = ways.pages(
        words, turn(page - 1) if page else None, turn(page + 1) if (page + 1) * PAGE < len(lines) else None
    )
    return Screen(title, (*rows, turning, *keys))


def counts(
    words: Words, item: OrderItem, order: Order, *, set_to: Callable[[int], Button], back: Button, own: bool = False
) -> Screen:
    """How many pieces of one line: none, the first few counts, and all; `own`: as its seller calls it."""
    most = left(item)
    numbers: Sequence[int] = sorted({*range(min(most, MOST) + 1), most})
    keys = [Key(words.number(n) if n else words.plain("None"), set_to(n)) for n in numbers]
    rows = tuple(tuple(keys[at : at + 4]) for at in range(0, len(keys), 4))
    text = words("↩️ <b>Order {number}</b>", number=order.id) + Html("\n\n")
    text += words("<b>{product}</b>\n\nHow many of them?", product=called(words, item, own=own))
    return Screen(text, (*rows, (ways.back(words, back),)))


def called(words: Words, item: OrderItem, *, own: bool) -> str:
    """A line's name: its seller's own, or that of its reader's language."""
    return item.name if own else item.name_in(words.language)


def _label(words: Words, item: OrderItem, picked: int, *, own: bool) -> str:
    name = fit_plain(called(words, item, own=own), LABEL)
    if picked:
        return words.plain("✓ {n} × {product}", n=words.number(picked), product=name)
    return words.plain("○ {n} × {product}", n=words.number(left(item)), product=name)
