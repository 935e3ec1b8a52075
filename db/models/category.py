"""The tree that products hang on."""

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, text_column


class Category(Base):
    """A node of the category tree; `parent_id` is empty at the top."""

    __tablename__ = "categories"
    __table_args__ = (Index(None, "parent_id", "position", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(128))
    texts: Mapped[str | None] = mapped_column(text_column())  # in other languages: db/texts.py
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False, server_default=false())  # a seller hid it
    off: Mapped[bool] = mapped_column(default=False, server_default=false())  # it, or one above it, is hidden
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who made it; None: nobody knows any more
