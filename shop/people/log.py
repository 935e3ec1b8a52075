"""What was done in the shop, newest first: owners read of their own, operators of everybody's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Product, User
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import NotPermitted


class Kind(StrEnum):
    """What events are about."""

    ORDERS = "orders"
    PRODUCTS = "products"
    CUSTOMERS = "customers"
    STAFF = "staff"
    SETTINGS = "settings"


ACTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ORDERS: (
        "order.accepted",
        "order.money_came",
        "order.shipped",
        "order.completed",
        "order.cancelled",
        "order.not_cancelled",
        "order.refunded",
        "order.paid_back",
        "order.noted",
        "order.priced",
        "return.started",
        "return.agreed",
        "return.declined",
        "return.received",
        "return.refunded",
        "return.closed",
    ),
    Kind.PRODUCTS: (
        "product.created",
        "product.edited",
        "product.variant_added",
        "product.restocked",
        "product.archived",
        "product.unarchived",
        "product.published",
        "product.unpublished",
        "product.duplicated",
        "product.photos_changed",
        "promotion.made",
        "promotion.changed",
        "promotion.goods_set",
        "promotion.set",
        "promotion.codes_made",
        "promotion.discarded",
        "broadcast.scheduled",
        "broadcast.unscheduled",
        "broadcast.started",
        "broadcast.stopped",
        "product.posted",
        "product.unposted",
        "product.imported",
        "product.import_undone",
        "catalogue.imported",
        "catalogue.import_undone",
        "product.low_stock_set",
        "product.sale_set",
        "product.sale_ended",
        "category.created",
        "category.renamed",
        "category.translated",
        "category.moved",
        "category.placed",
        "category.hidden",
        "category.shown",
        "category.deleted",
        "units.added",
        "units.withdrawn",
        "units.exported",
        "unit.opened",
        "unit.revoked",
        "unit.put_back",
    ),
    Kind.CUSTOMERS: (
        "ban",
        "unban",
        "customer.noted",
        "card.issued",
        "card.disabled",
        "credit.given",
        "answers.changed",
        "table.exported",
        "review.hidden",
        "review.shown",
        "review.answered",
        "review.answer_taken_back",
    ),
    Kind.STAFF: (
        "staff.invited",
        "staff.uninvited",
        "staff.joined",
        "staff.permitted",
        "staff.let_go",
        "staff.left",
        "appoint",
        "dismiss",
    ),
    Kind.SETTINGS: (
        "setting.set",
        "setting.left",
        "letterhead.set",
        "chat.connected",
        "chat.news_set",
        "chat.private_set",
        "chat.let_go",
    ),
}


class Done(Struct, frozen=True):
    """One event with the names in it; `currency` is of the product or the order that it is about."""

    id: int
    at: datetime
    actor: str
    actor_id: int | None
    action: str
    about: str
    subject: str
    data: Mapping[str, Any]
    currency: str


async def page(
    session: AsyncSession,
    by: By,
    *,
    kind: Kind | None = None,
    person_id: int | None = None,
    before: int | None = None,
    limit: int = 9,
) -> list[Done]:
    """Events before an event's id, of a kind or by a person. Raises NotPermitted: staff read no log.

    One statement for each action of the kind, each along an index, and two for the names.
    """
    acting = ask(by, *Permission)
    if acting.is_staff:
        raise NotPermitted(wanted="owner")
    found: dict[int, AdminEvent] = {}
    for some in _ways(kind, person_id):
        query = select(AdminEvent).where(*_scope(acting), *some)
        if before is not None:
            query = query.where(AdminEvent.id < before)
        found |= {one.id: one for one in await session.scalars(query.order_by(AdminEvent.id.desc()).limit(limit))}
    events = sorted(found.values(), key=lambda one: -one.id)[:limit]
    return await _named(session, events)


def _scope(acting: Acting) -> tuple[ColumnElement[bool], ...]:
    return () if acting.everything else (AdminEvent.owner_id == acting.owner_id,)


def _ways(kind: Kind | None, person_id: int | None) -> Sequence[tuple[ColumnElement[bool], ...]]:
    if person_id is not None:
        return [(AdminEvent.actor == f"{role}:{person_id}",) for role in ("owner", "staff", "operator")]
    return [()] if kind is None else [(AdminEvent.action == action,) for action in ACTIONS[kind]]


async def _named(session: AsyncSession, events: Sequence[AdminEvent]) -> list[Done]:
    people, products = set[int](), set[int]()
    for one in events:
        for text in (one.actor, one.subject):
            what, number = _parts(text)
            if number is not None:
                (
                    products if what == "product" else people if what not in {"order", "promotion", "chat"} else set()
                ).add(number)
    names = await session.execute(select(User.id, User.name).where(User.id.in_(people)))
    called = {row.id: row.name for row in names}
    rows = await session.execute(
        select(Product.id, Product.name, Product.option_label, Product.currency).where(Product.id.in_(products))
    )
    goods = {row.id: row for row in rows}
    told = []
    for one in events:
        actor, actor_id = _parts(one.actor)
        about, number = _parts(one.subject)
        subject, currency = str(number or ""), str(one.data.get("currency", ""))
        if about == "product" and number in goods:
            row = goods[number]
            subject = f"{row.name}, {row.option_label}" if row.option_label else row.name
            currency = currency or row.currency
        elif about == "promotion":
            subject = str(one.data.get("promotion", ""))
        elif about == "chat":
            subject = str(one.data.get("chat", ""))
        elif about == "user":
            subject = called.get(number or 0, "")
        name = called.get(actor_id or 0, "") if actor != "system" else ""
        told.append(Done(one.id, one.created_at, name, actor_id, one.action, about, subject, one.data, currency))
    return told


def _parts(text: str) -> tuple[str, int | None]:
    what, _, number = text.partition(":")
    return what, int(number) if number.isascii() and number.isdigit() else None
