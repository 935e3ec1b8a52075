"""What a product can be found by: words and parts of the words of its name, words of its description and its variants.

No database folds and splits words like another one, and none can give the first few matches of a frequent word
without looking at them all. So the words are folded here and kept in a table whose key is in the order of the result:
the price is some sixty short rows a product.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

LONGEST = 16  # letters of a word that count
SHORTEST_END = 3  # "tee" finds "Grüntee"
COMPOUND = 6  # letters from which a word may be made of several
DIGITS = 2  # of a number that people write together with the word before: "PS 5", "iPhone 15"
PIECE = 3  # letters of a piece from the middle of a word
MOST_PIECES = 6  # of one word that a search asks for; more tell hardly more
MAX_TEXT = 64  # characters of a search
MAX_WORDS = 6
MAX_OPTIONS = 300  # different words of a product's variants: ninety colours in a hundred sizes have fewer

# Chinese and Japanese write no blanks: each character is a word.
_CHARACTER = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_CHARACTER}]|[^\W_{_CHARACTER}]+")
# Words that are often written as one: "T-Shirt", "O'Neill", "H&M", "Coca-Cola".
_CHAIN = re.compile(rf"[^\W_{_CHARACTER}]+(?:[-‐‑'’`´.&/+·][^\W_{_CHARACTER}]+)+")


def words_of(text: str) -> list[str]:
    """The words of a text, alike for every way to write them: "ЗЕЛЁНЫЙ" and "зеленый", "Grün" and "grun"."""
    return _WORD.findall(_folded(text))


def terms_of(name: str, description: str, options: Iterable[str] = ()) -> frozenset[str]:
    """Everything that a product with this name and description answers to; `options` are the labels of its variants."""
    terms = {word[:LONGEST] for word in words_of(description)}
    terms |= _option_words(options)
    words = [*words_of(name), *_written_as_one(name)]
    for word in words:
        terms.update(word[:length] for length in range(1, min(len(word), LONGEST) + 1))
        terms.update(_pieces(word))
        if len(word) >= COMPOUND:
            terms.update(word[start:][:LONGEST] for start in range(1, len(word) - SHORTEST_END + 1))
    return frozenset(terms)


def wanted(text: str) -> tuple[str, ...]:
    """The terms that a product must answer to, all of them, to be found by this text."""
    return tuple(dict.fromkeys(word[:LONGEST] for word in words_of(text[:MAX_TEXT])[:MAX_WORDS]))


def wanted_pieces(text: str) -> tuple[str, ...]:
    """The terms that a product must answer to, to have the words of this text anywhere in those of its name.

    A word too short to be a piece must begin one of them. Empty when no word is longer: `wanted` says it all then.
    """
    words = words_of(text[:MAX_TEXT])[:MAX_WORDS]
    if all(len(word) < PIECE for word in words):
        return ()
    return tuple(dict.fromkeys(term for word in words for term in (_some(_pieces(word)) or (word,))))


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _pieces(word: str) -> tuple[str, ...]:
    """Every three letters in a row, marked as no words."""
    return tuple(f"*{word[start : start + PIECE]}" for start in range(min(len(word), 4 * LONGEST) - PIECE + 1))


def _some(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """As many as are asked for, from all over the word."""
    step = -(-len(pieces) // MOST_PIECES) or 1
    return tuple(dict.fromkeys((*pieces[::step], *pieces[-1:])))


def _written_as_one(name: str) -> set[str]:
    """What people write without the sign or the blank between its words."""
    folded = _folded(name)
    together = {"".join(words_of(chain)) for chain in _CHAIN.findall(folded)}
    words = _WORD.findall(folded)
    for one, other in pairwise(words):
        letter = len(one) == 1 and one.isalpha()  # "X Box", "T Shirt"
        number = other.isdigit() and len(other) <= DIGITS
        if (letter or number) and not re.match(f"[{_CHARACTER}]", one):
            together.add(one + other)
    return together


def _option_words(options: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for label in options:
        found.update(word[:LONGEST] for word in words_of(label))
        if len(found) >= MAX_OPTIONS:
            break
    return found
