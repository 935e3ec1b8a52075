"""The hours that a seller chose: when the first look of the day comes by itself, and between which news wait."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UTCDateTime


class SellerHours(Base):
    """Whole hours of the day where the shop is, 0 to 23; a seller without a row chose nothing.

    `digest_due` is when the next look is to be sent; whoever moves it on is the one who sends it.
    """

    __tablename__ = "seller_hours"
    __table_args__ = (Index(None, "digest_due"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    digest_hour: Mapped[int | None] = mapped_column(SmallInteger)
    digest_due: Mapped[datetime | None] = mapped_column(UTCDateTime)
    quiet_from: Mapped[int | None] = mapped_column(SmallInteger)
    quiet_to: Mapped[int | None] = mapped_column(SmallInteger)
    orders_pass: Mapped[bool] = mapped_column(default=True)  # news of orders wait for nobody
