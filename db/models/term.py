"""What products are found by; written in the flush that writes the product, whoever does it."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, ForeignKey, delete, event, insert, select
from sqlalchemy import inspect as state_of
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base
from db.models.category import Category
from db.models.product import Product
from db.terms import LONGEST, terms_of
from db.types import key

AT_ONCE = 500  # products in one statement


class ProductTerm(Base):
    """A product answers to this term (see db/terms.py); the key is what a search reads, in the order of its result.

    Variants have none: their parent is what is found, by their words too.
    """

    __tablename__ = "product_terms"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy's form; the key is all there is

    term: Mapped[str] = mapped_column(key(LONGEST), primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("products.id"), primary_key=True, autoincrement=False, index=True
    )


_PRODUCTS = Product.__table__
_CATEGORIES = Category.__table__
DEEPEST = 12  # categories above one another


def rows_for(product_id: int, name: str, description: str, options: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The rows of a product, for those who insert it without the ORM."""
    return [{"term": term, "product_id": product_id} for term in sorted(terms_of(name, description, options))]


def rewrite(connection: Connection, product_ids: Iterable[int]) -> None:
    """Write anew what these products answer to, from their own words, their categories' and their variants'."""
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        connection.execute(delete(ProductTerm).where(ProductTerm.product_id.in_(some)))
        labels: dict[int, list[str]] = {}
        mine = (_PRODUCTS.c.parent_id.in_(some), _PRODUCTS.c.archived_at.is_(None))
        query = select(_PRODUCTS.c.parent_id, _PRODUCTS.c.option_label).where(*mine).order_by(_PRODUCTS.c.id)
        for parent_id, label in connection.execute(query):
            labels.setdefault(parent_id, []).append(label or "")
        tops = select(_PRODUCTS.c.id, _PRODUCTS.c.name, _PRODUCTS.c.description, _PRODUCTS.c.category_id)
        found = connection.execute(tops.where(_PRODUCTS.c.id.in_(some), _PRODUCTS.c.parent_id.is_(None))).all()
        shelves = _paths(connection, {category_id for *_, category_id in found})
        rows = [
            row
            for number, name, description, category_id in found
            for row in rows_for(number, name, description or "", (*shelves(category_id), *labels.get(number, ())))
        ]
        if rows:
            connection.execute(insert(ProductTerm), rows)


@event.listens_for(Session, "after_flush")
def _write_terms(session: Session, _context: object) -> None:
    """Write the terms of products that are new, or whose words changed, or those of their variants."""
    new = [row for row in session.new if isinstance(row, Product)]
    known = [row for row in session.dirty if isinstance(row, Product)]
    tops = [one for one in new if one.parent_id is None]
    if tops:
        shelves = _paths(session.connection(), {one.category_id for one in tops})
        rows = [
            row for one in tops for row in rows_for(one.id, one.name, one.description or "", shelves(one.category_id))
        ]
        if rows:
            session.connection().execute(insert(ProductTerm), rows)
    changed = {one.id for one in known if _is_changed(one, "name", "description", "category_id", "parent_id")}
    changed |= {one.parent_id for one in new if one.parent_id is not None}
    changed |= {
        one.parent_id
        for one in known
        if one.parent_id is not None and _is_changed(one, "option_label", "archived_at", "parent_id")
    }
    if changed:
        rewrite(session.connection(), changed)


def _paths(connection: Connection, category_ids: Iterable[int | None]) -> Callable[[int | None], tuple[str, ...]]:
    """The names of a category and of those above it: who asks for tea means what stands there, too."""
    known: dict[int | None, tuple[int | None, str]] = {}
    wanted = {number for number in category_ids if number is not None}
    for _ in range(DEEPEST):
        if not wanted:
            break
        query = select(_CATEGORIES.c.id, _CATEGORIES.c.parent_id, _CATEGORIES.c.name)
        for number, parent_id, name in connection.execute(query.where(_CATEGORIES.c.id.in_(sorted(wanted)))):
            known[number] = (parent_id, name)
        wanted = {parent for parent, _ in known.values() if parent is not None and parent not in known}

    def path(number: int | None) -> tuple[str, ...]:
        names: list[str] = []
        while number in known and len(names) < DEEPEST:
            number, name = known[number]
            names.append(name)
        return tuple(names)

    return path


def _is_changed(product: Product, *names: str) -> bool:
    attributes = state_of(product).attrs
    return any(attributes[name].history.has_changes() for name in names)
