"""How news look in a group: what the seller reads, with the keys that act at once; everything else opens in private."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.screens.selling.orders.buttons import AcceptSale, CompleteSale, ConfirmMoney, ShipSale
from bot.sending.button import Button
from bot.sending.reply import Key, Keyboard, Screen
from bot.words import Words
from db.models import Notification

# Each acts at once, or refuses: none asks a question, and none shows more than the message does already.
ACTS: tuple[type[Button], ...] = (AcceptSale, ConfirmMoney, ShipSale, CompleteSale)

Link = Callable[[str], str]


def for_group(words: Words, screen: Screen, told: Notification, link: Link) -> Screen:
    """The message of the seller as it stands in a group; `link` makes a deep link into the private chat."""
    rows = tuple((key,) for key in acting(words, screen))
    # in a group a reply is for one another
    text = screen.text.replace(words("<i>Reply to this message to answer.</i>"), "").rstrip()
    keyboard = (*rows, *_onward(words, told, link))
    return replace(screen, text=text, keyboard=keyboard, remember_card=None, asks=None, toast=None)


def acting(words: Words, screen: Screen) -> list[Key]:
    """The keys of an order that act at once as it stands now."""
    keys = [key for row in screen.keyboard for key in row if isinstance(key.button, ACTS)]
    # completing what was not sent or not paid asks first
    asks = any(isinstance(key.button, ShipSale | ConfirmMoney) for key in keys)
    return [_acting(words, key) for key in keys if not (asks and isinstance(key.button, CompleteSale))]


def _acting(words: Words, key: Key) -> Key:
    if isinstance(key.button, ShipSale):
        return Key(words.plain("🚚 Sent, without a number"), ShipSale(key.button.order_id, untracked=True))
    return key


def _onward(words: Words, told: Notification, link: Link) -> Keyboard:
    """What asks something is asked in the private chat of whoever follows the link."""
    if told.kind in {"problem", "question"} and (message_id := told.data.get("message_id")) is not None:
        return ((Key(words.plain("💬 Answer"), url=link(f"answer_{message_id}")),),)
    if (order_id := told.data.get("order_id")) is not None:
        return ((Key(words.plain("🧾 Order {number}", number=order_id), url=link(f"sale_{order_id}")),),)
    return ()
