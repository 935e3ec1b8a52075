"""Groups and channels that the bot was let into: where a seller's news go, and where products are put on show."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, key


class StaffChat(Base):
    """A group, supergroup or channel of one seller, or of the whole shop (`owner_id` null: an operator let us in).

    `kinds` are the news that arrive there, joined by commas; `topics` has the topic of each kind in a forum (0: none
    could be made). Who reads is `reader_id`: the seller, or the operator who let us in.
    """

    __tablename__ = "staff_chats"
    __table_args__ = (UniqueConstraint("chat_id"), Index(None, "owner_id", "broken_at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(key(16))  # the Bot API's: group, supergroup, channel
    title: Mapped[str] = mapped_column(String(255))
    is_forum: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kinds: Mapped[str] = mapped_column(key(128), default="")
    topics: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    keeps_private: Mapped[bool] = mapped_column(default=True)  # the reader hears the same in their own chat, too
    broken_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # we are not in it any more
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Post(Base):
    """A product's card in a group or channel, which is edited when the product changes.

    `digest` is of what it shows; `checked_at` is when it was last compared with the product.
    """

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("staff_chat_id", "message_id"),
        Index(None, "gone_at", "checked_at", "id"),
        Index(None, "product_id", "gone_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    staff_chat_id: Mapped[int] = mapped_column(ForeignKey("staff_chats.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    posted_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # none until it stands there
    is_photo: Mapped[bool] = mapped_column(default=False)
    digest: Mapped[str] = mapped_column(key(32), default="")
    checked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
