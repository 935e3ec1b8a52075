"""Who pays a seller every month, by how it stands."""

from collections.abc import Mapping, Sequence

from bot.screens.parts import ways
from bot.screens.selling.orders.buttons import OpenSale
from bot.screens.selling.subscribers.buttons import ListSubscribers
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import SubscriptionState
from shop.payments.subscribers import Subscriber

ACTIVE, CANCELLED, ENDED = SubscriptionState
NAME = 16  # letters of a customer's name on a key


def page(
    words: Words,
    counts: Mapping[SubscriptionState, int],
    found: Sequence[Subscriber],
    state: SubscriptionState,
    number: int,
    *,
    more: bool,
) -> Screen:
    """A page of those that stand like `state`; a key leads to the order with which each began."""
    labels = {
        ACTIVE: words.plain("✅ {n} go on", n=words.number(counts.get(ACTIVE, 0))),
        CANCELLED: words.plain("⏳ {n} end", n=words.number(counts.get(CANCELLED, 0))),
        ENDED: words.plain("✕ {n} ended", n=words.number(counts.get(ENDED, 0))),
    }
    said = [words("⭐ <b>Subscribers</b>"), words("{state}", state=labels[state])]
    if not any(counts.values()):
        said = [
            words("⭐ <b>Subscribers</b>"),
            words("Nobody pays you every month yet. A download becomes monthly with a key on its page: /products"),
        ]
    rows = [(Key(_on_key(words, one), OpenSale(one.row.order_id)),) for one in found]
    turns = ways.pages(
        words,
        ListSubscribers(state, number - 1) if number else None,
        ListSubscribers(state, number + 1) if more else None,
    )
    others = tuple(Key(label, ListSubscribers(other)) for other, label in labels.items() if other is not state)
    return Screen("\n\n".join(said), (*rows, turns, others, (ways.home(words),)))


def _on_key(words: Words, one: Subscriber) -> str:
    day = words.date(one.row.paid_until)
    return words.row(one.customer[:NAME], one.product[:NAME], words.plain("until {day}", day=day))
