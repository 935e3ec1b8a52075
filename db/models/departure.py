"""Who deleted their account: the row of the person stays for what was sold to it, and names nobody any more."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UTCDateTime


class Departure(Base):
    """One person who left; from then on nothing is sold to this row (shop/checkout/holding.py asks).

    `keeps_reviews`: they let their stars stand without a name. `scrubbed_at`: when the last of what was kept about
    them was found gone; until then the schedule looks again, for what was under way while they left.
    """

    __tablename__ = "departures"
    __table_args__ = (Index(None, "scrubbed_at", "left_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    keeps_reviews: Mapped[bool] = mapped_column()
    left_at: Mapped[datetime] = mapped_column(UTCDateTime)
    scrubbed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
