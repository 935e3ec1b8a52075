"""What a product can be found by: words and parts of the words of its name, words of its description and its variants.

No database folds and splits words like another one, and none can give the first few matches of a frequent word
without looking at them all. So the words are folded here and kept in a table whose key is in the order of the result,
the best answers first: the price is some ninety short rows a product.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import IntEnum
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
SHORTEST_TYPO = 4  # letters: a shorter word is no typo of another one
LONGEST_TYPO = 12  # letters: of a longer word, its beginning is looked at
TYPO = "~"  # before a word that lacks a letter

# Chinese and Japanese write no blanks: each character is a word.
_CHARACTER = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_CHARACTER}]|[^\W_{_CHARACTER}]+")
# Letters that no normal form takes apart, and those that some write as two: "Müsli" and "Muesli", "Smørrebrød".
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه"})
_AS_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_TWO = re.compile("(?<=[^aeouq])([aou])e(?=.)")
# Words that are often written as one: "T-Shirt", "O'Neill", "H&M", "Coca-Cola".
_CHAIN = re.compile(rf"[^\W_{_CHARACTER}]+(?:[-‐‑'’`´.&/+·][^\W_{_CHARACTER}]+)+")


class Answer(IntEnum):
    """How well a product answers to a term; the better ones are found first."""

    WORD = 0  # a word of its name, or what its seller calls it by
    BEGINNING = 1  # the beginning of such a word
    END = 2  # the end of such a word; a word of its category or of a variant
    DESCRIPTION = 3
    PIECE = 4  # the middle of a word; a word with a letter missing


def words_of(text: str) -> list[str]:
    """The words of a text, alike for every way to write them: "ЗЕЛЁНЫЙ" and "зеленый", "Grün" and "grun"."""
    return _WORD.findall(folded(text))


def folded(text: str) -> str:
    """A text as words are compared: in small letters, without accents."""
    if text.isascii():  # nothing to take apart: a search for a name folds thousands of them
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


def terms_of(name: str, description: str, options: Iterable[str] = (), skus: Iterable[str] = ()) -> dict[str, Answer]:
    """Everything that a product with this name and description answers to, and how well.

    `options` are the labels of its variants and its categories, `skus` its own and its variants'.
    """
    terms: dict[str, Answer] = dict.fromkeys((word[:LONGEST] for word in words_of(description)), Answer.DESCRIPTION)
    terms |= dict.fromkeys(_option_words(options), Answer.END)
    words = [*words_of(name), *_written_as_one(name)]
    words += [other for word in words for other in _TWO.sub(r"\1", word).split() if other != word]
    words += _written_with_two(name)
    for word in dict.fromkeys(words):
        for term, answer in _parts(word):
            terms[term] = min(terms.get(term, answer), answer)
    terms |= dict.fromkeys(_option_words(skus, joined=True), Answer.WORD)
    return terms


def lacking(word: str) -> tuple[str, ...]:
    """The word, and the word without each of its letters, marked as no words.

    Two words that differ by a letter too many, a missing, a wrong one or two in the wrong order have one in common.
    """
    word = word[:LONGEST_TYPO]
    without = (word[:place] + word[place + 1 :] for place in range(len(word)))
    return tuple(TYPO + part for part in dict.fromkeys((word, *without)))


def _parts(word: str) -> Iterator[tuple[str, Answer]]:
    """What a word of the name answers to."""
    yield word[:LONGEST], Answer.WORD
    for length in range(1, min(len(word), LONGEST)):
        yield word[:length], Answer.BEGINNING
    if len(word) >= COMPOUND:
        for start in range(1, len(word) - SHORTEST_END + 1):
            yield word[start:][:LONGEST], Answer.END
    for piece in _pieces(word):
        yield piece, Answer.PIECE
    if len(word) >= SHORTEST_TYPO - 1 and not word.isdigit():
        for typo in lacking(word) if len(word) >= SHORTEST_TYPO else (TYPO + word,):
            yield typo, Answer.PIECE


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


def _pieces(word: str) -> tuple[str, ...]:
    """Every three letters in a row, marked as no words."""
    return tuple(f"*{word[start : start + PIECE]}" for start in range(min(len(word), 4 * LONGEST) - PIECE + 1))


def _some(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """As many as are asked for, from all over the word."""
    step = -(-len(pieces) // MOST_PIECES) or 1
    return tuple(dict.fromkeys((*pieces[::step], *pieces[-1:])))


def _written_as_one(name: str) -> set[str]:
    """What people write without the sign or the blank between its words."""
    plain = folded(name)
    together = {"".join(words_of(chain)) for chain in _CHAIN.findall(plain)}
    words = _WORD.findall(plain)
    for one, other in pairwise(words):
        letter = len(one) == 1 and one.isalpha()  # "X Box", "T Shirt"
        number = other.isdigit() and len(other) <= DIGITS
        if (letter or number) and not re.match(f"[{_CHARACTER}]", one):
            together.add(one + other)
    return together


def _written_with_two(text: str) -> list[str]:
    """The words as they are written where there are no umlauts: "muesli" for "Müsli"."""
    return words_of(unicodedata.normalize("NFC", text).casefold().translate(_AS_TWO))


def _option_words(options: Iterable[str], *, joined: bool = False) -> set[str]:
    """Words of labels; with `joined` also the label written as one word: "TEA-07" and "tea07"."""
    found: set[str] = set()
    for label in options:
        words = words_of(label)
        found.update(word[:LONGEST] for word in (*words, *_written_with_two(label)))
        if joined and words:
            found.add("".join(words)[:LONGEST])
        if len(found) >= MAX_OPTIONS:
            break
    return found
