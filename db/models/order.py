"""Orders as they were sold, and every step they took."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship, validates

from db.base import Base
from db.models.product import ProductKind
from db.models.user import User
from db.phones import LENGTH as PHONE
from db.phones import phone_of
from db.texts import name_in
from db.types import Id, UTCDateTime, enum_column, key, text_column

if TYPE_CHECKING:
    from db.models.message import Message
    from db.models.payment import Payment


class OrderStatus(StrEnum):
    """Where an order stands; the legal moves are in shop/orders/lifecycle.py."""

    PENDING = "pending"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Order(Base):
    """What one customer buys from one seller; amounts are minor units of `currency`."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("total_price = subtotal - discount + shipping + tax", name="total_adds_up"),
        CheckConstraint("subtotal >= 0 AND discount >= 0 AND shipping >= 0 AND tax >= 0", name="amounts_not_negative"),
        CheckConstraint("credit >= 0 AND credit <= total_price", name="credit_within_total"),
        Index(None, "user_id", "id"),
        Index(None, "user_id", "status", "id"),  # what one person has open, without all that they ever bought
        Index(None, "owner_id", "status", "id"),
        Index(None, "owner_id", "id"),
        Index(None, "phone_end", "owner_id", "id"),
        Index(None, "status", "id"),
        Index(None, "status", "expires_at"),
        Index(None, "review_asked_at", "completed_at"),
        Index(None, "updated_at"),
        Index(None, "created_at"),
        Index(None, "scrubbed_at", "updated_at", "id"),  # whose address was kept long enough
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    status: Mapped[OrderStatus] = mapped_column(enum_column(OrderStatus, "order_status"), default=OrderStatus.PENDING)
    kind: Mapped[ProductKind] = mapped_column(enum_column(ProductKind, "order_kind"))
    subtotal: Mapped[int] = mapped_column(BigInteger)
    discount: Mapped[int] = mapped_column(BigInteger, default=0)
    shipping: Mapped[int] = mapped_column(BigInteger, default=0)
    tax: Mapped[int] = mapped_column(BigInteger, default=0)  # on top of the prices
    tax_within: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # contained in them
    tax_country: Mapped[str | None] = mapped_column(key(2))  # whose rates these are; None: sold without tax
    shipping_tax: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # part of either
    shipping_tax_rate: Mapped[int] = mapped_column(default=0, server_default="0")  # thousandths of a percent
    discount_name: Mapped[str | None] = mapped_column(String(64))  # the code, or the offer's name, as it was then
    shipping_offer: Mapped[str | None] = mapped_column(String(64))  # the same of what made shipping free
    free_shipping: Mapped[bool] = mapped_column(default=False, server_default=false())
    total_price: Mapped[int] = mapped_column(BigInteger)
    credit: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # how much of that store credit pays
    currency: Mapped[str] = mapped_column(key(3))
    checkout_key: Mapped[str] = mapped_column(key(64), unique=True)
    payment_method: Mapped[str | None] = mapped_column(key(32))
    shipping_option: Mapped[str | None] = mapped_column(String(64))
    shipping_title: Mapped[str | None] = mapped_column(String(64))  # what it was called then: settings change
    quote: Mapped[str | None] = mapped_column(key(16))  # of a price agreed after the order: see shop/orders/quotes.py
    quoted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when that last moved
    weight: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # grams, as placed
    address: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    phone_end: Mapped[str | None] = mapped_column(key(PHONE))  # of the address, to be found by: see db/phones.py
    note: Mapped[str | None] = mapped_column(String(512))
    present: Mapped[str | None] = mapped_column(String(300))  # a present, with these words ("": none); None: it is none
    shipping_days: Mapped[str | None] = mapped_column(String(16))  # how long the way takes, as it was said then
    tracking: Mapped[str | None] = mapped_column(String(128))
    carrier: Mapped[str | None] = mapped_column(String(64))  # what it is called, where it is known
    tracking_url: Mapped[str | None] = mapped_column(String(1024))  # where it shows the parcel: settings change
    cancel_reason: Mapped[str | None] = mapped_column(String(255))
    month: Mapped[str | None] = mapped_column(key(8))  # of a subscription: FIRST or RENEWED (models/subscription.py)
    cancel_request: Mapped[str | None] = mapped_column(
        key(16)
    )  # what became of the customer's, see shop/order_requests
    card_message_id: Mapped[int | None] = mapped_column(BigInteger)  # the status card in the customer's chat
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the hold; only while pending
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    review_asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    scrubbed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when address and texts were removed

    first_item: Mapped[str | None] = query_expression()  # in lists: the name of the first line
    first_texts: Mapped[str | None] = query_expression()  # and its name in other languages
    lines: Mapped[int | None] = query_expression()  # in lists: how many lines there are
    returns: Mapped[int | None] = query_expression()  # how many returns of it there are
    access_until: Mapped[datetime | None] = query_expression()  # of a month: until when it is paid, while it lasts
    noted: Mapped[int | None] = query_expression()  # how many notes its seller keeps about it

    user: Mapped[User] = relationship(lazy="raise", viewonly=True, foreign_keys=[user_id])
    owner: Mapped[User] = relationship(lazy="raise", viewonly=True, foreign_keys=[owner_id])
    items: Mapped[list["OrderItem"]] = relationship(lazy="raise", viewonly=True, order_by="OrderItem.id")
    events: Mapped[list["OrderEvent"]] = relationship(lazy="raise", viewonly=True, order_by="OrderEvent.id")
    payment: Mapped["Payment | None"] = relationship(lazy="raise", viewonly=True, uselist=False)
    messages: Mapped[list["Message"]] = relationship(lazy="raise", viewonly=True, order_by="Message.id")  # the last few

    @property
    def due(self) -> int:
        """What is to be paid beside the store credit, in minor units."""
        return self.total_price - (self.credit or 0)

    @validates("address")
    def _know_phone(self, _name: str, address: dict[str, Any] | None) -> dict[str, Any] | None:
        self.phone_end = phone_of(address)
        return address


class OrderItem(Base):
    """One line of an order, as sold: later edits of the product do not rewrite it."""

    __tablename__ = "order_items"
    __table_args__ = (
        UniqueConstraint("order_id", "product_id"),
        Index(None, "product_id", "order_id"),  # the newest orders with it
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("returned >= 0 AND returned <= quantity", name="returned_within_quantity"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    name: Mapped[str] = mapped_column(String(330))
    texts: Mapped[str | None] = mapped_column(text_column())  # its name in other languages: db/texts.py
    quantity: Mapped[int] = mapped_column()
    price: Mapped[int] = mapped_column(BigInteger)
    discount: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # its share of the order's
    tax_class: Mapped[str | None] = mapped_column(key(16))  # None: the standard one
    tax_rate: Mapped[int] = mapped_column(default=0, server_default="0")  # thousandths of a percent, as sold
    tax: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # on top of the price of all units
    tax_within: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")  # contained in it
    returned: Mapped[int] = mapped_column(server_default="0")  # pieces in returns that were not refused

    def name_in(self, language: str) -> str:
        """What it is called for readers of this language."""
        return name_in(language, self.name, self.texts)


class OrderEvent(Base):
    """One move of an order: who did it and why; never updated, never deleted."""

    __tablename__ = "order_events"
    __table_args__ = (Index(None, "order_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    from_status: Mapped[str | None] = mapped_column(key(24))
    to_status: Mapped[str] = mapped_column(key(24))
    actor: Mapped[str] = mapped_column(key(64))
    cause: Mapped[str] = mapped_column(text_column())
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OrderNote(Base):
    """What a seller's side keeps in mind about an order; neither its customer nor another seller ever sees it."""

    __tablename__ = "order_notes"
    __table_args__ = (Index(None, "order_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)  # in whose shop it was written
    text: Mapped[str] = mapped_column(text_column())
    actor: Mapped[str] = mapped_column(key(64))  # who wrote it last
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
