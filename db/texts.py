"""What a product or a category is called in other languages, as it is kept beside it: JSON by language.

It is read with the row that it belongs to, so that a screen in another language asks for nothing more.
"""

from collections.abc import Mapping
from functools import lru_cache

import msgspec
from msgspec import Struct
from msgspec.structs import replace

LANGUAGES = ("en", "de", "ru", "es", "tr", "ar")  # that the bot speaks; a test holds the two together


class Said(Struct, frozen=True, omit_defaults=True):
    """Name and description in one language; what is empty is said as in the seller's own."""

    name: str = ""
    description: str = ""


def titled(name: str, option_label: str | None) -> str:
    """A product's name with its variant."""
    return f"{name} ({option_label})" if option_label else name


@lru_cache(maxsize=2048)
def texts_of(kept: str | None) -> Mapping[str, Said]:
    """The texts by language; nothing for what was never translated, or cannot be read."""
    if not kept:
        return {}
    try:
        return msgspec.json.decode(kept, type=dict[str, Said])
    except msgspec.MsgspecError:
        return {}


def kept(texts: Mapping[str, Said]) -> str | None:
    """The texts as they are kept, the same for the same texts; None for none."""
    said = {language: texts[language] for language in LANGUAGES if texts.get(language, Said()) != Said()}
    return msgspec.json.encode(said).decode() if said else None


def names_only(old: str | None, more: str = "") -> str | None:
    """The names alone, with something behind each: what an order keeps of what it was."""
    if not old:
        return None
    return kept({language: Said(said.name + more) for language, said in texts_of(old).items() if said.name})


def name_in(language: str, name: str, texts: str | None) -> str:
    """The name for readers of a language; without one, the seller's own."""
    said = texts_of(texts).get(language) if texts else None
    return said.name if said is not None and said.name else name


def with_columns(old: str | None, columns: str) -> str | None:
    """The texts as the columns of a list state them, `name_de` and such, as JSON; what it has no column for stays."""
    texts = dict(texts_of(old))
    for column, text in msgspec.json.decode(columns, type=dict[str, str]).items():
        field, _, language = column.rpartition("_")
        texts[language] = replace(texts.get(language, Said()), **{field: text})
    return kept(texts)


def with_text(old: str | None, language: str, said: Said) -> str | None:
    """The texts with those of one language changed, or taken away by an empty one."""
    return kept({**texts_of(old), language: said})
