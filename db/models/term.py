"""What products are found by; written in the flush that writes the product, whoever does it."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import BigInteger, Connection, ForeignKey, Index, delete, event, insert, select
from sqlalchemy import inspect as state_of
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.base import Base
from db.models.category import Category
from db.models.product import Product
from db.terms import LONGEST, terms_of
from db.texts import texts_of
from db.types import key

AT_ONCE = 500  # products in one statement
STEP = 2**52  # ids are smaller


class ProductTerm(Base):
    """A product answers to this term (see db/terms.py); the key is what a search reads, in the order of its result.

    `place`: how well it answers, and then its id, as one number. Variants have none: their parent is what is found, by
    their words too.
    """

    __tablename__ = "product_terms"
    __table_args__ = (Index(None, "product_id", "term"), {"sqlite_with_rowid": False})

    term: Mapped[str] = mapped_column(key(LONGEST), primary_key=True)
    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))

    @hybrid_property
    def number(self) -> int:
        """The product again, out of its place: so the key alone answers a search, and no row behind it is read."""
        return self.place % STEP


_PRODUCTS = Product.__table__
_CATEGORIES = Category.__table__
TELLING = ("name", "description", "texts", "category_id", "parent_id", "sku")
DEEPEST = 12  # categories above one another


def rows_for(
    product_id: int, name: str, description: str, options: Iterable[str] = (), skus: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """The rows of a product, for those who insert it without the ORM."""
    return [
        {"term": term, "place": answer * STEP + product_id, "product_id": product_id}
        for term, answer in sorted(terms_of(name, description, options, skus).items())
    ]


def rewrite(connection: Connection, product_ids: Iterable[int]) -> None:
    """Write anew what these products answer to, from their own words, their categories' and their variants'."""
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        connection.execute(delete(ProductTerm).where(ProductTerm.product_id.in_(some)))
        labels: dict[int, list[str]] = {}
        skus: dict[int, list[str]] = {}
        mine = (_PRODUCTS.c.parent_id.in_(some), _PRODUCTS.c.archived_at.is_(None))
        query = select(_PRODUCTS.c.parent_id, _PRODUCTS.c.option_label, _PRODUCTS.c.sku)
        for parent_id, label, sku in connection.execute(query.where(*mine).order_by(_PRODUCTS.c.id)):
            labels.setdefault(parent_id, []).append(label or "")
            skus.setdefault(parent_id, []).append(sku)
        columns = ("name", "description", "texts", "category_id", "sku")
        tops = select(_PRODUCTS.c.id, *(_PRODUCTS.c[name] for name in columns))
        found = connection.execute(tops.where(_PRODUCTS.c.id.in_(some), _PRODUCTS.c.parent_id.is_(None))).all()
        shelves = _paths(connection, {row.category_id for row in found})
        rows = [
            row
            for number, name, description, texts, category_id, sku in found
            for row in rows_for(
                number,
                *_in_every_language(name, description, texts),
                (*shelves(category_id), *labels.get(number, ())),
                (sku, *skus.get(number, ())),
            )
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
            row
            for one in tops
            for row in rows_for(
                one.id, *_in_every_language(one.name, one.description, one.texts), shelves(one.category_id), (one.sku,)
            )
        ]
        if rows:
            session.connection().execute(insert(ProductTerm), rows)
    changed = {one.id for one in known if _is_changed(one, *TELLING)}
    changed |= {one.parent_id for one in new if one.parent_id is not None}
    changed |= {
        one.parent_id
        for one in known
        if one.parent_id is not None and _is_changed(one, "option_label", "archived_at", "parent_id", "sku")
    }
    if changed:
        rewrite(session.connection(), changed)


def _in_every_language(name: str, description: str | None, texts: str | None) -> tuple[str, str]:
    """All names and all descriptions: who asks in one language finds what is sold in another."""
    others = texts_of(texts).values()
    return (
        " ".join((name, *(said.name for said in others if said.name))),
        " ".join((description or "", *(said.description for said in others if said.description))).strip(),
    )


def _paths(connection: Connection, category_ids: Iterable[int | None]) -> Callable[[int | None], tuple[str, ...]]:
    """The names of a category and of those above it: who asks for tea means what stands there, too."""
    known: dict[int | None, tuple[int | None, str]] = {}
    wanted = {number for number in category_ids if number is not None}
    for _ in range(DEEPEST):
        if not wanted:
            break
        query = select(_CATEGORIES.c.id, _CATEGORIES.c.parent_id, _CATEGORIES.c.name, _CATEGORIES.c.texts)
        for number, parent_id, name, texts in connection.execute(query.where(_CATEGORIES.c.id.in_(sorted(wanted)))):
            known[number] = (parent_id, _in_every_language(name, None, texts)[0])
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
