"""What a product can be found by: the beginnings and ends of the words of its name, the words of its description.

No database folds and splits words like another one, and none can give the first few matches of a frequent word
without looking at them all. So the words are folded here and kept in a table whose key is in the order of the result:
the price is some thirty short rows a product.
"""

import re
import unicodedata

LONGEST = 16  # letters of a word that count
SHORTEST_END = 3  # "tee" finds "Grüntee"
COMPOUND = 6  # letters from which a word may be made of several
MAX_TEXT = 64  # characters of a search
MAX_WORDS = 6

# Chinese and Japanese write no blanks: each character is a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


def words_of(text: str) -> list[str]:
    """The words of a text, alike for every way to write them: "ЗЕЛЁНЫЙ" and "зеленый", "Grün" and "grun"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in apart if not unicodedata.combining(letter)))


def terms_of(name: str, description: str) -> frozenset[str]:
    """Everything that a product with this name and description answers to."""
    terms = {word[:LONGEST] for word in words_of(description)}
    for word in words_of(name):
        terms.update(word[:length] for length in range(1, min(len(word), LONGEST) + 1))
        if len(word) >= COMPOUND:
            terms.update(word[start:][:LONGEST] for start in range(1, len(word) - SHORTEST_END + 1))
    return frozenset(terms)


def wanted(text: str) -> tuple[str, ...]:
    """The terms that a product must answer to, all of them, to be found by this text."""
    return tuple(dict.fromkeys(word[:LONGEST] for word in words_of(text[:MAX_TEXT])[:MAX_WORDS]))
