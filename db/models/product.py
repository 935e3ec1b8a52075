"""Products, their stock, and the append-only history of that stock."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from db.base import Base
from db.folding import fold, folded_default
from db.types import Id, UTCDateTime, enum_column, key, text_column


class ProductKind(StrEnum):
    """Physical goods are shipped and paid through a provider; digital ones are delivered in chat, sold for Stars."""

    PHYSICAL = "physical"
    DIGITAL = "digital"


class MovementReason(StrEnum):
    """Why the quantity in stock changed."""

    RECEIVED = "received"
    SOLD = "sold"
    RETURNED = "returned"
    CORRECTED = "corrected"


class Product(Base):
    """Something a seller offers; a variant is a product whose parent is another product.

    A product with variants is not sold itself and has no inventory row.
    """

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("owner_id", "sku"),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("sale_price > 0 AND sale_price < price", name="sale_price_is_less"),
        CheckConstraint("sale_from < sale_until", name="sale_has_time"),
        CheckConstraint("rating_count >= 0", name="rating_count_not_negative"),
        Index(None, "category_id", "archived_at", "parent_id", "id"),
        Index(None, "parent_id", "archived_at", "id"),
        Index(None, "owner_id", "parent_id", "id"),
        Index(None, "parent_id", "position", "id"),
        Index(None, "sku_folded", "owner_id", "id"),
        Index(None, "photo_file_id"),
        Index(None, "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    sku: Mapped[str] = mapped_column(key(64))
    sku_folded: Mapped[str] = mapped_column(key(64), default=folded_default("sku"))  # to find it typed in any case
    name: Mapped[str] = mapped_column(String(200))
    option_label: Mapped[str | None] = mapped_column(String(128))  # "Blue / Large"
    option_names: Mapped[str | None] = mapped_column(String(128))  # on the parent: "Colour / Size"
    position: Mapped[int] = mapped_column(default=0)
    description: Mapped[str] = mapped_column(text_column(), default="")
    attributes: Mapped[str | None] = mapped_column(text_column())  # "Material: wool", one a line
    texts: Mapped[str | None] = mapped_column(text_column())  # in other languages: db/texts.py
    price: Mapped[int] = mapped_column(BigInteger)
    sale_price: Mapped[int | None] = mapped_column(BigInteger)  # shop/pricing says when it holds
    sale_from: Mapped[datetime | None] = mapped_column(UTCDateTime)  # None: it began
    sale_until: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the first moment after it; None: open
    currency: Mapped[str] = mapped_column(key(3))
    tax_class: Mapped[str | None] = mapped_column(key(16))  # None: the standard one, a variant's: its parent's
    kind: Mapped[ProductKind] = mapped_column(enum_column(ProductKind, "product_kind"))
    weight: Mapped[int | None] = mapped_column()  # grams of one unit; None: not said, or (of a variant) its parent's
    digital_content: Mapped[str | None] = mapped_column(text_column())  # what a buyer of digital goods receives
    monthly: Mapped[bool] = mapped_column(default=False, server_default=false())  # paid for every month, in Stars
    pooled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # since then its stock is its units (keys, files)
    image_url: Mapped[str | None] = mapped_column(String(1024))
    photo_file_id: Mapped[str | None] = mapped_column(String(255))
    photo_bot_id: Mapped[int | None] = mapped_column(BigInteger)  # a file_id is only good for the bot that got it
    rating_sum: Mapped[int] = mapped_column(default=0)
    rating_count: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # off sale since then: put away, or a draft
    draft: Mapped[bool] = mapped_column(default=False, server_default=false())  # off sale as it is not published yet
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    inventory: Mapped["Inventory | None"] = relationship(lazy="raise", uselist=False)

    @validates("sku")
    def _fold_sku(self, _name: str, sku: str) -> str:
        self.sku_folded = fold(sku)
        return sku

    @property
    def stock_quantity(self) -> int:
        """Units that can still be promised: in stock minus held (the inventory must be loaded)."""
        return self.inventory.available if self.inventory is not None else 0


class Inventory(Base):
    """How many units exist and how many of those are held by pending orders."""

    __tablename__ = "inventory"
    __table_args__ = (
        CheckConstraint("quantity_reserved >= 0", name="reserved_not_negative"),
        CheckConstraint("quantity_reserved <= quantity_in_stock", name="reserved_within_stock"),
        Index(None, "updated_at", "product_id"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    quantity_in_stock: Mapped[int] = mapped_column(default=0)
    quantity_reserved: Mapped[int] = mapped_column(default=0)
    low_stock_at: Mapped[int] = mapped_column(default=0)  # tell the owner at this many available units; 0 = never
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)

    @property
    def available(self) -> int:
        """Units that can still be promised."""
        return self.quantity_in_stock - self.quantity_reserved


class StockMovement(Base):
    """One change of the quantity in stock; never updated, never deleted."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        Index(None, "product_id", "id"),
        Index(None, "product_id", "reason", "id"),  # the last delivery, without all the sales since
        Index(None, "order_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    delta: Mapped[int] = mapped_column()
    reason: Mapped[MovementReason] = mapped_column(enum_column(MovementReason, "movement_reason"))
    actor: Mapped[str] = mapped_column(key(64))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    note: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
