"""Paying by hand: the account, what to write and until when, each to be copied by a tap."""

import re
from datetime import datetime

from markupsafe import Markup, escape

from bot.sending.reply import Key
from bot.words import Words
from db.models import Order, OrderStatus, ProductKind
from shop.orders import standing

# an IBAN in one piece or in groups of four (which all have a digit but for a bank's four letters), or a long number
_ACCOUNT = re.compile(
    r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b"
    r"|\b[A-Z]{2}\d{2}(?: [A-Z]{4})?(?: (?=[A-Z]{0,3}\d)[A-Z0-9]{4}){1,8}(?: \d[A-Z0-9]{0,2})?\b"
    r"|\b\d(?:[ -]?\d){6,33}\b"
)


def copyable(text: str) -> Markup:
    """The shop's own words as Telegram HTML, account numbers as code: a tap on code copies it."""
    parts, done = [], 0
    for number in _ACCOUNT.finditer(text):
        parts += [escape(text[done : number.start()]), Markup("<code>{}</code>").format(number.group())]
        done = number.end()
    if not parts:
        return Markup("<code>{}</code>").format(text) if text else Markup()
    return Markup("").join([*parts, escape(text[done:])])


def how_to_pay(words: Words, order: Order, instructions: str, *, now: datetime) -> str:
    """What an order that waits for money by hand asks for; empty when there is nothing to hand over (any more)."""
    waits = order.status is not OrderStatus.CANCELLED and not standing.is_paid(order)
    complete = order.address is not None or order.kind is ProductKind.DIGITAL
    if not waits or not complete:
        return ""
    if order.payment_method == "cash":
        said = words("💶 You pay {amount} in cash when the goods arrive.", amount=_total(words, order))
        return said + ("\n" + escape(instructions) if instructions else "")
    if order.payment_method != "transfer":
        return ""
    said = words("🏦 Please transfer <code>{amount}</code>.", amount=_total(words, order))
    said += "\n" + words("Reference: <code>{number}</code>", number=order.id)
    if instructions:
        said += "\n" + copyable(instructions)
    if order.status is OrderStatus.PENDING and order.expires_at is not None and order.expires_at > now:
        said += "\n" + words("Please pay by {time}.", time=words.deadline(order.expires_at, now))
    return said


def copies(words: Words, order: Order, instructions: str, *, now: datetime) -> tuple[tuple[Key, ...], ...]:
    """Keys that copy the account and what is written beside the sum, while a transfer is waited for."""
    if order.payment_method != "transfer" or not how_to_pay(words, order, instructions, now=now):
        return ()
    number = Key(words.plain("📋 Reference {number}", number=order.id), copy=str(order.id))
    account = _ACCOUNT.search(instructions)
    if account is None:
        return ((number,),)
    copied = "".join(account.group().split())
    return ((Key(words.plain("📋 Account …{end}", end=copied[-4:]), copy=copied), number),)


def _total(words: Words, order: Order) -> str:
    return words.money(order.due, order.currency)
