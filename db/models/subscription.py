"""Digital goods that are paid every month: who has what until when, and which order each month was."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key

FIRST, RENEWED = "first", "renewed"  # what an order is of a subscription, in orders.month


class SubscriptionState(StrEnum):
    """How a subscription stands; access lasts until it has ended."""

    ACTIVE = "active"  # Telegram charges it again when the month is over
    CANCELLED = "cancelled"  # it ends with what is paid
    ENDED = "ended"


class Subscription(Base):
    """What one person pays for a product every month; Telegram names it by `payload` and by its first charge.

    `stopped_by` says why it goes on no more. `wish` is what Telegram is still to be told: "stop" (charge no more) or
    "allow" (its person may let it go on); a worker does so at `run_at`.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("payload"),
        Index(None, "user_id", "id"),
        Index(None, "owner_id", "state", "id"),
        Index(None, "product_id", "state"),
        Index(None, "state", "paid_until"),
        Index(None, "wish", "run_at"),
        Index(None, "order_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # of the product
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))  # the first month's
    payload: Mapped[str] = mapped_column(key(64))
    charge_id: Mapped[str] = mapped_column(key(191))
    price: Mapped[int] = mapped_column(BigInteger)  # Stars a month, as agreed at the start
    state: Mapped[SubscriptionState] = mapped_column(enum_column(SubscriptionState, "subscription_state"))
    stopped_by: Mapped[str | None] = mapped_column(key(16))  # see shop/subscriptions/rule.py
    paid_until: Mapped[datetime] = mapped_column(UTCDateTime)
    reminded_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of which end its person was told before
    wish: Mapped[str | None] = mapped_column(key(8))
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    run_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SubscriptionPeriod(Base):
    """One month of a subscription, and the order that it was paid with."""

    __tablename__ = "subscription_periods"
    __table_args__ = (UniqueConstraint("order_id"), Index(None, "subscription_id", "until"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscriptions.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    until: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
