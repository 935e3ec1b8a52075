"""The small form for a delivery address, where the way to pay does not ask for it."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec.structs import replace

from bot.screens.buying.addresses.buttons import BOOK
from bot.screens.buying.checkout.buttons import (
    AddressBack,
    AddressKeep,
    ChooseCountry,
    CollectGoods,
    LeaveAddress,
    MoreAddresses,
    SameAddress,
)
from bot.screens.buying.checkout.present_buttons import KeepReceiver
from bot.screens.parts import ways
from bot.screens.parts.addresses import address_key, paged
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words
from db.models import Address
from shop.forms.addresses import rule_for
from shop.policy import ShippingOption

LABEL = 32  # letters of what somebody is called
COUNTRIES = 12  # with keys; more are written
PLACE = 48  # characters of what was written, said once more
FEW = 2  # addresses with keys beside the first question
PICKUPS = 4  # with keys


def ask_country(
    words: Words,
    order_id: int,
    countries: tuple[str, ...],
    known: Sequence[Address] = (),
    *,
    everywhere: bool = False,
    present: bool = False,
) -> Screen:
    """To which country, or one of theirs (`known`); `everywhere`: others than those with keys too."""
    keys = [Key(words.country(code), ChooseCountry(order_id, code)) for code in countries[:COUNTRIES]]
    pairs = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    text = words("📦 Order <b>{number}</b>: to which country shall we send it?", number=order_id)
    if present:
        text = words("🎁 Order <b>{number}</b>: to which country does the present go?", number=order_id)
    if order_id == BOOK:
        text = words("📍 In which country is it?")
    if everywhere or len(countries) > COUNTRIES:
        text += "\n" + words("Is it another one? Please write its name.")
    return Screen(text, (*_again(words, order_id, known), *pairs, _leave(words, order_id)))


def ask_pickup(words: Words, order_id: int) -> Screen:
    """Where the goods will be collected, where nothing is sent."""
    text = words("🏬 Order <b>{number}</b>: where will you collect it?", number=order_id)
    return Screen(text, (_leave(words, order_id),))


def with_pickups(
    words: Words, asked: Screen, order_id: int, pickups: Sequence[tuple[int, ShippingOption]], currency: str
) -> Screen:
    """A question with the keys of those who would rather collect their goods."""
    rows = tuple((Key(_pickup(words, way, currency), CollectGoods(order_id, place)),) for place, way in pickups)
    return replace(asked, keyboard=(*rows[:PICKUPS], *asked.keyboard))


def _pickup(words: Words, way: ShippingOption, currency: str) -> str:
    if not way.price:
        return f"🏬 {way.title}"
    return words.plain("🏬 {way}: {price}", way=way.title, price=words.money(way.price, currency))


def ask_name(
    words: Words, order_id: int, known: Sequence[Address] = (), *, first: bool = False, present: bool = False
) -> Screen:
    """To whom; or, where this is the first question, one of their addresses (`known`)."""
    text = words("📦 Who receives it? Please write the name.")
    if present:
        text = words("🎁 Who receives the present? Please write the name.")
    back = () if first else (_back(words, order_id),)
    return Screen(text, (*_again(words, order_id, known), *back, _leave(words, order_id)))


def ask_street(words: Words, order_id: int) -> Screen:
    """Which street."""
    return Screen(words("📦 Street and house number?"), (_back(words, order_id), _leave(words, order_id)))


def ask_town(words: Words, order_id: int, country: str) -> Screen:
    """Which town, with the postal code as the country (ISO 3166 alpha-2) writes it."""
    rule = rule_for(country)
    if rule.example:
        text = words(
            "📦 Postal code and town, in one line? A postal code in {country} looks like {example}.",
            country=words.country(country),
            example=rule.example,
        )
    else:
        text = words("📦 Town? With the postal code, if there is one.")
    return Screen(text, (_back(words, order_id), _leave(words, order_id)))


def ask_phone(words: Words, order_id: int) -> Screen:
    """Which number the carrier may call."""
    text = words("📞 A phone number for the carrier? With the country’s code, like +49 30 1234567.")
    return Screen(text, (_back(words, order_id), _leave(words, order_id)))


def ask_to_keep(words: Words, order_id: int, name: str) -> Screen:
    """Whether the address of who receives a present is kept, and what they call that person."""
    text = words("🎁 Keep this address for other presents? Write what you call them, such as “Grandma”.")
    keys = (
        (Key(words.plain("📍 Keep it as {name}", name=fit_plain(name, LABEL)), KeepReceiver(order_id)),),
        (Key(words.plain("Only this time ›"), KeepReceiver(order_id, no=True)),),
    )
    return Screen(text, (*keys, _back(words, order_id), _leave(words, order_id)))


def typed_before(words: Words, screen: Screen, order_id: int, step: str, typed: str) -> Screen:
    """The question with what was answered before, and a key to leave it at that."""
    text = screen.text + words("\n\nNow: <blockquote>{value}</blockquote>", value=typed)
    keep = (Key(words.plain("Keep ›"), AddressKeep(order_id, step)),)
    return Screen(text, (keep, *screen.keyboard))


def town(address: Mapping[str, str]) -> str:
    """The postal code, if there is one, and the town."""
    return f"{address.get('post_code', '')} {address.get('city', '')}".strip()


def not_there(
    words: Words, order_id: int, countries: tuple[str, ...], country: str, known: Sequence[Address]
) -> Screen:
    """We do not deliver there; asks again."""
    sorry = words("We do not deliver to {country}.", country=words.country(country))
    return _once_more(words, order_id, countries, sorry, known)


def no_country(
    words: Words,
    order_id: int,
    countries: tuple[str, ...],
    said: str,
    meant: tuple[str, ...],
    known: Sequence[Address],
) -> Screen:
    """Nobody knows what was written; asks again, with keys of what was perhaps meant."""
    sorry = words("We do not know a country called “{name}”.", name=fit_plain(said, PLACE))
    if not meant:
        return _once_more(words, order_id, countries, sorry, known)
    sorry += " " + words("Did you mean {country}?", country=words.country(meant[0]))
    return _once_more(words, order_id, (*meant, *(code for code in countries if code not in meant)), sorry, known)


def _once_more(
    words: Words, order_id: int, countries: tuple[str, ...], sorry: Markup, known: Sequence[Address]
) -> Screen:
    asked = ask_country(words, order_id, countries, known, everywhere=True)
    return Screen(sorry + "\n\n" + asked.text, asked.keyboard)


def pick(words: Words, order_id: int, known: Sequence[Address], page: int) -> Screen:
    """All of their addresses, by pages."""
    text = words("📦 Where shall we send it?")
    rows = paged(words, known, page, lambda one: SameAddress(order_id, one.id), lambda to: MoreAddresses(order_id, to))
    return Screen(text, (*rows, _back(words, order_id), _leave(words, order_id)))


def _again(words: Words, order_id: int, known: Sequence[Address]) -> tuple[tuple[Key, ...], ...]:
    """The first few; the others a tap away."""
    keys = [(address_key(one, SameAddress(order_id, one.id)),) for one in known[:FEW]]
    more = (Key(words.plain("📍 More addresses"), MoreAddresses(order_id)),)
    return (*keys, more) if len(known) > FEW else tuple(keys)


def _leave(words: Words, order_id: int) -> tuple[Key, ...]:
    return (Key(words.plain("✕ Not now"), LeaveAddress(order_id)),)


def _back(words: Words, order_id: int) -> tuple[Key, ...]:
    return (ways.back(words, AddressBack(order_id)),)
