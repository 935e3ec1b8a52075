"""The desk: the links that sign in, who is signed in, and how often somebody tried to."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key


class SignedInBy(StrEnum):
    """How a session was opened."""

    LINK = "link"  # by a link out of the chat
    PASSWORD = "password"  # noqa: S105  a way, not a secret
    TELEGRAM = "telegram"  # by what Telegram tells a page that it opens


class DeskLink(Base):
    """A link that signs one person in, once: a person has one at a time, and of its secret only the hash is kept."""

    __tablename__ = "desk_links"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    token_hash: Mapped[str] = mapped_column(key(64), unique=True)  # SHA-256, hexadecimal
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DeskSession(Base):
    """A browser in which somebody is signed in; of its cookie only the hash is kept."""

    __tablename__ = "desk_sessions"
    __table_args__ = (Index(None, "user_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(key(64), unique=True)  # SHA-256, hexadecimal
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_by: Mapped[SignedInBy] = mapped_column(enum_column(SignedInBy, "opened_by"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)  # moves on while the person works
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)  # and never beyond this


class DeskTry(Base):
    """How often a password was tried: for an account or from an address, both as one of a fixed number of buckets."""

    __tablename__ = "desk_tries"

    bucket: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    tries: Mapped[int]
    since: Mapped[datetime] = mapped_column(UTCDateTime)
