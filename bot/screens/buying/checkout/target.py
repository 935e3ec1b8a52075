"""Where goods go if nothing is said: to the usual address, by the way of sending that it was used with last."""

from collections.abc import Sequence

from msgspec import Struct

from db.models import Address
from shop.policy import Policy

PLACE = ("country_code", "street_line1", "city")
WHOLE = ("name", *PLACE)  # without these an address is asked for anew


class Target(Struct, frozen=True):
    """Where it would go, by which of the ways of sending that serve that country (places among all), at which price."""

    address: Address
    places: tuple[int, ...]
    place: int | None
    price: int


def in_turn(known: Sequence[Address], *, present: bool) -> list[Address]:
    """Those first to whom it may be meant: of a present the addresses of others, else their own."""
    return sorted(known, key=lambda one: (one.label is None) is present)


def usable(policy: Policy, known: Sequence[Address]) -> list[Address]:
    """Those of the addresses in reach that are whole."""
    return [one for one in in_reach(policy, known) if _is_whole(policy, one)]


def in_reach(policy: Policy, known: Sequence[Address]) -> list[Address]:
    """Those addresses that are a place to which the shop sends: collecting is no way there."""
    return [
        one
        for one in known
        if all(one.place.get(part) for part in PLACE) and (not policy.shipping or _sent(policy, one))
    ]


def target(
    policy: Policy, address: Address | None, goods: int, *, free: bool, way: int | None, weight: int = 0
) -> Target | None:
    """Where goods of this total, and of so many grams, go.

    None where there is no such (usable) address: that is to be asked.

    `way` is the place of the way of sending that was chosen: otherwise it is the one of before, or the cheapest.
    """
    if address is None:
        return None
    if not policy.shipping:
        return Target(address, (), None, 0)
    places, sent = _places(policy, address, weight), _sent(policy, address, weight)
    if not sent:
        return None
    usual = [place for place in places if policy.shipping[place].id == address.shipping_option]
    prices = {place: policy.shipping[place].price_of(goods, free=free, weight=weight) for place in places}
    cheapest = min(sent, key=lambda place: (policy.shipping[place].agreed, prices[place]))
    chosen = way if way in places else (usual or [cheapest])[0]
    return Target(address, places, chosen, prices[chosen])


def _places(policy: Policy, address: Address, weight: int) -> tuple[int, ...]:
    country = str(address.place["country_code"])
    return tuple(place for place, option in enumerate(policy.shipping) if option.serves(country, weight))


def _sent(policy: Policy, address: Address, weight: int = 0) -> tuple[int, ...]:
    return tuple(place for place in _places(policy, address, weight) if not policy.shipping[place].pickup)


def _is_whole(policy: Policy, address: Address) -> bool:
    needed = (*WHOLE, "phone_number") if policy.ask_phone else WHOLE
    return all(address.place.get(part) for part in needed)
