"""What people like: a product, the price at which they saw it last, and whether it was there."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime


class Favourite(Base):
    """One person likes one product (a parent, where it has variants).

    `seen_price` is what the person knows of in minor units, told at `told_at` or seen by themselves then; `is_out`: it
    was sold out when we looked (`checked_at`); `back_at`: when they were told that it is back.
    """

    __tablename__ = "favourites"
    __table_args__ = (
        UniqueConstraint("user_id", "product_id"),
        Index(None, "checked_at", "id"),  # whose turn it is to be looked at
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    seen_price: Mapped[int] = mapped_column(BigInteger)
    is_out: Mapped[bool] = mapped_column()
    told_at: Mapped[datetime] = mapped_column(UTCDateTime)
    back_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
