"""Short ways to an order, for worlds that are made up: the demo's past, and what is tested and measured."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, ProductKind, User
from shop import checkout
from shop.checkout import CheckoutSummary
from shop.payments.requests import Asking
from shop.policy import Policy

OPENED_FROM = "https://t.me/storefront_bot?start="


async def check_out(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    buyer: User,
    owner_id: int,
    kind: ProductKind = ProductKind.PHYSICAL,
    *,
    method: str | None = None,
    present: str | None = None,
    policy: Policy,
    hold: timedelta,
    now: datetime,
) -> Order:
    """Order what lies in the cart of this seller, at what it costs now. Raises what a checkout raises."""
    summary = await checkout.summarise(session, buyer, owner_id, kind, now=now)
    return await confirm(session, buyer, summary, method=method, present=present, policy=policy, hold=hold, now=now)


async def confirm(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    buyer: User,
    summary: CheckoutSummary,
    *,
    method: str | None = None,
    note: str | None = None,
    present: str | None = None,
    policy: Policy,
    hold: timedelta,
    now: datetime,
) -> Order:
    """Order what was shown, as the key below it does. Raises what a checkout raises."""
    order = await checkout.place_order(
        session,
        buyer,
        owner_id=summary.owner_id,
        kind=summary.kind,
        checkout_key=summary.key,
        payment_method=method,
        note=note,
        present=present,
        policy=policy,
        hold=hold,
        now=now,
        credit=summary.credit,
    )
    session.add(order)
    return order


def asking(
    user_id: int, telegram_id: int, link: Callable[[str], str] = lambda argument: OPENED_FROM + argument
) -> Asking:
    """What the chat adds to a payment; nobody reads these words."""
    return Asking(
        user_id=user_id,
        telegram_id=telegram_id,
        title="Order",
        description="Green tea",
        shipping_label="Shipping",
        discount_label="Discount",
        tax_label="Tax",
        credit_label="Store credit",
        language="en",
        link=link,
    )
