"""People: customers, product owners, and whether we can reach them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.base import Base
from db.folding import fold
from db.types import Id, UTCDateTime, enum_column, key


class Role(StrEnum):
    """What a person may do; operators are named in the configuration, not here."""

    CUSTOMER = "customer"
    ADMIN = "admin"


class User(Base):
    """One person, known by the Telegram id."""

    __tablename__ = "users"
    __table_args__ = (Index(None, "role", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    username: Mapped[str | None] = mapped_column(key(64), unique=True)
    username_folded: Mapped[str | None] = mapped_column(key(64), index=True)  # to find it typed in any case
    name: Mapped[str] = mapped_column(String(128), default="")
    email: Mapped[str | None] = mapped_column(key(191), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[Role] = mapped_column(enum_column(Role, "role"), default=Role.CUSTOMER)
    language: Mapped[str | None] = mapped_column(String(16))
    reachable: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @validates("username")
    def _fold_username(self, _name: str, username: str | None) -> str | None:
        self.username_folded = None if username is None else fold(username)
        return username
