"""The ways to pay for an order, and those that take other sums only."""

from msgspec import Struct

from bot.routing.visit import Visit
from shop.payments.bounds import Bounds
from shop.payments.methods import offered, out_of_bounds
from shop.ports import OrderFacts


class Payable(Struct, frozen=True):
    """The ways to pay for it, and those that take other sums only."""

    methods: tuple[str, ...]
    outside: tuple[tuple[str, Bounds], ...]


def payable(visit: Visit, facts: OrderFacts) -> Payable:
    """What may take the money of such an order."""
    off = visit.policy.ways_off
    return Payable(offered(visit.providers, facts, off=off), out_of_bounds(visit.providers, facts, off=off))


CLOSED = Payable((), ())  # a shop that takes no orders
