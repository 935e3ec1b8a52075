"""Goods that come back: which pieces of an order, why, and every step on their way."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.order import Order, OrderItem
from db.types import Id, UTCDateTime, enum_column, key, text_column


class ReturnStatus(StrEnum):
    """Where a return stands; the moves are in shop/returns/moving.py."""

    ASKED = "asked"  # the customer's wish, the seller has not answered
    AGREED = "agreed"  # the goods are to come back
    RECEIVED = "received"  # they are back; the money is the seller's to decide
    REFUNDED = "refunded"  # money was decided to go back; how it goes is the refund's
    CLOSED = "closed"  # ended without money
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by the customer


class ReturnReason(StrEnum):
    """Why goods come back."""

    DAMAGED = "damaged"
    WRONG = "wrong"  # another thing was sent
    OTHERWISE = "otherwise"  # not as it was described
    SIZE = "size"
    MIND = "mind"  # the customer does not want it any more
    OTHER = "other"


class Return(Base):
    """Pieces of one order that its customer sends back; what they are is in its lines."""

    __tablename__ = "returns"
    __table_args__ = (
        Index(None, "order_id", "id"),
        Index(None, "owner_id", "status", "id"),
        Index(None, "owner_id", "id"),
        Index(None, "status", "id"),
        Index(None, "remind_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # of the order
    status: Mapped[ReturnStatus] = mapped_column(enum_column(ReturnStatus, "return_status"))
    reason: Mapped[ReturnReason] = mapped_column(enum_column(ReturnReason, "return_reason"))
    words: Mapped[str] = mapped_column(text_column())  # the customer's own; empty: none
    answer: Mapped[str] = mapped_column(text_column())  # the seller's, of the step that was last answered
    reminded: Mapped[int] = mapped_column(default=0, server_default="0")  # how often its seller was, at this step
    remind_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # while it waits for its seller
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    order: Mapped[Order] = relationship(lazy="raise", viewonly=True)
    lines: Mapped[list["ReturnLine"]] = relationship(lazy="raise", viewonly=True, order_by="ReturnLine.id")
    photos: Mapped[list["ReturnPhoto"]] = relationship(lazy="raise", viewonly=True, order_by="ReturnPhoto.id")
    events: Mapped[list["ReturnEvent"]] = relationship(lazy="raise", viewonly=True, order_by="ReturnEvent.id")


class ReturnLine(Base):
    """Pieces of one line of the order; `restocked` of them went back to the shelf."""

    __tablename__ = "return_lines"
    __table_args__ = (
        UniqueConstraint("return_id", "item_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("restocked >= 0 AND restocked <= quantity", name="restocked_within_quantity"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("order_items.id"), index=True)
    quantity: Mapped[int] = mapped_column()
    restocked: Mapped[int] = mapped_column(default=0, server_default="0")

    item: Mapped[OrderItem] = relationship(lazy="raise", viewonly=True)


class ReturnPhoto(Base):
    """A photo that the customer sent with the wish."""

    __tablename__ = "return_photos"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), index=True)
    file_id: Mapped[str] = mapped_column(key(255))
    bot_id: Mapped[int] = mapped_column(BigInteger)  # whose file id it is


class ReturnEvent(Base):
    """One step of a return: who took it and what they said; never updated, never deleted."""

    __tablename__ = "return_events"
    __table_args__ = (Index(None, "return_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"))
    status: Mapped[ReturnStatus] = mapped_column(enum_column(ReturnStatus, "return_event_status"))
    actor: Mapped[str] = mapped_column(key(64))
    text: Mapped[str] = mapped_column(text_column())
    amount: Mapped[int | None] = mapped_column(BigInteger)  # minor units of the order's currency
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
