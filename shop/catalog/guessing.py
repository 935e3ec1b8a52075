"""What was meant by a search with a typo, among a bounded number of names that share a part of a word with it."""

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import cache

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, ProductTerm
from db.terms import MAX_TEXT, MAX_WORDS, words_of

Likeness = Callable[[str], float]

COMPARED = 150  # names, letter by letter
SHORTEST = 3  # letters: a shorter word is no typo of another one
ALIKE = 0.7  # of 1: from here on a word is taken for another one (difflib's ratio)
MEANT = 0.5  # of 1: so much of what was written a name must answer


async def alike(session: AsyncSession, text: str) -> list[tuple[int, str]]:
    """Products on sale with a word that begins or ends like one of `text`, by id and name. One statement.

    One wrong letter leaves one half of a word as it should be.
    """
    pieces = sorted({piece for word in _words(text) for piece in _pieces(word)})
    if not pieces:
        return []
    share = COMPARED // len(pieces)
    some = [
        select(
            select(ProductTerm.product_id)
            .where(ProductTerm.term == piece)
            .order_by(ProductTerm.product_id)
            .limit(share)
            .subquery()
            .c.product_id
        )
        for piece in pieces
    ]
    found = union_all(*some).subquery()
    query = (
        select(Product.id, Product.name)
        .join(found, found.c.product_id == Product.id)
        .where(Product.parent_id.is_(None), Product.archived_at.is_(None))
    )
    # a product found by two pieces comes twice: told apart here, because DISTINCT would compare every name
    return list({row.id: row.name for row in await session.execute(query)}.items())


def best_guesses(text: str, names: Iterable[tuple[int, str]], most: int) -> list[int]:
    """The ids of the names that were probably meant, best first."""
    wanted = [_likeness(word) for word in _words(text)]
    scored = [(_answered(wanted, words_of(name)), number) for number, name in names]
    good = sorted((-score, number) for score, number in scored if score >= MEANT)
    return [number for _, number in good[:most]]


def _answered(wanted: list[Likeness], offered: list[str]) -> float:
    return sum(max(map(score, offered), default=0.0) for score in wanted) / max(len(wanted), 1)


def _likeness(word: str) -> Likeness:
    """How like this word another one is. Names share words, and everybody else waits: each is compared once."""
    matcher = SequenceMatcher(None, b=word, autojunk=False)

    @cache
    def score(other: str) -> float:
        if word == other:
            return 1.0
        if min(len(word), len(other)) < SHORTEST:
            return 0.0
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:  # both are never below the ratio
            return 0.0
        ratio = matcher.ratio()
        return ratio if ratio >= ALIKE else 0.0

    return score


def _words(text: str) -> list[str]:
    return words_of(text[:MAX_TEXT])[:MAX_WORDS]


def _pieces(word: str) -> tuple[str, ...]:
    """Beginnings and ends under which a word that is nearly this one is kept (see db/terms.py)."""
    half = max(len(word) // 2, 1)
    return (word[:half], word[half:]) if len(word) > SHORTEST else (word,)
