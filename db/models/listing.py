"""What lists are sorted and filtered by, what is bought together, what a person looked at: copies, never the truth."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import UTCDateTime

_FILTERS = ("category_id", "in_stock", "on_sale")


class Listing(Base):
    """A product on sale as the schedule saw it last (shop/catalog/listings.py); what a screen shows is read anew.

    Each way of sorting has an index that begins with the filters, so that no combination looks at more than a page.
    """

    __tablename__ = "listings"
    __table_args__ = (
        Index(None, *_FILTERS, "product_id"),
        Index(None, *_FILTERS, "price", "product_id"),
        Index(None, *_FILTERS, "rating", "product_id"),
        Index(None, *_FILTERS, "sold", "product_id"),
        Index(None, "turns_at"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    category_id: Mapped[int] = mapped_column(BigInteger)  # 0: in none; a copy, so that a category can go away
    price: Mapped[int] = mapped_column(BigInteger)  # the lowest one now, minor units
    on_sale: Mapped[bool] = mapped_column()
    in_stock: Mapped[bool] = mapped_column()
    rating: Mapped[int] = mapped_column()  # thousandths of a star, drawn to the middle while few rated it; 0: nobody
    sold: Mapped[int] = mapped_column()  # units, ever
    turns_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when a sale begins or ends next


class BoughtTogether(Base):
    """So many orders had both products."""

    __tablename__ = "bought_together"
    __table_args__ = (Index(None, "product_id", "times", "other_id"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False, index=True)
    times: Mapped[int] = mapped_column()


class ViewedProduct(Base):
    """A product that a person looked at lately; the newest few are kept."""

    __tablename__ = "viewed_products"
    __table_args__ = (Index(None, "user_id", "viewed_at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("products.id"), primary_key=True, autoincrement=False, index=True
    )
    viewed_at: Mapped[datetime] = mapped_column(UTCDateTime)
