"""The further pictures of a product, in their order."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id


class ProductPhoto(Base):
    """A picture beside the first, which is the product's own (`image_url`, `photo_file_id`): lists need no more."""

    __tablename__ = "product_photos"
    __table_args__ = (
        UniqueConstraint("product_id", "position"),
        CheckConstraint("position > 0", name="position_after_first"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    position: Mapped[int] = mapped_column()  # 1 is the second picture
    image_url: Mapped[str | None] = mapped_column(String(1024))
    photo_file_id: Mapped[str | None] = mapped_column(String(255))
    photo_bot_id: Mapped[int | None] = mapped_column(BigInteger)  # a file_id is only good for the bot that got it
