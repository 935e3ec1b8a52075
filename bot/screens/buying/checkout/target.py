"""Where goods go if nothing is said: to the usual address, by the way of sending that it was used with last."""

from collections.abc import Sequence

from msgspec import Struct

from db.models import Address
from shop.policy import Policy

WHOLE = ("name", "country_code", "street_line1", "city")  # without these an address is asked for anew


class Target(Struct, frozen=True):
    """Where it would go, by which of the ways of sending that serve that country (places among all), at which price."""

    address: Address
    places: tuple[int, ...]
    place: int | None
    price: int


def usable(policy: Policy, known: Sequence[Address]) -> list[Address]:
    """Those addresses that are whole, and to which the shop delivers."""
    return [one for one in known if _is_whole(policy, one) and (not policy.shipping or _places(policy, one))]


def target(policy: Policy, address: Address | None, goods: int, *, free: bool, way: int | None) -> Target | None:
    """Where goods of this total go; None where there is no such (usable) address: that is to be asked.

    `way` is the place of the way of sending that was chosen: otherwise it is the one of before, or the cheapest.
    """
    if address is None:
        return None
    if not policy.shipping:
        return Target(address, (), None, 0)
    places = _places(policy, address)
    sent = [place for place in places if not policy.shipping[place].pickup]
    if not sent:
        return None
    usual = [place for place in places if policy.shipping[place].id == address.shipping_option]
    cheapest = min(sent, key=lambda place: policy.shipping[place].price)
    chosen = way if way in places else (usual or [cheapest])[0]
    return Target(address, places, chosen, policy.shipping[chosen].price_of(goods, free=free))


def _places(policy: Policy, address: Address) -> tuple[int, ...]:
    country = str(address.place["country_code"])
    return tuple(place for place, option in enumerate(policy.shipping) if option.serves(country))


def _is_whole(policy: Policy, address: Address) -> bool:
    needed = (*WHOLE, "phone_number") if policy.ask_phone else WHOLE
    return all(address.place.get(part) for part in needed)
