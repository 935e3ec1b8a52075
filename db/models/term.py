"""What products are found by; written in the flush that writes the product, whoever does it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, ForeignKey, delete, event, insert, select
from sqlalchemy import inspect as state_of
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base
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


def rows_for(product_id: int, name: str, description: str, options: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The rows of a product, for those who insert it without the ORM."""
    return [{"term": term, "product_id": product_id} for term in sorted(terms_of(name, description, options))]


def rewrite(connection: Connection, product_ids: Iterable[int]) -> None:
    """Write anew what these products answer to, from their own words and from those of their variants on sale."""
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        connection.execute(delete(ProductTerm).where(ProductTerm.product_id.in_(some)))
        labels: dict[int, list[str]] = {}
        mine = (_PRODUCTS.c.parent_id.in_(some), _PRODUCTS.c.archived_at.is_(None))
        query = select(_PRODUCTS.c.parent_id, _PRODUCTS.c.option_label).where(*mine).order_by(_PRODUCTS.c.id)
        for parent_id, label in connection.execute(query):
            labels.setdefault(parent_id, []).append(label or "")
        tops = select(_PRODUCTS.c.id, _PRODUCTS.c.name, _PRODUCTS.c.description)
        tops = tops.where(_PRODUCTS.c.id.in_(some), _PRODUCTS.c.parent_id.is_(None))
        rows = [
            row
            for number, name, description in connection.execute(tops).all()
            for row in rows_for(number, name, description or "", labels.get(number, ()))
        ]
        if rows:
            connection.execute(insert(ProductTerm), rows)


@event.listens_for(Session, "after_flush")
def _write_terms(session: Session, _context: object) -> None:
    """Write the terms of products that are new, or whose words changed, or those of their variants."""
    new = [row for row in session.new if isinstance(row, Product)]
    known = [row for row in session.dirty if isinstance(row, Product)]
    rows = [row for one in new if one.parent_id is None for row in rows_for(one.id, one.name, one.description or "")]
    if rows:
        session.connection().execute(insert(ProductTerm), rows)
    changed = {one.id for one in known if _is_changed(one, "name", "description", "parent_id")}
    changed |= {one.parent_id for one in new if one.parent_id is not None}
    changed |= {
        one.parent_id
        for one in known
        if one.parent_id is not None and _is_changed(one, "option_label", "archived_at", "parent_id")
    }
    if changed:
        rewrite(session.connection(), changed)


def _is_changed(product: Product, *names: str) -> bool:
    attributes = state_of(product).attrs
    return any(attributes[name].history.has_changes() for name in names)
