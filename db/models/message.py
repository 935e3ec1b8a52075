"""What customers and sellers say to each other: append-only, about an order, a product, or the shop as a whole."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.product import Product
from db.models.user import User
from db.types import Id, UTCDateTime, enum_column, key, text_column


class Author(StrEnum):
    """On which side of the counter it was written."""

    CUSTOMER = "customer"
    SELLER = "seller"
    OPERATOR = "operator"  # in a seller's place


class Message(Base):
    """One message; those of an order belong together, and so do those between two people about no order."""

    __tablename__ = "messages"
    __table_args__ = (
        Index(None, "order_id", "id"),
        Index(None, "customer_id", "seller_id", "order_id", "id"),
        Index(None, "seller_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))  # of a question before ordering
    customer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[Author] = mapped_column(enum_column(Author, "message_author"))
    text: Mapped[str] = mapped_column(text_column())
    photo_file_id: Mapped[str | None] = mapped_column(String(255))
    photo_bot_id: Mapped[int | None] = mapped_column(BigInteger)  # a file_id is only good for the bot that got it
    album: Mapped[str | None] = mapped_column(key(64))  # Telegram's id of the photos that were sent together
    once: Mapped[str] = mapped_column(key(96), unique=True)  # names what the person sent: brought twice, written once
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    customer: Mapped[User] = relationship(lazy="raise", viewonly=True, foreign_keys=[customer_id])
    seller: Mapped[User] = relationship(lazy="raise", viewonly=True, foreign_keys=[seller_id])
    product: Mapped[Product | None] = relationship(lazy="raise", viewonly=True)


class SavedAnswer(Base):
    """A short text that a seller's shop answers customers with again and again."""

    __tablename__ = "saved_answers"
    __table_args__ = (Index(None, "owner_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(text_column())
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
