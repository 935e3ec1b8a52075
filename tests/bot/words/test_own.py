"""Sentences in the owner's own words are said instead of ours; a file with a slip is refused with its line."""

from collections.abc import Iterator

import pytest

from bot.words import languages, words_for
from bot.words.own import as_toml, read_own, sentences
from bot.words.wording import Own, say_instead

OURS = "🛒 Your cart is empty."
COUNTED = next(text for text, many in sentences().items() if many is not None and text.startswith("{n} "))


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    yield
    say_instead({})


def _a_sentence(*fields: str) -> str:
    """A sentence that names these alone."""
    wanted = {f"{{{name}}}" for name in fields}
    return next(
        text
        for text, many in sentences().items()
        if many is None
        and "\n" not in text
        and {part for part in text.split() if part.startswith("{")} == wanted
        and text.count("{") == len(wanted)
        and "<" not in text
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read(text: str) -> Own:
    own, wrong = read_own(text)
    assert wrong == []
    return own


def test_a_sentence_is_said_in_the_owners_words_and_the_others_in_ours() -> None:
    plain = _a_sentence()
    before = words_for("de").plain(plain)

    say_instead(_read(f'[en]\n{_quoted(plain)} = "Hello there"\n[de]\n{_quoted(plain)} = "Moin"\n'))

    assert words_for("en").plain(plain) == "Hello there"
    assert words_for("de").plain(plain) == "Moin"
    assert words_for("ru").plain(plain) not in {"Hello there", "Moin"}
    say_instead({})
    assert words_for("de").plain(plain) == before


def test_values_come_into_the_owners_words_and_are_escaped() -> None:
    named = _a_sentence("name")

    say_instead(_read(f'[en]\n{_quoted(named)} = "<b>{{name}}</b>, please"\n'))

    assert words_for("en")(named, name="<i>Ann") == "<b>&lt;i&gt;Ann</b>, please"


def test_what_is_counted_has_a_text_for_each_form_of_the_language() -> None:
    own = _read(f'[ru]\n{_quoted(COUNTED)} = ["{{n}} один", "{{n}} два", "{{n}} много"]\n')

    say_instead(own)

    many = sentences()[COUNTED]
    assert many is not None
    assert [words_for("ru").plain_n(COUNTED, many, n) for n in (1, 3, 7)] == ["1 один", "3 два", "7 много"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('"{wrong} one"', "names {wrong}; here may stand {name}"),
        ('"{name.__class__}"', "names {name.__class__}"),
        ('"{name!r}"', "names {name!r}"),
        ('"{name:>9}"', "names {name:>9}"),
        ('"{0}"', "names {0}"),
        ('"half {name"', "has no other half"),
        ('"<b>{name}"', "a tag that is not closed or not known"),
        ('"<script>{name}</script>"', "a tag that is not closed or not known"),
        ('"Tea & {name}"', "& is &amp;"),
        ('"' + "x" * 3000 + '"', "the place has room for"),
        ('["{name}", "{name}"]', "wants a text"),
        ('""', "wants a text"),
        ("7", "wants a text"),
    ],
)
def test_a_slip_is_named_with_its_line(said: str, why: str) -> None:
    own, wrong = read_own(f"# mine\n[en]\n{_quoted(_a_sentence('name'))} = {said}\n")

    assert own == {}
    assert wrong[0].line == 3
    assert any(why in one.wrong for one in wrong), wrong


def test_a_sentence_that_nobody_says_is_refused_with_the_nearest() -> None:
    plain = next(
        text for text, many in sentences().items() if many is None and 20 < len(text) < 60 and "\n" not in text
    )
    _, (slip,) = read_own(f'[de]\n{_quoted(plain[:-2])} = "Moin"\n')
    _, (strange,) = read_own('[de]\n"zzzzzzzzzzzzzzzzzzzzz" = "Moin"\n')

    assert (slip.line, plain[:30] in slip.wrong) == (2, True)
    assert "storefront words lists" in strange.wrong


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[xx]\n", "[xx] is no language"),
        ("[de\n", "it is no TOML"),
        ("x" * 1_000_001, "it has more than"),
        ('de = "x"\n', "is no language"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, why: str) -> None:
    own, (wrong,) = read_own(text)

    assert own == {}
    assert why in str(wrong)


@pytest.mark.parametrize("language", languages())
def test_the_list_of_sentences_is_a_file_that_changes_nothing(language: str) -> None:
    own = _read("\n".join(as_toml(language)))

    assert own[language].keys() == sentences().keys()


def test_the_list_is_searched_in_english_and_in_the_language() -> None:
    plain = _a_sentence()
    said = words_for("ru").plain(plain)

    assert any(_quoted(plain) in line for line in as_toml("ru", said[:12]))
    assert len(list(as_toml("ru", "no sentence has these words"))) == 1
