"""Taking along what is kept about oneself: a zip with a file for each kind of thing, written some rows at a time."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    Address,
    Ban,
    Cart,
    CartItem,
    CreditAccount,
    CreditMovement,
    Dialog,
    Favourite,
    GiftCard,
    Message,
    NewsOptout,
    Notification,
    Order,
    OrderEvent,
    OrderItem,
    Payment,
    Product,
    Refund,
    Return,
    Review,
    StockWatch,
    Subscription,
    User,
    ViewedProduct,
)
from db.session import Database

PAGE = 200  # rows that are held at once

Row = dict[str, Any]


_SUBSCRIPTION = (
    *(Subscription.product_id, Subscription.order_id, Subscription.price, Subscription.state),
    *(Subscription.stopped_by, Subscription.paid_until, Subscription.created_at),
)


class Part(Struct, frozen=True):
    """One file: its rows by a statement about one person, turned by the `key`, each with what `more` adds."""

    name: str
    query: Callable[[int], Any]
    key: Any
    more: Callable[[AsyncSession, list[Row]], Any] | None = None


async def write_file(db: Database, person_id: int, path: Path) -> Mapping[str, int]:
    """Write everything that is kept about this person, and nothing about another; how many rows each file has."""
    counts: dict[str, int] = {}
    with Bundle(path) as bundle:
        for part in PARTS:
            counts[part.name] = 0
            await asyncio.to_thread(bundle.begin, f"{part.name}.json")
            async with db.read() as session:
                async for rows in _pages(session, part, person_id):
                    counts[part.name] += len(rows)
                    await asyncio.to_thread(bundle.add, rows)
            await asyncio.to_thread(bundle.end)
    return counts


class Bundle:
    """A zip of JSON arrays that are written as they come, so that no more than a page of rows is held."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path, "w", compression=ZIP_DEFLATED)
        self._file: Any = None
        self._first = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()
        self._zip.close()

    def begin(self, name: str) -> None:
        """Begin a file."""
        self._file, self._first = self._zip.open(name, "w"), True
        self._file.write(b"[")

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows into it."""
        for row in rows:
            said = json.dumps(row, ensure_ascii=False, default=_plain, indent=1)
            self._file.write((("\n" if self._first else ",\n") + said).encode())
            self._first = False

    def end(self) -> None:
        """End the file."""
        self._file.write(b"\n]\n")
        self._file.close()
        self._file = None


async def _pages(session: AsyncSession, part: Part, person_id: int) -> AsyncIterator[list[Row]]:
    last = -1
    while True:
        query = part.query(person_id).add_columns(part.key.label("_key")).where(part.key > last)
        found = [dict(row) for row in (await session.execute(query.order_by(part.key).limit(PAGE))).mappings()]
        if not found:
            return
        last = found[-1]["_key"]
        if part.more is not None:
            await part.more(session, found)
        yield [{name: value for name, value in row.items() if name != "_key"} for row in found]
        if len(found) < PAGE:
            return


async def _of_orders(session: AsyncSession, rows: list[Row]) -> None:
    """Add to orders what was bought, how they moved, and their money, in minor units of the currency."""
    by_id = {row["id"]: row for row in rows}
    ids = list(by_id)
    for row in rows:
        row |= {"items": [], "moves": [], "refunds": []}
    several: tuple[tuple[str, Any, Any], ...] = (
        ("items", OrderItem, (OrderItem.name, OrderItem.quantity, OrderItem.price, OrderItem.discount)),
        ("moves", OrderEvent, (OrderEvent.from_status, OrderEvent.to_status, OrderEvent.created_at)),
        ("refunds", Refund, (Refund.amount, Refund.currency, Refund.state, Refund.created_at)),
    )
    for name, table, columns in several:
        query = select(table.order_id, *columns).where(table.order_id.in_(ids)).order_by(table.order_id, table.id)
        for found in (await session.execute(query)).mappings():
            by_id[found["order_id"]][name].append({key: value for key, value in found.items() if key != "order_id"})
    money = (Payment.amount, Payment.refunded_amount, Payment.tip, Payment.payment_method, Payment.payment_date)
    paid = select(Payment.order_id, *money).where(Payment.order_id.in_(ids))
    for found in (await session.execute(paid)).mappings():
        by_id[found["order_id"]]["payment"] = {key: value for key, value in found.items() if key != "order_id"}


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value)


_ORDER = (
    *(Order.id, Order.status, Order.created_at, Order.completed_at, Order.currency, Order.subtotal, Order.discount),
    *(Order.shipping, Order.tax, Order.total_price, Order.credit, Order.discount_name, Order.payment_method),
    *(Order.shipping_title, Order.address, Order.note, Order.present, Order.carrier, Order.tracking),
    Order.cancel_reason,
)
_PROFILE = (
    *(User.telegram_id, User.username, User.name, User.email, User.role, User.language, User.reachable),
    *(User.created_at, User.seen_at),
)
_MESSAGE = (
    *(Message.id, Message.order_id, Message.product_id, Message.author, Message.text, Message.photo_file_id),
    Message.created_at,
)
_REVIEW = (
    *(Review.id, Review.order_id, Review.rating, Review.comment, Review.photo_file_id, Review.more_photos),
    *(Review.owner_reply, Review.hidden_at, Review.hidden_reason, Review.created_at, Review.updated_at),
)

_CREDIT = (
    *(CreditAccount.owner_id, CreditAccount.currency, CreditMovement.delta, CreditMovement.kind),
    *(CreditMovement.order_id, CreditMovement.reason, CreditMovement.created_at),
)
_CARD = (GiftCard.owner_id, GiftCard.ending, GiftCard.value, GiftCard.currency, GiftCard.redeemed_at)
_RETURN = (Return.order_id, Return.status, Return.reason, Return.words, Return.answer, Return.created_at)

PARTS: tuple[Part, ...] = (
    Part("profile", lambda me: select(*_PROFILE).where(User.id == me), User.id),
    Part(
        "addresses",
        lambda me: select(Address.place, Address.label, Address.is_default, Address.used_at).where(
            Address.user_id == me
        ),
        Address.id,
    ),
    Part(
        "cart",
        lambda me: (
            select(Product.name, CartItem.quantity, CartItem.seen_price, CartItem.seen_currency)
            .join(Cart, Cart.id == CartItem.cart_id)
            .join(Product, Product.id == CartItem.product_id)
            .where(Cart.user_id == me)
        ),
        CartItem.id,
    ),
    Part("subscriptions", lambda me: select(*_SUBSCRIPTION).where(Subscription.user_id == me), Subscription.id),
    Part("orders", lambda me: select(*_ORDER).where(Order.user_id == me), Order.id, _of_orders),
    Part(
        "credit",
        lambda me: (
            select(*_CREDIT)
            .join(CreditAccount, CreditAccount.id == CreditMovement.account_id)
            .where(CreditAccount.user_id == me)
        ),
        CreditMovement.id,
    ),
    Part("gift_cards", lambda me: select(*_CARD).where(GiftCard.redeemed_by == me), GiftCard.id),
    Part(
        "returns",
        lambda me: select(*_RETURN).join(Order, Order.id == Return.order_id).where(Order.user_id == me),
        Return.id,
    ),
    Part("messages", lambda me: select(*_MESSAGE).where(Message.customer_id == me), Message.id),
    Part(
        "reviews",
        lambda me: (
            select(Product.name, *_REVIEW).join(Product, Product.id == Review.product_id).where(Review.user_id == me)
        ),
        Review.id,
    ),
    Part(
        "favourites",
        lambda me: (
            select(Product.name, Favourite.seen_price, Favourite.created_at)
            .join(Product, Product.id == Favourite.product_id)
            .where(Favourite.user_id == me)
        ),
        Favourite.id,
    ),
    Part(
        "looked_at",
        lambda me: (
            select(Product.name, ViewedProduct.viewed_at)
            .join(Product, Product.id == ViewedProduct.product_id)
            .where(ViewedProduct.user_id == me)
        ),
        ViewedProduct.product_id,
    ),
    Part(
        "waits_for",
        lambda me: (
            select(Product.name, StockWatch.created_at)
            .join(Product, Product.id == StockWatch.product_id)
            .where(StockWatch.user_id == me)
        ),
        StockWatch.id,
    ),
    Part(
        "refused_news",
        lambda me: select(NewsOptout.kind, NewsOptout.owner_id, NewsOptout.created_at).where(NewsOptout.user_id == me),
        NewsOptout.id,
    ),
    Part(
        "told",
        lambda me: select(Notification.kind, Notification.created_at, Notification.sent_at).where(
            Notification.user_id == me, Notification.staff_chat_id == 0
        ),
        Notification.id,
    ),
    Part("bans", lambda me: select(Ban.created_at).where(Ban.user_id == me), Ban.id),
    Part(
        "asked",
        lambda me: select(Dialog.kind, Dialog.step, Dialog.data, Dialog.updated_at).where(Dialog.user_id == me),
        Dialog.user_id,
    ),
)
