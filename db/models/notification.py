"""The outbox: what we have decided to tell people, and who waits for what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.user import User
from db.types import Id, UTCDateTime, key


class Notification(Base):
    """One message to one person, written in the transaction that decided it and delivered by a worker."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index(None, "sent_at", "dead_at", "run_at", "id"),  # what is due, in the order in which it is told
        Index(None, "user_id", "sent_at", "dead_at", "priority", "id"),  # what still waits for this person, in order
        Index(None, "user_id", "message_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    staff_chat_id: Mapped[int] = mapped_column(Id, default=0)  # the group it goes to; 0: the person's own chat
    kind: Mapped[str] = mapped_column(key(48))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    priority: Mapped[int] = mapped_column(SmallInteger, default=0)  # of one person's news the lower goes first
    dedupe_key: Mapped[str] = mapped_column(key(128), unique=True)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(String(255))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship(lazy="raise")


class OrderSight(Base):
    """A message in somebody's chat that shows an order: it is edited when the order moves (the newest few a person).

    `button` is what opens the same page, packed; a message that told something names its notification instead.
    """

    __tablename__ = "order_sights"
    __table_args__ = (UniqueConstraint("order_id", "user_id", "staff_chat_id", "message_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    staff_chat_id: Mapped[int] = mapped_column(Id, default=0)  # the group it stands in; 0: the person's own chat
    message_id: Mapped[int] = mapped_column(BigInteger)
    button: Mapped[str | None] = mapped_column(key(64))
    notification_id: Mapped[int | None] = mapped_column(ForeignKey("notifications.id"))
    is_photo: Mapped[bool] = mapped_column()
    digest: Mapped[str] = mapped_column(key(32))  # of what it shows: nothing is edited to what it is already


class StockWatch(Base):
    """A person who asked to be told when a product is back."""

    __tablename__ = "stock_watches"
    __table_args__ = (UniqueConstraint("product_id", "user_id"), Index(None, "user_id", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
