"""Finding products by words, at a price that does not depend on how many products there are."""

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Product, ProductTerm
from db.terms import wanted, wanted_pieces

Found = TypeVarTuple("Found")

COUNTED = 150  # a word that more products answer to is frequent, and that is all we ask
# So many products that answer to the rarest word are looked at, statement by statement, until a page is full. A page
# of two frequent words that hardly ever meet is given up after the last.
WINDOWS = (32, *[250] * 20)


async def answering(
    session: AsyncSession,
    query: Select[*Found],
    text: str,
    *,
    after_id: int | None = None,
    before_id: int | None = None,
    limit: int,
) -> list[Row[*Found]]:
    """Rows of a query of products that answer to every word of `text`; where none does, to pieces of words.

    The best answers come first, and of equal ones the oldest. A page begins after the product `after_id` (below zero:
    with it), or ends before `before_id`, counting down. Two to four statements for either, one more where a page
    begins at a product. None: that product is not among them any more.
    """
    anchor = abs(before_id or after_id or 0)
    for terms in (wanted(text), wanted_pieces(text)):
        if not terms:
            continue
        rarest = await rarest_first(session, terms)
        beyond = await _place(session, rarest[0], anchor) if anchor else None
        if anchor and beyond is None:
            continue
        if beyond is not None and before_id is None and (after_id or 0) < 0:
            beyond -= 1
        backwards = before_id is not None
        rows = await matching(session, query, rarest, beyond=beyond, backwards=backwards, limit=limit)
        if rows:
            return rows
    return []


async def answering_among(
    session: AsyncSession,
    query: Select[*Found],
    text: str,
    *,
    after_id: int | None = None,
    before_id: int | None = None,
    limit: int,
) -> list[Row[*Found]]:
    """The same for a query that leaves few products of all: each of them is asked, and none of the others.

    At most two statements for either.
    """
    anchor = abs(before_id or after_id or 0)
    for terms in (wanted(text), wanted_pieces(text)):
        if not terms:
            continue
        beyond = await _place(session, terms[0], anchor) if anchor else None
        if anchor and beyond is None:
            continue
        page = query.where(*(_answers_to(term) for term in terms))
        place, backwards = _place_of(terms[0]), before_id is not None
        if beyond is not None:
            further = place < beyond if backwards else place >= beyond if (after_id or 0) < 0 else place > beyond
            page = page.where(further)
        rows = (await session.execute(page.order_by(place.desc() if backwards else place).limit(limit))).all()
        if rows:
            return list(rows)
    return []


async def rarest_first(session: AsyncSession, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The terms, the one that the fewest products answer to first.

    Of two frequent ones it is the one whose first products lie further apart, and then the longer one.

    One statement, none for a single term.
    """
    if len(terms) < 2:  # noqa: PLR2004  nothing to compare
        return terms
    looks = []
    for number, term in enumerate(terms):
        first = _next(term, None, backwards=False).with_only_columns(ProductTerm.place).limit(COUNTED).subquery()
        reach = func.max(first.c.place).label("reach")
        looks.append(select(literal(number).label("number"), func.count().label("products"), reach).select_from(first))
    found = (await session.execute(union_all(*looks))).all()
    found = sorted(found, key=lambda row: (row.products, -(row.reach or 0), -len(terms[row.number])))
    return tuple(terms[row.number] for row in found)


async def matching(
    session: AsyncSession,
    query: Select[*Found],
    terms: tuple[str, ...],
    *,
    beyond: int | None,
    backwards: bool,
    limit: int,
) -> list[Row[*Found]]:
    """At most `limit` rows of a query of products that answer to all the terms, in the order of their places.

    `beyond` is the place after which they begin (with `backwards`: before which, counting down). Two statements, or
    more where few of those that answer to the first term answer to the others, or are in the query at all.
    """
    rows: list[Row[*Found]] = []
    for size in WINDOWS:
        following = _next(terms[0], beyond, backwards=backwards)
        found = following.limit(size).subquery()
        place = found.c.place
        page = query.join(found, found.c.product_id == Product.id).where(*(_answers_to(term) for term in terms[1:]))
        page = page.order_by(place.desc() if backwards else place).limit(limit - len(rows))
        rows += (await session.execute(page)).all()
        if len(rows) == limit:
            break
        last = following.with_only_columns(ProductTerm.place).offset(size - 1).limit(1)
        beyond = await session.scalar(last)  # the last one that was looked at
        if beyond is None:
            break
    return rows


async def _place(session: AsyncSession, term: str, product_id: int) -> int | None:
    """Where the product stands among those that answer to a term."""
    mine = (ProductTerm.product_id == product_id, ProductTerm.term == term)
    return await session.scalar(select(ProductTerm.place).where(*mine))


def _answers_to(term: str) -> ColumnElement[bool]:
    # not EXISTS: MariaDB would collect all products that answer to the term before it asks for one
    return _place_of(term).is_not(None)


def _place_of(term: str) -> ColumnElement[int]:
    """Where a product of the query stands among those that answer to a term; null: it does not."""
    other = aliased(ProductTerm)
    mine = select(other.place).where(other.term == term, other.product_id == Product.id).limit(1)
    return mine.correlate(Product).scalar_subquery()


def _next(term: str, beyond: int | None, *, backwards: bool) -> Select[int, int]:
    query = select(ProductTerm.number.label("product_id"), ProductTerm.place).where(ProductTerm.term == term)
    if beyond is not None:
        query = query.where(ProductTerm.place < beyond if backwards else ProductTerm.place > beyond)
    return query.order_by(ProductTerm.place.desc() if backwards else ProductTerm.place)
