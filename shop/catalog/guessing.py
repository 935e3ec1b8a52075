"""What was meant by a search with a typo: words that differ by a letter, and names that share a part of a word with it.

Both look at a bounded number of products, whatever was written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache

from sqlalchemy import literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, ProductTerm
from db.terms import LONGEST, MAX_TEXT, MAX_WORDS, SHORTEST_TYPO, lacking, words_of
from shop.catalog.offered import is_offered

Likeness = Callable[[str], float]

COMPARED = 150  # names, letter by letter
SHORTEST = 3  # letters: a shorter word is no typo of another one
ALIKE = 0.7  # of 1: from here on a word is taken for another one (difflib's ratio)
MEANT = 0.5  # of 1: so much of what was written a name must answer


async def mended(session: AsyncSession, text: str) -> str | None:
    """The text with each word that no product answers to replaced by the likeliest one; None where none is known.

    Two statements: which words are unknown, and the names that have a word one letter away from those.
    """
    words = _words(text)
    looks = [
        select(
            select(literal(place).label("place"))
            .select_from(ProductTerm)
            .where(ProductTerm.term == word[:LONGEST])
            .limit(1)
            .subquery()
        )
        for place, word in enumerate(words)
    ]
    known = set(await session.scalars(union_all(*looks))) if looks else set()
    typos = [word for place, word in enumerate(words) if place not in known and len(word) >= SHORTEST_TYPO]
    typos = [word for word in typos if not word.isdigit()]
    names = await _sharing(session, sorted({part for word in typos for part in lacking(word)}))
    offered = Counter(word for _, name in names for word in dict.fromkeys(words_of(name)))
    written = {word: raw.lower() for _, name in names for word, raw in _as_written(name)} | dict(_as_written(text))
    found = dict.fromkeys(words)
    for word in typos:
        likeness = _likeness(word)
        best = max(offered, key=lambda other: (likeness(other), offered[other]), default=None)
        if best is not None and likeness(best) >= ALIKE:
            found[word] = best
    mended = [found[word] or word for word in words]
    return " ".join(written.get(word, word) for word in mended) if mended != words else None


def _as_written(text: str) -> list[tuple[str, str]]:
    """Each word as it is compared, and as it is written: ("зеленыи", "Зелёный")."""
    return [(words[0], raw) for raw in text.split() if len(words := words_of(raw)) == 1]


async def alike(session: AsyncSession, text: str) -> list[tuple[int, str]]:
    """Products on sale with a word that begins or ends like one of `text`, by id and name. One statement.

    One wrong letter leaves one half of a word as it should be.
    """
    return await _sharing(session, sorted({piece for word in _words(text) for piece in _pieces(word)}))


async def _sharing(session: AsyncSession, terms: Sequence[str]) -> list[tuple[int, str]]:
    """Products on sale that answer to one of the terms, as many of each."""
    if not terms:
        return []
    share = max(COMPARED // len(terms), 1)
    some = [
        select(
            select(ProductTerm.number.label("product_id"))
            .where(ProductTerm.term == term)
            .order_by(ProductTerm.place)
            .limit(share)
            .subquery()
            .c.product_id
        )
        for term in terms
    ]
    found = union_all(*some).subquery()
    query = (
        select(Product.id, Product.name)
        .join(found, found.c.product_id == Product.id)
        .where(Product.parent_id.is_(None), is_offered())
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
