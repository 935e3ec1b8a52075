"""Every refusal has words."""

from collections.abc import Iterator

import pytest

from bot.routing.refusals import WORDINGS, say
from bot.words import languages, words_for
from shop import refusals
from shop.refusals import Refusal

DATA = {
    "product": "Sencha",
    "left": 2,
    "old": 450,
    "new": 500,
    "currency": "EUR",
    "limit": 99,
    "country": "AT",
    "sku": "TEA-1",
    "reserved": 3,
    "field": "name",
    "given": "x",
    "hint": "too_long",
    "amount": 450,
    "most": 5,
    "name": "Oscar",
}


def _kinds(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)


@pytest.mark.parametrize("kind", [kind for kind in _kinds() if kind.__module__ == refusals.__name__])
def test_every_refusal_has_words_in_every_language(kind: type[Refusal]) -> None:
    assert kind.code in WORDINGS
    for language in languages():
        assert say(words_for(language), kind(**DATA))


def test_a_refusal_without_its_data_still_has_words() -> None:
    for code in ("out_of_stock", "not_for_sale", "too_many", "not_deliverable", "sku_taken", "cannot_read"):
        kind = next(kind for kind in _kinds() if kind.code == code)

        assert say(words_for("en"), kind())
