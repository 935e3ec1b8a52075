"""People: customers, product owners, and whether we can reach them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, false
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
    __table_args__ = (Index(None, "role", "id"), Index(None, "seen_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    username: Mapped[str | None] = mapped_column(key(64), unique=True)
    # found typed in any case; Telegram's names know no case, so two that differ by it are one
    username_folded: Mapped[str | None] = mapped_column(key(64), index=True, unique=True)
    name: Mapped[str] = mapped_column(String(128), default="")
    email: Mapped[str | None] = mapped_column(key(191), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[Role] = mapped_column(enum_column(Role, "role"), default=Role.CUSTOMER)
    language: Mapped[str | None] = mapped_column(String(16))
    # Telegram tells no bot which ground its reader's app has
    dark_charts: Mapped[bool] = mapped_column(default=False, server_default=false())
    reachable: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # their last word, to a day; none: never met

    @validates("username")
    def _fold_username(self, _name: str, username: str | None) -> str | None:
        self.username_folded = None if username is None else fold(username)
        return username


class Ban(Base):
    """A person who may neither order from a seller nor write to them; `seller_id` 0 is every seller of the shop."""

    __tablename__ = "bans"
    __table_args__ = (UniqueConstraint("user_id", "seller_id"), Index(None, "seller_id", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    seller_id: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[str] = mapped_column(key(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
