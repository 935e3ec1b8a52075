"""The last message and the key to all of them, on an order and on a sale."""

from collections.abc import Callable

from bot.sending.button import Button
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key
from bot.words import Html, Words
from db.models import Author, Message, Order

QUOTED = 200  # characters of a message on the page of its order


SHOWN = 3  # messages on the page of their order


def quote(words: Words, text: str, most: int) -> Html:
    """What somebody wrote, marked as theirs, of at most so many characters."""
    return words("<blockquote>{text}</blockquote>", text=fit_plain(text[: most + 1], most))


def said(words: Words, text: str, most: int, *, photo: bool) -> Html:
    """The same; without words it is a photo."""
    quoted = quote(words, text, most) if text else Html()
    return words("📷 Photo") + (Html("\n") if text else Html()) + quoted if photo else quoted


def last(words: Words, order: Order, *, customers: bool) -> Html | None:
    """The last messages on the page of their order; None when there are none. `customers`: the page is theirs."""
    if not order.messages:
        return None

    def name(one: Message) -> str:
        return _name(words, one, order.user.name, order.owner.name, customers=customers)

    lines = [
        words(
            "💬 <b>{name}</b> · {time}\n",
            name=name(one),
            time=words.datetime(one.created_at),
        )
        + said(words, one.text, QUOTED, photo=one.photo_file_id is not None)
        for one in order.messages[-SHOWN:]
    ]
    return Html("\n").join(lines)


def all_of(words: Words, order: Order, to: Callable[[int], Button]) -> tuple[Key, ...]:
    """The row that leads to all messages of the order; empty when its page shows all there is."""
    shown = order.messages[-SHOWN:]
    hidden = len(order.messages) > len(shown)
    if not shown or not (hidden or any(one.photo_file_id or len(one.text) > QUOTED for one in shown)):
        return ()
    return (Key(words.plain("💬 All messages"), to(shown[-1].id)),)


def _name(words: Words, one: Message, customer: str, seller: str, *, customers: bool) -> str:
    if one.author is Author.CUSTOMER:
        return words.plain("You") if customers else customer
    if one.author is Author.OPERATOR:
        return words.plain("The shop")
    return seller or words.plain("The seller")
