"""What the page of goods that are paid every month offers: to subscribe, or what its person has."""

from bot.screens.buying.catalogue.buttons import WatchStock
from bot.screens.buying.checkout.buttons import BuyNow
from bot.screens.buying.subscriptions.buttons import OpenSubscription
from bot.sending.reply import Key
from bot.words import Html, Words
from db.models import Subscription
from shop.catalog import ProductCard


def keys(words: Words, card: ProductCard, held: Subscription | None, *, waits: bool) -> tuple[tuple[Key, ...], ...]:
    """The row that leads on."""
    if held is not None:
        return ((Key(words.plain("⭐ Your subscription"), OpenSubscription(held.id)),),)
    if card.available > 0:
        return ((Key(words.plain("⭐ Subscribe"), BuyNow(card.id), style="primary"),),)
    bell = words.plain("🔕 Do not tell me") if waits else words.plain("🔔 Tell me when it is back")
    return ((Key(bell, WatchStock(card.id, not waits)),),)


def until(words: Words, held: Subscription) -> Html:
    """That they have it, and until when it is paid."""
    return words("✅ Yours until {day}.", day=words.date(held.paid_until))
