"""The money of orders as a list, newest first: so many orders are looked at, however few of them are meant."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Payment, PaymentStatus, User
from shop.people.permissions import By, Permission, ask

WINDOW = 1000  # orders that one look goes back


class Which(StrEnum):
    """Whose money is meant."""

    ALL = "all"
    BACK = "back"
    DISPUTED = "disputed"


class MoneyOf(Struct, frozen=True):
    """What came for one order and what went back, in minor units."""

    order_id: int
    customer: str
    seller: str
    method: str | None
    status: PaymentStatus
    amount: int
    refunded: int
    currency: str
    paid_at: datetime | None


class MoneyPage(Struct, frozen=True):
    """A page of it; `further` is the order before which to look on."""

    rows: Sequence[MoneyOf]
    further: int | None


async def list_money(
    session: AsyncSession, by: By, which: Which, *, before: int | None = None, limit: int = 25
) -> MoneyPage:
    """Money that came for the seller's orders (operators: for all). Two statements along ids. Raises NotPermitted."""
    acting = ask(by, Permission.MONEY)
    newest = select(Order.id)
    if not acting.everything:
        newest = newest.where(Order.owner_id == acting.owner_id)
    if before is not None:
        newest = newest.where(Order.id < before)
    window = list(await session.scalars(newest.order_by(Order.id.desc()).limit(WINDOW)))
    if not window:
        return MoneyPage((), None)
    seller = User.__table__.alias("seller")
    query = (
        select(Payment, Order.id, User.name.label("customer"), seller.c.name.label("seller"))
        .join(Order, Order.id == Payment.order_id)
        .join(User, User.id == Order.user_id)
        .join(seller, seller.c.id == Order.owner_id)
        .where(Payment.order_id.between(window[-1], window[0]), Payment.amount > 0, *_meant(which))
        .order_by(Payment.order_id.desc())
        .limit(limit + 1)
    )
    if not acting.everything:
        query = query.where(Order.owner_id == acting.owner_id)
    rows = (await session.execute(query)).all()
    shown = [_row(*row) for row in rows[:limit]]
    if len(rows) > limit:
        return MoneyPage(shown, shown[-1].order_id)
    return MoneyPage(shown, window[-1] if len(window) == WINDOW else None)


def _meant(which: Which) -> tuple[ColumnElement[bool], ...]:
    if which is Which.BACK:
        return (Payment.refunded_amount > 0,)
    return (Payment.payment_status == PaymentStatus.DISPUTED,) if which is Which.DISPUTED else ()


def _row(payment: Payment, order_id: int, customer: str, seller: str) -> MoneyOf:
    return MoneyOf(
        order_id,
        customer,
        seller,
        payment.payment_method,
        payment.payment_status,
        payment.amount,
        payment.refunded_amount,
        payment.currency,
        payment.payment_date,
    )
