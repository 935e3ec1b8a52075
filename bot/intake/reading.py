"""From the JSON of an update to what happened, read with suspicion.

Telegram's own objects are not built: doing so costs more than all the rest of a tap (docs/decisions).
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bot.intake import groups
from bot.intake.groups import InGroup
from bot.intake.keyboards import order_of
from bot.routing.said import (
    Formatted,
    InlineAsked,
    PaymentMade,
    PreCheckout,
    Said,
    SentFile,
    ShippingAsked,
    SubscriptionChanged,
)
from shop.forms.writing import clean, one_line

Raw = Mapping[str, Any]

ALLOWED_UPDATES = (
    "message",
    "callback_query",
    "pre_checkout_query",
    "shipping_query",
    "my_chat_member",
    "inline_query",
    "subscription",
)


class Person(Struct, frozen=True):
    """Who it is, as Telegram tells it with every update."""

    telegram_id: int
    username: str | None
    name: str
    language: str | None  # IETF code, such as "de" or "pt-br"


class Shown(Struct, frozen=True):
    """The message on show whose keyboard was tapped; `kind` decides how it can be changed in place."""

    message_id: int
    kind: str  # "text", "photo" or "other" (an invoice, a document, a message too old to see)
    order_id: int | None = None  # the one order that all keys of it are about
    card: int | None = (
        None  # its own id where it was the card of its order: edited there, it takes no newer one's place
    )


class Tap(Struct, frozen=True):
    """A button was tapped."""

    query_id: str
    data: str
    shown: Shown | None


class Refunded(Struct, frozen=True):
    """Money went back through Telegram."""

    payment: PaymentMade


class Reachable(Struct, frozen=True):
    """The person stopped the bot, or started it again."""

    now: bool


class Incoming(Struct, frozen=True):
    """One update of one person, in their private chat or in a group."""

    update_id: int
    person: Person
    what: (
        Tap
        | Said
        | PreCheckout
        | ShippingAsked
        | PaymentMade
        | Refunded
        | Reachable
        | InGroup
        | InlineAsked
        | SubscriptionChanged
    )

    @property
    def carries_money(self) -> bool:
        """Whether losing this update would lose money."""
        return isinstance(self.what, PaymentMade | Refunded)

    @property
    def is_urgent(self) -> bool:
        """Whether Telegram waits for the answer (ten seconds before a payment)."""
        return isinstance(self.what, PreCheckout | ShippingAsked)


def read(update: Raw) -> Incoming | None:
    """What happened; None when it is nothing to us (chatter of groups, channels, other bots, kinds we did not ask for).

    Raises KeyError, TypeError or AttributeError when the update is not what Telegram promises.
    """
    number = int(update["update_id"])
    for kind, reader in READERS.items():
        inner = update.get(kind)
        if inner is not None:
            person = _whose(inner)
            if person is None or person.get("is_bot"):
                return None
            what = reader(inner, number)
            return None if what is None else Incoming(number, _person(person), what)
    return None


def is_money(update: Raw) -> bool:
    """Whether the update says that money moved; asked before anything else is read."""
    message = update.get("message")
    return isinstance(message, Mapping) and any(
        message.get(name) for name in ("successful_payment", "refunded_payment")
    )


def puzzle(update: Raw) -> str | None:
    """Why an update that carries money cannot be handled at all; None when it can be read."""
    try:
        incoming = read(update)
    except Exception as error:  # noqa: BLE001  whatever it is, it will be the same the next time
        return f"unreadable: {error!r}"
    return None if incoming is not None and incoming.carries_money else "not from a person in their private chat"


def _whose(inner: Raw) -> Raw | None:
    """Whose chat it happened in: Telegram's note that Stars went back is the bot's own message to its customer."""
    if inner.get("refunded_payment"):
        chat: Raw = inner["chat"]
        return chat
    person: Raw | None = inner.get("from") or inner.get("user")
    if person is None and "sender_chat" not in inner:
        raise KeyError("from")
    return person


def _person(sender: Raw) -> Person:
    names = (sender.get("first_name"), sender.get("last_name"))
    name = one_line(" ".join(part for part in names if part))
    number = int(sender["id"])
    if number.bit_length() > 52:  # noqa: PLR2004  Telegram promises as much
        raise TypeError("the id of a person has at most 52 bits")
    return Person(number, sender.get("username"), name[:128], sender.get("language_code"))


def _is_private(message: Raw) -> bool:
    return bool(message["chat"]["type"] == "private")


def _message(message: Raw, update_id: int) -> Said | PaymentMade | Refunded | InGroup | None:
    if not _is_private(message):
        return groups.said(message)
    if message.get("via_bot"):  # what a person sent here from a list of results: it asks for nothing
        return None
    if (paid := message.get("successful_payment")) is not None:
        return _payment(paid, update_id)
    if (refunded := message.get("refunded_payment")) is not None:
        return Refunded(_payment(refunded, update_id))
    photo = message.get("photo")
    replied = message.get("reply_to_message")
    return Said(
        text=clean(message.get("text") or message.get("caption") or ""),
        message_id=int(message["message_id"]),
        photo_file_id=photo[-1]["file_id"] if photo else None,
        is_picture_file=str((message.get("document") or {}).get("mime_type")).startswith("image/"),
        reply_to_message_id=int(replied["message_id"]) if replied else None,
        album=message.get("media_group_id"),
        file=_file(message),
        formatted=_formatted(message),
        about_telegram_id=(message.get("forward_origin") or {}).get("sender_user", {}).get("id")
        or (message.get("contact") or {}).get("user_id"),
    )


def _formatted(message: Raw) -> Formatted | None:
    entities = message.get("entities") or message.get("caption_entities")
    return Formatted(message.get("text") or message.get("caption") or "", entities) if entities else None


def _file(message: Raw) -> SentFile | None:
    """What came with the message; without the ids that every file has it is nothing that could be kept."""
    photo, document = message.get("photo"), message.get("document")
    sent = photo[-1] if photo else document
    if not sent or not sent.get("file_unique_id"):
        return None
    name = one_line(str(sent.get("file_name") or ""))[:128]
    return SentFile(sent["file_id"], sent["file_unique_id"], name, int(sent.get("file_size") or 0), bool(photo))


def _tap(query: Raw, _update_id: int) -> Tap | InGroup | None:
    message = query.get("message")
    if message is not None and not _is_private(message):
        return groups.tapped(query)
    return Tap(query_id=query["id"], data=query.get("data") or "", shown=_shown(message) if message else None)


def _shown(message: Raw) -> Shown:
    kind = "photo" if message.get("photo") else "text" if message.get("text") else "other"
    return Shown(int(message["message_id"]), kind, order_of(message.get("reply_markup")))


def _pre_checkout(query: Raw, _update_id: int) -> PreCheckout:
    return PreCheckout(
        query_id=query["id"],
        payload=query["invoice_payload"],
        currency=query["currency"],
        total_amount=int(query["total_amount"]),
        shipping_option=query.get("shipping_option_id"),
        address=_order_info(query.get("order_info")),
    )


def _shipping(query: Raw, _update_id: int) -> ShippingAsked:
    address = {name: one_line(str(value)) for name, value in query["shipping_address"].items()}
    return ShippingAsked(query_id=query["id"], payload=query["invoice_payload"], address=address)


def _payment(paid: Raw, update_id: int) -> PaymentMade:
    return PaymentMade(
        payload=paid["invoice_payload"],
        currency=paid["currency"],
        total_amount=int(paid["total_amount"]),
        telegram_charge_id=paid["telegram_payment_charge_id"],
        provider_charge_id=paid.get("provider_payment_charge_id") or "",
        update_id=update_id,
        shipping_option=paid.get("shipping_option_id"),
        address=_order_info(paid.get("order_info")),
        until=paid.get("subscription_expiration_date"),
        raw=dict(paid),
    )


def _order_info(info: Raw | None) -> dict[str, str] | None:
    """The form of the payment sheet as one flat address."""
    if info is None:
        return None
    flat = {name: one_line(str(info[name])) for name in ("name", "phone_number", "email") if info.get(name)}
    place = (info.get("shipping_address") or {}).items()
    return flat | {name: one_line(str(value)) for name, value in place} or None


def _membership(change: Raw, _update_id: int) -> Reachable | InGroup:
    if not _is_private(change):
        return groups.joined(change)
    return Reachable(now=change["new_chat_member"]["status"] not in {"kicked", "left"})


def _inline(query: Raw, _update_id: int) -> InlineAsked:
    return InlineAsked(query["id"], one_line(str(query.get("query") or "")), str(query.get("offset") or ""))


def _subscription(change: Raw, _update_id: int) -> SubscriptionChanged:
    return SubscriptionChanged(str(change["invoice_payload"]), str(change["state"]))


READERS = {
    "callback_query": _tap,
    "message": _message,
    "pre_checkout_query": _pre_checkout,
    "shipping_query": _shipping,
    "my_chat_member": _membership,
    "inline_query": _inline,
    "subscription": _subscription,
}
