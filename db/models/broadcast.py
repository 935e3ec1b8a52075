"""Broadcasts: one text to many people, who of them has it, and who wants no more of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key, text_column


class BroadcastState(StrEnum):
    """Where a broadcast is."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class RecipientState(StrEnum):
    """What became of one person's copy; `sending` is written before Telegram is asked."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNKNOWN = "unknown"  # nobody knows whether it arrived: it is not sent again
    LEFT_OUT = "left_out"  # wants no news, is banned, or cannot be reached


class Broadcast(Base):
    """A text to the people of one seller, or (`owner_id` 0) of the whole shop.

    `text` is plain, `html` the same as it was formatted. A draft with `starts_at` goes out by itself from then on.
    The message `shown_in` of the chat `shown_to` shows its seller how far it is.

    `segment` names what all of them have in common. `cursor` is the last person looked at when the recipients are
    written, page by page; `listed_at` says that all are written.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (Index(None, "owner_id", "id"), Index(None, "state", "id"), Index(None, "state", "starts_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(text_column())
    html: Mapped[str | None] = mapped_column(text_column())
    photo_file_id: Mapped[str | None] = mapped_column(key(255))
    photo_bot_id: Mapped[int | None] = mapped_column(BigInteger)  # whose file id it is
    segment: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[BroadcastState] = mapped_column(
        enum_column(BroadcastState, "broadcast_state"), default=BroadcastState.DRAFT
    )
    cursor: Mapped[int] = mapped_column(BigInteger, default=0)
    actor: Mapped[str] = mapped_column(key(64))
    shown_to: Mapped[int | None] = mapped_column(BigInteger)
    shown_in: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    starts_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    listed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class BroadcastRecipient(Base):
    """One person of a broadcast."""

    __tablename__ = "broadcast_recipients"
    __table_args__ = (UniqueConstraint("broadcast_id", "user_id"), Index(None, "broadcast_id", "state", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    state: Mapped[RecipientState] = mapped_column(enum_column(RecipientState, "recipient_state"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class NewsOptout(Base):
    """A person who wants no news of a kind from a seller; `owner_id` 0 is the whole shop."""

    __tablename__ = "news_optouts"
    __table_args__ = (UniqueConstraint("user_id", "kind", "owner_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(key(32))
    owner_id: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
