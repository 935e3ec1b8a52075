"""What buyers thought of what they bought."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base
from db.models.user import User
from db.types import Id, UTCDateTime, key, text_column


class Review(Base):
    """One to five stars from a person who bought the product (a review of a variant is kept at its parent)."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("product_id", "user_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_one_to_five"),
        Index(None, "product_id", "hidden_at", "id"),
        Index(None, "owner_id", "id"),
        Index(None, "created_at"),
        Index(None, "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    owner_id: Mapped[int | None] = mapped_column(Id)  # of the product, as there; it is listed by it
    rating: Mapped[int] = mapped_column()
    comment: Mapped[str | None] = mapped_column(text_column())
    photo_file_id: Mapped[str | None] = mapped_column(String(255))
    photo_bot_id: Mapped[int | None] = mapped_column(BigInteger)  # a file_id is only good for the bot that got it
    more_photos: Mapped[str | None] = mapped_column(text_column())  # those after the first, each "bot_id file_id"
    owner_reply: Mapped[str | None] = mapped_column(text_column())
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_reason: Mapped[str | None] = mapped_column(String(255))  # its writer reads it
    hidden_by: Mapped[str | None] = mapped_column(key(64))  # the actor
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    user: Mapped[User] = relationship(lazy="raise")
