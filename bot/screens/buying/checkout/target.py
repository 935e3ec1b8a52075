"""Where goods go if nothing is said: where those before went, by the same way of sending if it still serves there."""

from msgspec import Struct

from shop.orders.reading import Delivery
from shop.policy import Policy

WHOLE = ("name", "country_code", "street_line1", "city")  # without these an address is asked for anew


class Target(Struct, frozen=True):
    """Where it would go, by which of the ways of sending that serve that country (places among all), at which price."""

    delivery: Delivery
    places: tuple[int, ...]
    place: int | None
    price: int


def target(policy: Policy, delivery: Delivery | None, goods: int, *, free: bool, way: int | None) -> Target | None:
    """Where goods of this total go if they go there once more; None where that is to be asked.

    `way` is the place of the way of sending that was chosen: otherwise it is the one of that order, or the cheapest.
    """
    if delivery is None or not all(delivery.address.get(part) for part in WHOLE):
        return None
    if policy.ask_phone and not delivery.address.get("phone_number"):
        return None
    if not policy.shipping:
        return Target(delivery, (), None, 0)
    country = str(delivery.address["country_code"])
    places = tuple(place for place, option in enumerate(policy.shipping) if option.serves(country))
    sent = [place for place in places if not policy.shipping[place].pickup]
    if not sent:
        return None
    usual = [place for place in places if policy.shipping[place].id == delivery.option_id]
    cheapest = min(sent, key=lambda place: policy.shipping[place].price)
    chosen = way if way in places else (usual or [cheapest])[0]
    return Target(delivery, places, chosen, policy.shipping[chosen].price_of(goods, free=free))
