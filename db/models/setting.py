"""What operators set in the chat: a row a setting, over what the configuration says."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UTCDateTime, key, text_column

REVISION = "*"  # the key of the row that counts changes, so that every replica sees by one number that there was one


class Setting(Base):
    """One setting; without a row the configuration holds. `value` is JSON, kept as text: a broken one must be read too.

    Each change takes the next number of the row REVISION, whose lock makes one change wait for another.
    """

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(key(64), primary_key=True)  # as in the file: shop.name
    value: Mapped[str] = mapped_column(text_column())
    revision: Mapped[int] = mapped_column(BigInteger)
    changed_by: Mapped[str] = mapped_column(String(64))
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
