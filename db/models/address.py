"""Where a person has things sent: a few addresses, one of them theirs unless they say otherwise."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime


class Address(Base):
    """One address, never changed: who corrects it writes another row, so that what was shown is what is used.

    `place` has the parts as Telegram names them; `shipping_option` is the way of sending that it was used with last.
    """

    __tablename__ = "addresses"
    __table_args__ = (
        Index(None, "user_id", "used_at"),
        {"sqlite_autoincrement": True},
    )  # no key means another one later

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    place: Mapped[dict[str, Any]] = mapped_column(JSON)
    shipping_option: Mapped[str | None] = mapped_column(String(64))
    label: Mapped[str | None] = mapped_column(String(32))  # somebody else's, to whom presents go: what they are called
    is_default: Mapped[bool] = mapped_column(default=False)
    used_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
