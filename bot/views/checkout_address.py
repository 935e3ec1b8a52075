"""The small form for a delivery address, where the way to pay does not ask for it."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.buttons.checkout import AddressBack, ChooseCountry, ChooseShipping, LeaveAddress, SameAddress
from bot.cutting import fit_plain
from bot.reply import Key, Screen
from bot.views import ways
from bot.words import Words
from db.models import Order
from shop.policy import ShippingOption

COUNTRIES = 12  # with keys; more are written
PLACE = 48  # characters of an address on a key


def ask_country(
    words: Words, order_id: int, countries: tuple[str, ...], known: Mapping[str, str] | None = None
) -> Screen:
    """To which country, or where the last order went (`known`)."""
    keys = [Key(words.country(code), ChooseCountry(order_id, code)) for code in countries[:COUNTRIES]]
    pairs = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    text = words("📦 Order <b>{number}</b>: to which country shall we send it?", number=order_id)
    if not countries or len(countries) > COUNTRIES:
        text += "\n" + words("Please write its name, or its two letters, such as DE.")
    return Screen(text, (*_again(order_id, known), *pairs, _leave(words, order_id)))


def ask_name(words: Words, order_id: int, known: Mapping[str, str] | None = None, *, first: bool = False) -> Screen:
    """To whom; or, where this is the first question, where the last order went (`known`)."""
    text = words("📦 Who receives it? Please write the name.")
    back = () if first else (_back(words, order_id),)
    return Screen(text, (*_again(order_id, known), *back, _leave(words, order_id)))


def ask_street(words: Words, order_id: int) -> Screen:
    """Which street."""
    return Screen(words("📦 Street and house number?"), (_back(words, order_id), _leave(words, order_id)))


def ask_town(words: Words, order_id: int, *, missing: bool = False) -> Screen:
    """Which town; again, when only the postal code was written."""
    text = words("📦 Postal code and town? In one line, such as <code>10115 Berlin</code>.")
    if missing:
        text = words("The town is missing.") + "\n\n" + text
    return Screen(text, (_back(words, order_id), _leave(words, order_id)))


def ask_option(
    words: Words, order: Order, address: dict[str, str], options: list[tuple[int, ShippingOption]]
) -> Screen:
    """Which way, and what the order costs then."""
    rows = [
        (
            Key(
                words.plain("{way}: {price}", way=option.title, price=words.money(option.price, order.currency)),
                ChooseShipping(order.id, place),
            ),
        )
        for place, option in options
    ]
    text = words("📦 To <b>{name}</b>, {street}, {town}, {country}.", **_said(words, address))
    return Screen(
        text + "\n\n" + words("How shall we send it?"), (*rows, _back(words, order.id), _leave(words, order.id))
    )


def not_there(words: Words, order_id: int, countries: tuple[str, ...], country: str) -> Screen:
    """We do not deliver there; asks again."""
    return _once_more(
        words, order_id, countries, words("We do not deliver to {country}.", country=words.country(country))
    )


def no_country(words: Words, order_id: int, countries: tuple[str, ...], said: str) -> Screen:
    """Nobody knows what was written; asks again."""
    return _once_more(
        words, order_id, countries, words("We do not know a country called “{name}”.", name=fit_plain(said, PLACE))
    )


def _once_more(words: Words, order_id: int, countries: tuple[str, ...], sorry: Markup) -> Screen:
    asked = ask_country(words, order_id, countries)
    return Screen(sorry + "\n\n" + asked.text, asked.keyboard)


def _again(order_id: int, known: Mapping[str, str] | None) -> tuple[tuple[Key, ...], ...]:
    if known is None:
        return ()
    parts = (known.get("street_line1"), known.get("city"), known.get("name"))
    return ((Key("📍 " + fit_plain(", ".join(part for part in parts if part), PLACE), SameAddress(order_id)),),)


def _said(words: Words, address: dict[str, str]) -> dict[str, str]:
    return {
        "name": address.get("name", ""),
        "street": address.get("street_line1", ""),
        "town": f"{address.get('post_code', '')} {address.get('city', '')}".strip(),
        "country": words.country(address.get("country_code", "")),
    }


def _leave(words: Words, order_id: int) -> tuple[Key, ...]:
    return (Key(words.plain("✕ Not now"), LeaveAddress(order_id)),)


def _back(words: Words, order_id: int) -> tuple[Key, ...]:
    return (ways.back(words, AddressBack(order_id)),)
