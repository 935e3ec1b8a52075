"""What a person pays every month: the list, one of them, and what they are told of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.screens.buying.catalogue.buttons import OpenCategory, OpenProduct
from bot.screens.buying.orders.buttons import DownloadAgain, OpenOrder
from bot.screens.buying.subscriptions.buttons import (
    CancelSubscription,
    ListSubscriptions,
    OpenSubscription,
    TakeBack,
)
from bot.screens.parts import ways
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from db.models import Subscription, SubscriptionState
from db.money import STARS
from shop.subscriptions import rule
from shop.subscriptions.reading import Held

ICONS = {SubscriptionState.ACTIVE: "✅", SubscriptionState.CANCELLED: "⏳", SubscriptionState.ENDED: "✕"}


def mine(words: Words, found: Sequence[Held], page: int, *, more: bool) -> Screen:
    """A page of them."""
    if not found and not page:
        return Screen(
            words("⭐ You pay for nothing every month."),
            ((Key(words.plain("🛍 Catalogue"), OpenCategory(None)), ways.home(words)),),
        )
    rows = [(Key(_on_key(words, one), OpenSubscription(one.row.id)),) for one in found]
    turns = ways.pages(
        words, ListSubscriptions(page - 1) if page else None, ListSubscriptions(page + 1) if more else None
    )
    return Screen(words("⭐ <b>Your subscriptions</b>"), (*rows, turns, (ways.home(words),)))


def one(words: Words, held: Held, *, now: datetime) -> Screen:
    """One of them, with what can be done about it."""
    row = held.row
    keys: list[tuple[Key, ...]] = []
    lasts = row.state is not SubscriptionState.ENDED
    if lasts:
        keys.append((Key(words.plain("📥 Open it"), DownloadAgain(row.order_id)),))
    if rule.may_be_cancelled(row):
        keys.append((Key(words.plain("✕ Cancel"), CancelSubscription(row.id)),))
    if rule.may_go_on(row, now) and row.stopped_by == rule.CUSTOMER:
        keys.append((Key(words.plain("↩️ Let it go on"), TakeBack(row.id), style="primary"),))
    if not lasts and held.offered:
        keys.append((Key(words.plain("⭐ Subscribe again"), OpenProduct(row.product_id), style="primary"),))
    keys.append((Key(words.plain("📦 Order {number}", number=row.order_id), OpenOrder(row.order_id)),))
    keys.append((ways.back(words, ListSubscriptions()), ways.home(words)))
    price = words.money(row.price, STARS)
    text = words("⭐ <b>{product}</b>\n{price} a month", product=held.name_in(words.language), price=price)
    return Screen(text + "\n\n" + _standing(words, row), tuple(keys))


def sure(words: Words, held: Held) -> Screen:
    """Asks back before it is cancelled."""
    row = held.row
    text = words(
        "Cancel {product}?\n\nNothing is charged any more. It stays yours until {day}.",
        product=held.name_in(words.language),
        day=words.date(row.paid_until),
    )
    cancel = Key(words.plain("✕ Cancel it"), CancelSubscription(row.id, sure=True), style="danger")
    return Screen(text, ((cancel,), (ways.back(words, OpenSubscription(row.id)),)))


def renewed(words: Words, held: Held) -> Screen:
    """Another month, told without a sound."""
    said = words(
        "🔁 {product}: {price} paid, yours until {day}.",
        product=held.name_in(words.language),
        price=words.money(held.row.price, STARS),
        day=words.date(held.row.paid_until),
    )
    return Screen(said, (_to(words, held),), quiet=True)


def ending(words: Words, held: Held) -> Screen:
    """It ends soon."""
    row = held.row
    said = words(
        "⏳ {product} is yours until {day}. Nothing more is charged.",
        product=held.name_in(words.language),
        day=words.date(row.paid_until),
    )
    if row.stopped_by == rule.UNPAID:
        said += "\n" + words("Telegram found too few Stars for another month.")
    return Screen(said, (_to(words, held),))


def stopped(words: Words, held: Held) -> Screen:
    """The shop does not go on with it."""
    said = words(
        "⏳ {product} is not continued. Nothing more is charged, and it stays yours until {day}.",
        product=held.name_in(words.language),
        day=words.date(held.row.paid_until),
    )
    return Screen(said, (_to(words, held),))


def ended(words: Words, held: Held) -> Screen:
    """It is over."""
    said = words("✕ Access to {product} ended.", product=held.name_in(words.language))
    if held.row.stopped_by == rule.UNPAID:
        said += " " + words("Telegram found too few Stars for another month.")
    again = (Key(words.plain("⭐ Subscribe again"), OpenProduct(held.row.product_id)),) if held.offered else ()
    return Screen(said, (again, _to(words, held)))


def _to(words: Words, held: Held) -> tuple[Key, ...]:
    return (Key(words.plain("⭐ Your subscription"), OpenSubscription(held.row.id)),)


def _on_key(words: Words, held: Held) -> str:
    day = words.date(held.row.paid_until)
    return words.row(f"{ICONS[held.row.state]} {held.name_in(words.language)}", words.plain("until {day}", day=day))


def _standing(words: Words, row: Subscription) -> Html:
    day = words.date(row.paid_until)
    if row.state is SubscriptionState.ENDED:
        return words("✕ Access ended on {day}.", day=day)
    if row.state is SubscriptionState.ACTIVE:
        return words("✅ Yours until {day}; then Telegram charges the next month.", day=day)
    said = words("⏳ Yours until {day}. Nothing more is charged.", day=day)
    why = {
        rule.TELEGRAM: words(
            "To go on: in Telegram’s settings, open Stars, then this subscription, and tap Renew. We hear of it."
        ),
        rule.CUSTOMER: words("You cancelled it."),
        rule.UNPAID: words("Telegram found too few Stars for another month."),
        rule.SHOP: words("The shop does not continue it."),
        rule.REFUNDED: words("The month was given back."),
    }.get(row.stopped_by or "")
    return said + "\n" + why if why else said
