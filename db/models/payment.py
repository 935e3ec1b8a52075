"""Money: the summary of an order, each try to pay, everything a provider said, and refunds."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, query_expression

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key, text_column


class PaymentStatus(StrEnum):
    """What became of the money of an order."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    DISPUTED = "disputed"


class AttemptState(StrEnum):
    """How one try to pay stands."""

    CREATED = "created"  # written down, the provider not asked yet
    OPEN = "open"  # the provider shows a page or a sheet
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class RefundState(StrEnum):
    """How giving money back stands."""

    CREATED = "created"  # written down, the provider not asked yet
    PENDING = "pending"  # the provider is at it
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    MANUAL = "manual"  # the provider has no refund call: the operator pays back by hand


class Payment(Base):
    """The summary of an order's money: what was captured and what went back, in minor units.

    `amount` is the total captured for this order over all charges, tips included.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount >= 0 AND refunded_amount >= 0", name="amounts_not_negative"),
        CheckConstraint("refunded_amount <= amount", name="refunded_within_amount"),
        Index(None, "updated_at"),
        Index(None, "payment_date"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), unique=True)
    payment_status: Mapped[PaymentStatus] = mapped_column(
        enum_column(PaymentStatus, "payment_status"), default=PaymentStatus.PENDING
    )
    amount: Mapped[int] = mapped_column(BigInteger, default=0)
    refunded_amount: Mapped[int] = mapped_column(BigInteger, default=0)
    tip: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(key(3))
    payment_method: Mapped[str | None] = mapped_column(key(32))
    payment_date: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    to_give_back: Mapped[int | None] = query_expression()  # part of `refunded_amount`: decided, and not back yet


class PaymentAttempt(Base):
    """One try to pay an order with one provider; committed with its exact request before the provider is asked.

    A captured charge is an attempt in state PAID: a second charge for one order is a second PAID attempt.
    `amount` is what was asked for; `captured_amount` is what the provider took.
    """

    __tablename__ = "payment_attempts"
    __table_args__ = (
        UniqueConstraint("provider", "reference"),
        UniqueConstraint("provider", "charge_id"),
        Index(None, "order_id", "id"),
        Index(None, "state", "checked_at", "id"),
        Index(None, "state", "paid_at"),
        Index(None, "provider_charge_id"),
        Index(None, "approved_at"),
        Index(None, "updated_at"),
        CheckConstraint("captured_amount >= 0 AND refunded_amount >= 0", name="amounts_not_negative"),
        CheckConstraint("refunded_amount <= captured_amount", name="refunded_within_captured"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    provider: Mapped[str] = mapped_column(key(32))
    reference: Mapped[str | None] = mapped_column(key(191))  # session id, invoice payload: how the provider names it
    charge_id: Mapped[str | None] = mapped_column(key(191))  # one charge settles one attempt
    provider_charge_id: Mapped[str | None] = mapped_column(key(191))  # the bank side's name, where it has another one
    idempotency_key: Mapped[str] = mapped_column(key(64), unique=True)
    state: Mapped[AttemptState] = mapped_column(
        enum_column(AttemptState, "attempt_state"), default=AttemptState.CREATED
    )
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(key(3))
    captured_amount: Mapped[int] = mapped_column(BigInteger, default=0)
    captured_currency: Mapped[str | None] = mapped_column(key(3))
    refunded_amount: Mapped[int] = mapped_column(BigInteger, default=0)
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    page_url: Mapped[str | None] = mapped_column(String(2048))
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # the invoice in the customer's chat, while it is there
    failure: Mapped[str | None] = mapped_column(String(255))
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when pre-checkout was last answered with yes
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PaymentEvent(Base):
    """The inbox: everything a provider said, once.

    What cannot be settled is tried again at `run_at`, and set aside in the end (`dead_at`, `error`).
    """

    __tablename__ = "payment_events"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        Index(None, "processed_at", "dead_at", "run_at", "id"),  # what waits, in the order in which it is tried
        Index(None, "reference"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    provider: Mapped[str] = mapped_column(key(32))
    event_id: Mapped[str] = mapped_column(key(191))
    type: Mapped[str] = mapped_column(key(64))
    reference: Mapped[str | None] = mapped_column(key(191))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(255))
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    processed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Refund(Base):
    """Money on its way back to the customer, in minor units."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "state", "run_at"),
        Index(None, "order_id", "id"),
        Index(None, "attempt_id"),
        Index(None, "updated_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("payment_attempts.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(key(3))
    reason: Mapped[str] = mapped_column(text_column())
    actor: Mapped[str] = mapped_column(key(64))
    state: Mapped[RefundState] = mapped_column(enum_column(RefundState, "refund_state"), default=RefundState.CREATED)
    reference: Mapped[str | None] = mapped_column(key(191), index=True)
    idempotency_key: Mapped[str] = mapped_column(key(64), unique=True)
    failure: Mapped[str | None] = mapped_column(String(255))
    item_id: Mapped[int | None] = mapped_column(Id)  # the line of the order whose `units` it pays for, if of one
    units: Mapped[int | None] = mapped_column()
    to_credit: Mapped[bool] = mapped_column(default=False, server_default=false())  # becomes store credit, not money
    attempts: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)  # when the provider is asked (again)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
