"""Digital goods that are many: a key or a file for each buyer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key, text_column


class UnitState(StrEnum):
    """Free units are the stock of their product; a sold one is its buyer's; a revoked one works no more."""

    FREE = "free"
    SOLD = "sold"
    REVOKED = "revoked"


class Unit(Base):
    """One key or file of a product; handed out once, in the order of the ids.

    `fingerprint` is of what it holds, so that the same key is not put on the shelf twice. `replaces_id` names the
    revoked unit that its buyer got this one for.
    """

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("product_id", "fingerprint"),
        UniqueConstraint("replaces_id"),
        Index(None, "product_id", "state", "id"),
        Index(None, "order_item_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    content: Mapped[str] = mapped_column(text_column())  # the key; of a file its name
    file_id: Mapped[str | None] = mapped_column(String(255))
    file_kind: Mapped[str | None] = mapped_column(key(16))  # "photo" or "document": how Telegram sends it
    file_bot_id: Mapped[int | None] = mapped_column(BigInteger)  # a file_id is only good for the bot that got it
    fingerprint: Mapped[str] = mapped_column(key(64))
    state: Mapped[UnitState] = mapped_column(enum_column(UnitState, "unit_state"), default=UnitState.FREE)
    order_item_id: Mapped[int | None] = mapped_column(ForeignKey("order_items.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    reason: Mapped[str | None] = mapped_column(String(255))  # why it was revoked
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
