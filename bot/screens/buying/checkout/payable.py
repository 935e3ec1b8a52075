"""The ways to pay for an order, those that take other sums only, and what store credit pays of it."""

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.visit import Visit
from db.models import Order, ProductKind
from db.money import STARS
from shop import credit
from shop.checkout import CheckoutSummary
from shop.payments.bounds import Bounds
from shop.payments.methods import CREDIT, choose, offered, out_of_bounds
from shop.payments.requests import facts
from shop.ports import OrderFacts


class Payable(Struct, frozen=True):
    """The ways to pay for it, and those that take other sums only."""

    methods: tuple[str, ...]
    outside: tuple[tuple[str, Bounds], ...]


def payable(visit: Visit, facts: OrderFacts) -> Payable:
    """What may take the money of such an order."""
    off = visit.policy.ways_off
    return Payable(offered(visit.providers, facts, off=off), out_of_bounds(visit.providers, facts, off=off))


async def with_credit(
    visit: Visit, session: AsyncSession, order: CheckoutSummary, *, sending: int = 0
) -> CheckoutSummary:
    """The summary with what store credit pays of it, with sending it for so much. One statement; of downloads none."""
    if order.currency == STARS or order.kind is ProductKind.DIGITAL:
        return order
    has = await credit.standing(session, visit.user.id, order.owner_id, order.currency)
    pays = has.towards(order.goods_total + order.taxes.added + sending)
    return replace(order, credit=pays, has_credit=has.balance)


def must_be_offered(visit: Visit, order: Order, method: str) -> None:
    """Whether a new order can be paid so: by credit, too, where that is all of what is known of it.

    Raises PaymentMethodNotOffered.
    """
    if method == CREDIT and order.credit:
        return
    choose(visit.providers, facts(order), method, off=visit.policy.ways_off)


CLOSED = Payable((), ())  # a shop that takes no orders
