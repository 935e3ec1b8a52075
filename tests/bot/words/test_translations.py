"""Every text of the bot is translated into every language, says the same values, and is HTML that Telegram takes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.words import DOMAIN, LOCALES, languages
from bot.words.extract import extract, is_translated

TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
TEMPLATE = extract()
SOURCES = [message.id for message in TEMPLATE if message.id]
TRANSLATED = [language for language in languages() if language != "en"]


def _catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale=language)


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(form) for form in text) if isinstance(text, list | tuple) else (str(text),)


def _values(forms: tuple[str, ...]) -> set[str]:
    """The values that every form could say; a form for one unit may leave the number out."""
    return {value for form in forms for value in re.findall(r"\{\w*\}", form)}


class Tags(HTMLParser):
    """Notices tags that are unknown to Telegram or not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _spoken() -> Iterator[tuple[str, object, object]]:
    for language in TRANSLATED:
        catalogue = _catalogue(language)
        for source in SOURCES:
            message = catalogue.get(source)
            yield language, source, message.string if message else ""


def test_the_sources_were_read() -> None:
    assert len(SOURCES) > 100


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated_and_nothing_is_left_over(language: str) -> None:
    """`make words` brings the files up to date."""
    catalogue = _catalogue(language)
    known = {str(message.id) for message in catalogue if message.id}

    assert [m.id for m in catalogue if m.id and not is_translated(m.string)] == []
    assert known == {str(source) for source in SOURCES}


def test_a_translation_says_the_same_values() -> None:
    different = [
        (language, source)
        for language, source, string in _spoken()
        if is_translated(string) and _values(_forms(string)) != _values(_forms(source))
    ]

    assert different == []


def test_every_form_is_html_that_telegram_takes() -> None:
    for source in SOURCES:
        for form in _forms(source):
            Tags(form)
    for _language, _source, string in _spoken():
        for form in _forms(string):
            Tags(form)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_form_of_the_language_is_there(language: str) -> None:
    catalogue = _catalogue(language)

    assert [
        message.id
        for message in catalogue
        if isinstance(message.id, list | tuple) and len(_forms(message.string)) != catalogue.num_plurals
    ] == []
