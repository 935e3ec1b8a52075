"""In which languages something is named, and the questions for its name and its description."""

from collections.abc import Callable, Mapping, Sequence

from bot.screens.parts import ways
from bot.screens.selling.categories.buttons import ChangeCategory
from bot.screens.selling.products.buttons import EditProduct
from bot.screens.selling.translations.buttons import (
    DropName,
    DropText,
    OpenNames,
    OpenTexts,
    WriteDescription,
    WriteName,
    WriteText,
)
from bot.sending.button import Button
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words, languages
from db.texts import Said

LABEL = 60  # UTF-16 units of a key
SHOWN = 600  # of a description that is there


def product(words: Words, number: int, name: str, texts: Mapping[str, Said], *, note: str = "") -> Screen:
    """The texts of a product, a key for each language."""
    return _page(words, name, texts, lambda language: WriteText(number, language), EditProduct(number), note)


def category(words: Words, number: int, path: str, texts: Mapping[str, Said], *, note: str = "") -> Screen:
    """The names of a category, a key for each language."""
    return _page(words, path, texts, lambda language: WriteName(number, language), ChangeCategory(number), note)


def ask_name(words: Words, number: int, name: str, language: str, said: Said, *, problem: str = "") -> Screen:
    """What a product is called in a language; the next text is the answer."""
    keys = []
    if said.name or said.description:
        keys.append(Key(words.plain("✏️ Only its description"), WriteDescription(number, language)))
        keys.append(Key(words.plain("🧹 Take it away"), DropText(number, language)))
    return _question(words, name, language, said.name, keys, OpenTexts(number), problem)


def ask_description(words: Words, number: int, name: str, language: str, said: Said, *, problem: str = "") -> Screen:
    """How it is described there; leaving the question leaves it as it is."""
    head = words("🌐 <b>{name}</b> · {language}", name=said.name or name, language=words.name_of(language))
    text = words("And its description? Write it, or leave it as it is.")
    now = words("Now:\n<blockquote>{text}</blockquote>", text=fit_plain(said.description, SHOWN))
    parts = [problem, head, now if said.description else "", text]
    leave = Key(words.plain("Leave it as it is"), OpenTexts(number))
    return Screen("\n\n".join(part for part in parts if part), ((leave,),))


def ask_category(words: Words, number: int, path: str, language: str, said: Said, *, problem: str = "") -> Screen:
    """What a category is called in a language; the next text is the answer."""
    keys = [Key(words.plain("🧹 Take it away"), DropName(number, language))] if said.name else []
    return _question(words, path, language, said.name, keys, OpenNames(number), problem)


def _question(
    words: Words, name: str, language: str, now: str, keys: Sequence[Key], back: Button, problem: str
) -> Screen:
    head = words("🌐 <b>{name}</b> · {language}", name=name, language=words.name_of(language))
    parts = [problem, head, words("Now: {text}", text=now) if now else "", words("What is it called there?")]
    return Screen("\n\n".join(part for part in parts if part), (*((key,) for key in keys), (ways.back(words, back),)))


def _page(
    words: Words,
    name: str,
    texts: Mapping[str, Said],
    write: Callable[[str], Button],
    back: Button,
    note: str,
) -> Screen:
    text = words(
        "🌐 <b>{name}</b>\n\nReaders of a language without a text read your own words. Which language?", name=name
    )
    rows = []
    for language in languages():
        said = texts.get(language, Said())
        label = words.row(words.name_of(language), said.name or ("✓" if said.description else "–"))
        rows.append((Key(fit_plain(label, LABEL), write(language)),))
    return Screen(
        "\n\n".join(part for part in (note, text) if part), (*rows, (ways.back(words, back), ways.home(words)))
    )
