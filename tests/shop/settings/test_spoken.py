"""What is said once for everybody, and what for one language alone."""

import pytest

from shop.settings.spoken import by_language


@pytest.mark.parametrize(
    ("text", "others", "each"),
    [
        ("Fresh tea.", "Fresh tea.", {}),
        ("Fresh tea.\nEvery day: new.", "Fresh tea.\nEvery day: new.", {}),
        ("Tea.\nde: Tee.\nJeden Tag.\nRU:Чай.", "Tea.", {"de": "Tee.\nJeden Tag.", "ru": "Чай."}),
        ("de: Tee.\nru: Чай.", "Tee.", {"de": "Tee.", "ru": "Чай."}),
        ("Tea.\nde:\nru: Чай.", "Tea.", {"ru": "Чай."}),
        ("Tea.\nxx: Té.", "Tea.\nxx: Té.", {}),
        ("", "", {}),
    ],
)
def test_a_line_with_a_language_before_it_is_for_that_language(text: str, others: str, each: dict[str, str]) -> None:
    assert by_language(text, {"en", "de", "ru"}) == (others, each)
