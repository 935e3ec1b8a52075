"""One way to ship, and the question for its line."""

from typing import Any

from bot.screens.parts import ways
from bot.screens.selling.settings.buttons import OpenSetting, OpenWay, RemoveWay, WriteWay
from bot.screens.selling.settings.ways_to_ship import write_way
from bot.sending.reply import Key, Screen
from bot.words import Words
from bot.words.weights import weight
from db.amounts import parse_amount
from shop.products.weight import read_weight

LIST = OpenSetting("shipping")
MOST_COUNTRIES = 20  # that are named


def way(words: Words, one: dict[str, Any], currency: str) -> Screen:
    """What it costs, where it goes, how long it takes."""
    lines = [
        words("🚚 <b>{title}</b>", title=one["title"]),
        *_prices(words, one, currency),
        words("🏬 Customers collect it: no address is asked for.")
        if one.get("pickup")
        else words("To: {countries}", countries=", ".join(one["countries"][:MOST_COUNTRIES]))
        if one["countries"]
        else words("To every country"),
    ]
    if one["days"]:
        lines.append(words("Days: {days}", days=one["days"]))
    if one.get("free_from"):
        lines.append(words("Free from {amount} of goods", amount=_money(words, one["free_from"], currency)))
    return Screen(
        "\n".join(lines),
        (
            (Key(words.plain("✏️ Change"), WriteWay(one["id"])),),
            (Key(words.plain("✕ Offer it no more"), RemoveWay(one["id"])),),
            (ways.back(words, LIST),),
        ),
    )


def ask(words: Words, one: dict[str, Any] | None, currency: str, *, problem: str = "") -> Screen:
    """Ask for the line; `one` is the way as it is, None for a new one."""
    parts = [
        problem,
        words(
            "🚚 Write the way in one line, a semicolon between: "
            "title; price in {currency}; countries; days; free from.",
            currency=currency,
        ),
        words(
            "<code>Post; 4.90; DE, AT; 2–4; 50</code>\n"
            "What comes after the price may be left out: everywhere, always at this price. "
            "Other languages: <code>Post | de: Paket; 4.90</code>."
        ),
        words("By weight: <code>Post; 1 kg: 4.90, 5 kg: 7.90; DE</code>. What is heavier is not sent this way."),
        words("<code>agreed</code> instead of a price: you name it after the order, and the customer agrees or not."),
        words("<code>pickup</code> instead of countries: customers collect their goods, and are asked for no address."),
    ]
    if one is not None:
        parts.append(words("Now: <code>{line}</code>", line=write_way(one)))
    back = LIST if one is None else OpenWay(one["id"])
    return Screen("\n\n".join(part for part in parts if part), ((ways.back(words, back),),))


def _prices(words: Words, one: dict[str, Any], currency: str) -> list[str]:
    steps = [step.partition(": ") for step in one.get("by_weight", ())]
    if one.get("agreed"):
        return [words("Price: after the order. The seller names it, the customer agrees or not.")]
    if not steps:
        return [words("Price: {price}", price=_money(words, one["price"], currency))]
    return [
        words("Up to {weight}: {price}", weight=weight(words, read_weight(up_to)), price=_money(words, price, currency))
        for up_to, _, price in steps
    ]


def _money(words: Words, amount: str, currency: str) -> str:
    return words.money(parse_amount(amount, currency), currency)
