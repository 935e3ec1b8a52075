"""Money, or credit, of an order that was paid, given back as credit."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CreditKind, Order, Refund
from shop.credit.accounts import account_of, move


async def put_back(session: AsyncSession, order: Order, refund: Refund, *, now: datetime) -> None:
    """Add what a refund of this order is worth; call once, by whoever moved the refund to SUCCEEDED."""
    account_id = await account_of(session, order.user_id, order.owner_id, refund.currency, now=now)
    await move(
        session,
        account_id,
        refund.amount,
        CreditKind.REFUNDED,
        order_id=order.id,
        refund_id=refund.id,
        actor=refund.actor,
        now=now,
    )
