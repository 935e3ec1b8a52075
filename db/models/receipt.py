"""Receipts: numbered without gaps a seller and year, frozen as issued; and what a seller prints above them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key


class ReceiptKind(StrEnum):
    """What a receipt is about; each has a number of the same row of numbers."""

    SALE = "sale"
    REFUND = "refund"
    REVERSAL = "reversal"  # of a refund that failed after it was said to have gone through


class Receipt(Base):
    """One document, never deleted; amounts in minor units, positive whatever its kind.

    Nothing of it changes but that its buyer goes, when the time to keep orders is over.

    `source` names what it is about, once. `content` is all that is printed. `owner_id` issued it: goods that are handed
    over later leave it where it is.
    """

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("owner_id", "year", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("total >= 0 AND tax >= 0", name="amounts_not_negative"),
        Index(None, "order_id", "id"),
        Index(None, "issued_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int] = mapped_column()
    kind: Mapped[ReceiptKind] = mapped_column(enum_column(ReceiptKind, "receipt_kind"))
    source: Mapped[str] = mapped_column(key(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    currency: Mapped[str] = mapped_column(key(3))
    total: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    language: Mapped[str | None] = mapped_column(key(16))  # the customer's, when it was issued
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    issued_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def called(self) -> str:
        """Its number as people read it: 2026/00012; a hyphen would turn the two round among Arabic letters."""
        return f"{self.year}/{self.number:05}"


class ReceiptCounter(Base):
    """The last number that a seller used in a year; whoever raises it has the next, and others wait for the commit."""

    __tablename__ = "receipt_counters"

    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Letterhead(Base):
    """What stands on a seller's receipts: name and address, lines as they wrote them, and their VAT number."""

    __tablename__ = "letterheads"

    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    address: Mapped[str] = mapped_column(String(500), default="")
    vat_id: Mapped[str] = mapped_column(String(32), default="")
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
