"""What a handler answers: a value; one module sends it, and only after the commit."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from msgspec import Struct

from bot.sending.button import Button
from db.models import Permission


class Key(Struct, frozen=True):
    """One button of a keyboard: a typed callback, a link, a text to copy, or the Pay button of an invoice.

    Older clients show a style as they show every button, and offer to update for a text to copy.
    """

    label: str
    button: Button | None = None
    url: str | None = None
    pay: bool = False
    copy: str | None = None  # what a tap copies, 1 to 256 characters
    inline: str | None = None  # asks for a chat, and offers there what the bot finds for this text (see inline.py)
    style: Literal["primary", "success", "danger"] | None = None  # leads on, pays, cannot be undone


Keyboard = tuple[tuple[Key, ...], ...]


class Photo(Struct, frozen=True):
    """The picture of a product: a file_id of this bot when we have one, else where to read the bytes.

    `product_id` lets the sender remember the file_id that Telegram gives it, so that a picture is uploaded once a bot.
    """

    product_id: int
    file_id: str | None = None
    source: str | None = None  # http(s) URL or a path inside the shop's media folder


class Sight(Struct, frozen=True):
    """A message that shows an order and follows it; `opens` draws it anew (None: its notification does)."""

    order_id: int
    as_of: datetime | None = None  # when the order was changed last, as shown
    opens: Button | None = None


class Frame(Struct, frozen=True):
    """What a screen shows instead of a picture that cannot be had: the next one, with the keys that go with it."""

    photo: Photo
    keyboard: Keyboard


class Screen(Struct, frozen=True):
    """One chat message with its keyboard: edited in place after a tap, sent after a command."""

    text: str  # Telegram HTML
    keyboard: Keyboard = ()
    photo: Photo | None = None
    toast: str | None = None  # shown over the screen, as the answer to the tap
    alert: bool = False  # the toast is long, and must be tapped away
    fresh: bool = False  # send a new message even after a tap
    remember_card: int | None = None  # order id whose status card this message becomes
    asks: str | None = None  # the kind of the dialog whose question this is: bot/routing/dispatch.py says so
    settles: int | None = None  # the message whose question was answered by a message: its keys go
    sight: Sight | None = None  # which order it shows, to be edited when that moves
    instead: tuple[Frame, ...] = ()  # in this order, where the photo cannot be had
    instead_of: int | None = None  # the message of ours that it takes the place of, after a message
    quiet: bool = False  # arrives without a sound
    refused: str | None = None  # the code of the refusal that the screen answers with, for the figures


class Toast(Struct, frozen=True):
    """A short answer over the screen on show; `alert` must be tapped away. After a command it is sent as a message."""

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Invoice:
    """A Telegram invoice; amounts in the provider's smallest units as Telegram defines them."""

    title: str
    description: str
    payload: str
    provider_token: str = field(repr=False)
    currency: str
    prices: tuple[tuple[str, int], ...]
    keyboard: Keyboard
    start_parameter: str
    photo_url: str | None = None
    max_tip_amount: int = 0
    suggested_tip_amounts: tuple[int, ...] = ()
    need_shipping_address: bool = False
    need_name: bool = False
    need_phone_number: bool = False
    is_flexible: bool = False
    provider_data: str | None = None  # a receipt for the bank, which needs the customer's e-mail
    before: Screen | None = None  # what the tapped message becomes
    instead: Screen | None = None  # what it becomes when Telegram does not take such a sum or such a currency


class Document(Struct, frozen=True):
    """A file."""

    filename: str
    content: bytes
    caption: str = ""
    keyboard: Keyboard = ()
    is_photo: bool = False  # a picture to be looked at, not kept as a file
    in_place: bool = False  # a picture that takes the place of the one whose key was tapped


class Stored(Struct, frozen=True):
    """A file that Telegram keeps for this bot already, sent as what it was: a document or a photo."""

    file_id: str
    is_photo: bool = False
    caption: str = ""
    keyboard: Keyboard = ()


Audience = Literal["everyone", "owner", "operator"]


class CommandMenu(Struct, frozen=True):
    """The menu of commands beside the text field of a chat, for what its person may do now, in their language."""

    chat_id: int
    audience: Audience
    language: str | None
    permissions: frozenset[Permission] = frozenset()  # of staff, who see no more of an owner's commands than these


class Several(Struct, frozen=True):
    """More than one answer, in order (rare: a screen and a document)."""

    replies: tuple["Reply", ...]


class Gone(Struct, frozen=True):
    """A message of ours that shall not be there any more."""

    message_id: int


class Silence(Struct, frozen=True):
    """Nothing to say (the tap is still answered)."""


class Lead(Struct, frozen=True):
    """What stands behind this button is the answer: a screen leads to others by buttons, as a tap would.

    `toast` is shown over it, `note` stands above its text (HTML where it is marked as such), `fresh`: a new message.
    """

    button: Button
    toast: str | None = None
    note: str | None = None
    fresh: bool = False


Reply = Screen | Toast | Invoice | Document | Stored | CommandMenu | Several | Gone | Silence | Lead
