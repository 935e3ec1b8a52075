"""Lists of products that were taken in: how far each is, and what every product was before, for an hour."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.types import Id, UTCDateTime, enum_column, key


class ImportState(StrEnum):
    """Where a list is; what is half-way goes on in whichever process lives."""

    WRITING = "writing"
    WRITTEN = "written"
    UNDOING = "undoing"
    UNDONE = "undone"


class ImportRun(Base):
    """One list of one seller's products on its way into the shop, page by page.

    `position` products of `total` are written (variants go with theirs). Whoever writes holds it until `lease_until`.
    `file_id` and `bot_id` tell where to read it again; a list of the command line has none, and is sent again.
    `kept` says of the first products that an undoing could not put back why: {"sku", "name", "fields"}.
    """

    __tablename__ = "import_runs"
    __table_args__ = (Index(None, "owner_id", "state", "id"), Index(None, "state", "id"), Index(None, "batch"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who sent it in the chat
    actor: Mapped[str] = mapped_column(key(64))
    batch: Mapped[str] = mapped_column(key(32))  # the same for the goods of several sellers in one file
    mark: Mapped[str] = mapped_column(key(24))  # of the file
    name: Mapped[str] = mapped_column(String(255))
    file_id: Mapped[str | None] = mapped_column(String(255))
    bot_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # the message that says how far it is
    state: Mapped[ImportState] = mapped_column(enum_column(ImportState, "import_state"))
    total: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    aside: Mapped[int] = mapped_column(default=0)
    put_back: Mapped[int] = mapped_column(default=0)
    kept_count: Mapped[int] = mapped_column(default=0)
    kept: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    written_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ImportChange(Base):
    """What one product was before a list, and after it; only the columns that it changed, and how much stock it added.

    `page` is how many products were written before the page it was written with.
    """

    __tablename__ = "import_changes"
    __table_args__ = (Index(None, "run_id", "page", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id"))
    page: Mapped[int] = mapped_column()
    product_id: Mapped[int] = mapped_column(BigInteger)  # it may be deleted when the list is undone
    created: Mapped[bool] = mapped_column()
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    stock: Mapped[int] = mapped_column()
    statement: Mapped[str | None] = mapped_column(String(255))  # what an earlier list said about the stock
