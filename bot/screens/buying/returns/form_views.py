"""The form of a return: its pieces, its reason, and what is asked of the seller before it goes."""

from collections.abc import Mapping
from datetime import datetime

from bot.screens.buying.orders.buttons import OpenOrder
from bot.screens.buying.returns.buttons import (
    AskReturn,
    ChooseReason,
    PickPieces,
    SendReturn,
    SetPieces,
    SetReason,
)
from bot.screens.parts import return_form, return_lines, ways
from bot.screens.parts.message_lines import quote
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Order, OrderItem, ReturnReason
from shop.returns.rule import PHOTOS


def lines(words: Words, order: Order, picked: Mapping[int, int], until: datetime | None, page: int) -> Screen:
    """What comes back."""
    title = _title(words, order) + words("\n\nWhat do you want to send back? Tap it, then go on.")
    if until is not None:
        title += words("\n<i>Possible until {day}.</i>", day=words.last_day(until))
    on = ((Key(words.plain("▶️ Go on"), ChooseReason(order.id), style="primary"),),) if any(picked.values()) else ()
    return return_form.pieces(
        words,
        order,
        picked,
        title,
        page=page,
        one=lambda item: PickPieces(order.id, item.id),
        turn=lambda at: AskReturn(order.id, at),
        keys=(*on, (ways.back(words, OpenOrder(order.id)),)),
    )


def counts(words: Words, order: Order, item: OrderItem) -> Screen:
    """How many of a line."""
    return return_form.counts(
        words, item, order, set_to=lambda n: SetPieces(order.id, item.id, n), back=AskReturn(order.id)
    )


def reasons(words: Words, order: Order, picked: Mapping[int, int]) -> Screen:
    """Why."""
    text = _title(words, order) + Html("\n") + _goods(words, order, picked) + words("\n\nWhat is the reason?")
    keys = tuple(
        (Key(words.plain(said), SetReason(order.id, reason)),) for reason, said in return_lines.REASONS.items()
    )
    return Screen(text, (*keys, (ways.back(words, AskReturn(order.id)),)))


def more(words: Words, order: Order, picked: Mapping[int, int], reason: ReturnReason, said: str) -> Screen:
    """All of it, before it goes; words and photos may be added."""
    text = _title(words, order) + Html("\n") + _goods(words, order, picked) + Html("\n\n")
    text += words("Reason: {reason}", reason=words.plain(return_lines.REASONS[reason]))
    if said:
        text += Html("\n") + quote(words, said, return_lines.SHORT)
    text += words(
        "\n\nWrite more about it, or send up to {n} photos: they go with it. Then ask the seller.",
        n=words.number(PHOTOS),
    )
    send = Key(words.plain("✅ Ask the seller"), SendReturn(order.id), style="primary")
    stop = Key(words.plain("✕ Never mind"), OpenOrder(order.id))
    return Screen(text, ((send,), (ways.back(words, ChooseReason(order.id)), stop)))


def _title(words: Words, order: Order) -> Html:
    return words("↩️ <b>Send something back</b> · order {number}", number=order.id)


def _goods(words: Words, order: Order, picked: Mapping[int, int]) -> Html:
    return Html("\n").join(
        words("• {n} × {product}", n=words.number(picked[item.id]), product=item.name_in(words.language))
        for item in order.items
        if picked.get(item.id)
    )
