"""Who works for a seller, by which link they came, and what a seller notes about a customer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, key, text_column


class Permission(StrEnum):
    """What a member of a seller's staff may do there; the seller may everything."""

    ORDERS = "orders"  # orders, customers, their messages and reviews
    STOCK = "stock"
    CATALOGUE = "catalogue"
    MONEY = "money"
    PROMOTION = "promotion"


def granted(text: str) -> frozenset[Permission]:
    """The permissions in a column; what this version does not know is left out."""
    return frozenset(permission for permission in Permission if permission in text.split())


def written(permissions: frozenset[Permission]) -> str:
    """The permissions as they are kept: in the order of the enumeration, a space between."""
    return " ".join(permission for permission in Permission if permission in permissions)


def names_of(permissions: frozenset[Permission] | None) -> list[str] | None:
    """The permissions as events tell of them."""
    return None if permissions is None else written(permissions).split()


class StaffMember(Base):
    """A person who acts in one seller's shop, with the permissions that were chosen for them."""

    __tablename__ = "staff"
    __table_args__ = (Index(None, "owner_id", "user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    permissions: Mapped[str] = mapped_column(key(128))
    actor: Mapped[str] = mapped_column(key(64))  # who took them in
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Invitation(Base):
    """A link that takes one person in, once; of its secret only the hash is kept. No permissions: to sell oneself."""

    __tablename__ = "invitations"
    __table_args__ = (Index(None, "owner_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(key(64), unique=True)  # SHA-256, hexadecimal
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # whose staff, or the operator who invites a seller
    permissions: Mapped[str | None] = mapped_column(key(128))
    actor: Mapped[str] = mapped_column(key(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_by: Mapped[int | None] = mapped_column(BigInteger)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # used, or taken back


class CustomerNote(Base):
    """What a seller's shop keeps in mind about a customer; the customer never sees it."""

    __tablename__ = "customer_notes"
    __table_args__ = (UniqueConstraint("owner_id", "user_id"), Index(None, "user_id", "id"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(text_column())
    actor: Mapped[str] = mapped_column(String(64))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
