"""What a person said or did, as plain values: handlers never see Telegram's own objects."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field


class SentFile(Struct, frozen=True):
    """A file or a photo as Telegram keeps it; `unique_id` is the same for every bot, and cannot be sent."""

    file_id: str
    unique_id: str
    name: str
    size: int  # bytes; 0 where Telegram does not say
    is_photo: bool = False


class Formatted(Struct, frozen=True):
    """A text as it came, before it is cleaned, and what Telegram says of its parts: read where the format is wanted."""

    text: str
    entities: Sequence[Mapping[str, Any]]


class Said(Struct, frozen=True):
    """A message: `text` is the text or the caption; the ids are Telegram's."""

    text: str
    message_id: int
    photo_file_id: str | None = None  # the largest size
    is_picture_file: bool = False  # a picture that was sent as a file: Telegram cannot show it as a photo
    reply_to_message_id: int | None = None
    album: str | None = None  # the same for photos that were sent together
    file: SentFile | None = None  # the document or the photo that was sent
    formatted: Formatted | None = None  # None where it has no format
    about_telegram_id: int | None = None  # whose message was forwarded, or whose contact was sent


class Group(Struct, frozen=True):
    """Where something happened that was no private chat; `type` is the Bot API's, `topic` that of a forum (0: none)."""

    chat_id: int
    type: str
    title: str
    is_forum: bool = False
    topic: int = 0


class PreCheckout(Struct, frozen=True):
    """Telegram asks whether it may take the money now; amounts as Telegram counts them (currencies.json)."""

    query_id: str
    payload: str
    currency: str
    total_amount: int
    shipping_option: str | None
    address: (
        Mapping[str, str] | None
    )  # country_code, state, city, street_line1, street_line2, post_code, name, phone_number, email


class ShippingAsked(Struct, frozen=True):
    """Telegram asks how the goods of an invoice may be sent to an address."""

    query_id: str
    payload: str
    address: Mapping[str, str]  # country_code (ISO 3166 alpha-2), state, city, street_line1, street_line2, post_code


class ShippingAnswer(Struct, frozen=True):
    """One way to send them; `amount` as Telegram counts the invoice's currency."""

    id: str
    title: str
    amount: int


class PaymentMade(Struct, frozen=True):
    """A successful_payment or a refunded_payment; amounts as Telegram counts them."""

    payload: str
    currency: str
    total_amount: int
    telegram_charge_id: str
    provider_charge_id: str
    update_id: int
    shipping_option: str | None = None
    address: Mapping[str, str] | None = None
    until: int | None = None  # of a month of a subscription: when the next is due, seconds since the epoch
    raw: Mapping[str, object] = field(default_factory=dict)


class SubscriptionChanged(Struct, frozen=True):
    """A person cancelled a subscription in Telegram, went on with it there, or had too few Stars for it."""

    payload: str
    state: str  # "canceled", "active" or "failed"


class InlineAsked(Struct, frozen=True):
    """Somebody writes the bot's name and some words in any chat; `offset` is what our answer before said."""

    query_id: str
    text: str
    offset: str = ""
