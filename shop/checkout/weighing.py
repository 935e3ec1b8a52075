"""What an order weighs, and what is said when no way of sending carries so much."""

from collections.abc import Iterable

from db.models import ProductKind
from shop.carts.view import CartLine
from shop.policy import Policy, ShippingOption
from shop.refusals import NotDeliverable


class TooHeavy(NotDeliverable):
    """No way of sending carries so much. Data: weight and most, in grams."""

    code = "too_heavy"


def weight_of(lines: Iterable[CartLine]) -> int:
    """Grams of all of them; what says no weight has none."""
    return sum(line.weight * line.quantity for line in lines)


def carrying(policy: Policy, weight: int) -> tuple[ShippingOption, ...]:
    """The ways that carry so many grams."""
    return tuple(way for way in policy.shipping if way.carries(weight))


def must_be_carried(policy: Policy, kind: ProductKind, weight: int) -> None:
    """Whether goods of so many grams can be sent, or collected, at all. Raises TooHeavy."""
    if kind is ProductKind.PHYSICAL and policy.shipping and not carrying(policy, weight):
        raise TooHeavy(weight=weight, most=max(way.steps[-1].grams for way in policy.shipping))


def no_way(policy: Policy, country: str, weight: int) -> NotDeliverable:
    """Why nothing goes to that country (ISO 3166 alpha-2): it is too heavy for every way there, or there is none."""
    there = [way.steps[-1].grams for way in policy.shipping if way.serves(country) and way.steps]
    return TooHeavy(weight=weight, most=max(there)) if there else NotDeliverable(country=country)
