"""Short ways to an order, for tests that begin where a customer has decided."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.demo import buying
from db.models import Order, OrderStatus, Product, User
from shop import carts, stock
from shop.checkout import CheckoutSummary
from shop.orders import lifecycle
from shop.orders.reading import units_of
from shop.policy import Policy
from tests.world.clock import START

HOLD = timedelta(minutes=15)
ROOMY = Policy(max_unpaid_orders=1000, max_held_units=100_000, max_held_lines=1000)  # limits have tests of their own


async def place(
    session: AsyncSession,
    buyer: User,
    product: Product,
    quantity: int = 1,
    *,
    method: str | None = None,
    policy: Policy | None = None,
    now: datetime = START,
) -> Order:
    """Put so many into the cart and order them."""
    await carts.set_quantity(session, buyer, product.id, quantity, now=now)
    return await check_out(session, buyer, product, method=method, policy=policy, now=now)


async def check_out(
    session: AsyncSession,
    buyer: User,
    product: Product,
    *,
    method: str | None = None,
    policy: Policy | None = None,
    now: datetime = START,
) -> Order:
    """Order what lies in the cart of this product's seller."""
    return await buying.check_out(
        session, buyer, product.owner_id, product.kind, method=method, policy=policy or ROOMY, hold=HOLD, now=now
    )


async def confirm(
    session: AsyncSession,
    buyer: User,
    summary: CheckoutSummary,
    *,
    note: str | None = None,
    policy: Policy | None = None,
) -> Order:
    """Order what was shown."""
    return await buying.confirm(session, buyer, summary, note=note, policy=policy or ROOMY, hold=HOLD, now=START)


async def pay(session: AsyncSession, order: Order, *, now: datetime = START) -> None:
    """What settlement does to the order and its stock when the money came."""
    moved = await lifecycle.move(
        session,
        order.id,
        OrderStatus.PROCESSING,
        from_=OrderStatus.PENDING,
        actor="provider:test",
        cause="paid",
        now=now,
    )
    assert moved
    await stock.sell(session, await units_of(session, order.id), order_id=order.id, actor="provider:test", now=now)
