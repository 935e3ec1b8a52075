"""The cart: one a person, one line a product."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, key


class Cart(Base):
    """A person's cart; `version` grows with every change, so that a stale checkout is noticed."""

    __tablename__ = "carts"
    __table_args__ = (Index(None, "updated_at"),)  # which were left long enough

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    version: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when its person heard that it waits
    code_id: Mapped[int | None] = mapped_column(BigInteger)  # the promo code that was put in, until an order uses it
    wrong_codes: Mapped[int] = mapped_column(default=0, server_default="0")  # guesses since `wrong_since`
    wrong_since: Mapped[datetime | None] = mapped_column(UTCDateTime)


class CartItem(Base):
    """So many of one product, and the price the customer last saw."""

    __tablename__ = "cart_items"
    __table_args__ = (
        UniqueConstraint("cart_id", "product_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    cart_id: Mapped[int] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int] = mapped_column()
    seen_price: Mapped[int] = mapped_column(BigInteger)
    seen_currency: Mapped[str] = mapped_column(key(3))
