"""Forms in progress and forms that wait, who ticks, updates that carry money, and what admins did."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, key


class Dialog(Base):
    """The one form a person is filling in; it survives restarts and moves between replicas."""

    __tablename__ = "dialogs"
    __table_args__ = (Index(None, "updated_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(key(32))
    step: Mapped[str] = mapped_column(key(32))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # the message that asks, once it is on show
    update_id: Mapped[int | None] = mapped_column(BigInteger)  # the update whose answer that was
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class KeptForm(Base):
    """What a person began and went away from: one of each kind, out of the way until they come back to it."""

    __tablename__ = "kept_forms"
    __table_args__ = (Index(None, "updated_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(key(32), primary_key=True)
    step: Mapped[str] = mapped_column(key(32))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    order_id: Mapped[int | None] = mapped_column(BigInteger)  # it waits no longer than this order does
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Lease(Base):
    """Which process may do a periodic task now, and when the task last ran."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(key(64), primary_key=True)
    owner: Mapped[str] = mapped_column(key(64))
    lease_until: Mapped[datetime] = mapped_column(UTCDateTime)
    last_run_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TelegramUpdate(Base):
    """An update that carries money, stored before Telegram is told that we have it.

    What cannot be handled is tried again at `run_at`, and set aside in the end (`dead_at`, `error`).
    """

    __tablename__ = "telegram_updates"
    __table_args__ = (
        Index(None, "done_at", "dead_at", "run_at", "update_id"),  # what waits, in the order in which it is tried
        Index(None, "kind", "received_at"),
    )

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(key(32))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    run_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(String(255))


class AdminEvent(Base):
    """What an owner, their staff or an operator did; never updated, never deleted.

    `owner_id` is in whose shop it was (none: in the shop as a whole); what changed is in `data`, a field with what it
    was before and what it is now: {"price": [900, 1000]}.
    """

    __tablename__ = "admin_events"
    __table_args__ = (
        Index(None, "subject", "id"),
        Index(None, "owner_id", "id"),
        Index(None, "owner_id", "action", "id"),
        Index(None, "action", "id"),
        Index(None, "actor", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    actor: Mapped[str] = mapped_column(key(64))
    action: Mapped[str] = mapped_column(key(48))
    subject: Mapped[str] = mapped_column(key(64))
    owner_id: Mapped[int | None] = mapped_column(BigInteger)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
