"""Finding products by words, at a price that does not depend on how many products there are."""

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, exists, func, literal, select, union_all
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
    session: AsyncSession, query: Select[*Found], text: str, *, beyond: int | None, backwards: bool, limit: int
) -> list[Row[*Found]]:
    """Rows of a query of products that answer to every word of `text`; where none does, to pieces of words.

    As `matching`, two to four statements for either. A page after the first one of words is never asked for pieces:
    there are rows on it, or it became empty meanwhile.
    """
    for terms in (wanted(text), wanted_pieces(text)):
        if terms:
            rarest = await rarest_first(session, terms)
            rows = await matching(session, query, rarest, beyond=beyond, backwards=backwards, limit=limit)
            if rows:
                return rows
    return []


async def rarest_first(session: AsyncSession, terms: tuple[str, ...]) -> tuple[str, ...]:
    """The terms, the one that the fewest products answer to first.

    Of two frequent ones it is the one whose first products lie further apart, and then the longer one.

    One statement, none for a single term.
    """
    if len(terms) < 2:  # noqa: PLR2004  nothing to compare
        return terms
    looks = []
    for place, term in enumerate(terms):
        first = _next(term, None, backwards=False).limit(COUNTED).subquery()
        reach = func.max(first.c.product_id).label("reach")
        looks.append(select(literal(place).label("place"), func.count().label("products"), reach).select_from(first))
    found = (await session.execute(union_all(*looks))).all()
    found = sorted(found, key=lambda row: (row.products, -(row.reach or 0), -len(terms[row.place])))
    return tuple(terms[row.place] for row in found)


async def matching(
    session: AsyncSession,
    query: Select[*Found],
    terms: tuple[str, ...],
    *,
    beyond: int | None,
    backwards: bool,
    limit: int,
) -> list[Row[*Found]]:
    """At most `limit` rows of a query of products that answer to all the terms, in the order of their ids.

    `beyond` is the product after which they begin (with `backwards`: before which, counting down). Two statements, or
    more where few of those that answer to the first term answer to the others, or are in the query at all.
    """
    rows: list[Row[*Found]] = []
    for size in WINDOWS:
        following = _next(terms[0], beyond, backwards=backwards)
        found = following.limit(size).subquery()
        place = found.c.product_id
        page = query.join(found, place == Product.id).where(*(_answers_to(term) for term in terms[1:]))
        page = page.order_by(place.desc() if backwards else place).limit(limit - len(rows))
        rows += (await session.execute(page)).all()
        if len(rows) == limit:
            break
        beyond = await session.scalar(following.offset(size - 1).limit(1))  # the last one that was looked at
        if beyond is None:
            break
    return rows


def _answers_to(term: str) -> ColumnElement[bool]:
    other = aliased(ProductTerm)
    return exists(literal(1)).where(other.term == term, other.product_id == Product.id).correlate(Product)


def _next(term: str, beyond: int | None, *, backwards: bool) -> Select[int]:
    query = select(ProductTerm.product_id).where(ProductTerm.term == term)
    if beyond is not None:
        query = query.where(ProductTerm.product_id < beyond if backwards else ProductTerm.product_id > beyond)
    return query.order_by(ProductTerm.product_id.desc() if backwards else ProductTerm.product_id)
