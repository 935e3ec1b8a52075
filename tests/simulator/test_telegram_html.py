"""HTML as Telegram reads it, offsets in UTF-16, and the refusals of its parser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.telegram import html
from simulator.telegram.entities import Entity, detect
from simulator.telegram.errors import BotApiError
from simulator.telegram.formatting import format_text

REFUSED = [
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("🏟<i>a</em>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</em>"'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ("ü<b", "Unclosed start tag at byte offset 2"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("source", "words"), REFUSED)
def test_broken_html_is_refused_with_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(BotApiError) as refusal:
        html.parse(source)

    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_offsets_count_utf16_units() -> None:
    parsed = format_text("😀 <b>жирно <i>и косо</i></b> &amp; &lt;tag&gt; &copy;", "HTML", None)

    assert parsed.text == "😀 жирно и косо & <tag> &copy;"
    assert parsed.entities == [Entity("bold", 3, 12), Entity("italic", 9, 6)]


def test_links_code_quotes_and_spoilers_become_entities() -> None:
    source = (
        '<a href="https://a.de/?x=1&amp;y=2">go</a> <pre><code class="language-python">x</code></pre>'
        "<blockquote expandable>q</blockquote><tg-spoiler>s</tg-spoiler> <a href='tg://user?id=1'>u</a>"
    )
    kinds = [(entity.type, entity.extra) for entity in format_text(source, "HTML", None).entities]

    assert kinds == [
        ("text_link", {"url": "https://a.de/?x=1&y=2"}),
        ("pre", {"language": "python"}),
        ("expandable_blockquote", {}),
        ("spoiler", {}),
        ("text_link", {"url": "tg://user?id=1"}),
    ]


def test_white_space_around_a_text_is_dropped_and_entities_move_along() -> None:
    parsed = format_text("\n <b> x</b> ", "HTML", None)

    assert (parsed.text, parsed.entities) == ("x", [Entity("bold", 0, 1)])


def test_commands_links_and_tags_are_found_without_markup() -> None:
    found = detect("/start see https://a.de/x. or me@a.de, @someone #tea $USD 1/2")

    assert [entity.type for entity in found] == ["bot_command", "url", "email", "mention", "hashtag", "cashtag"]


def test_nothing_is_found_inside_code_and_links() -> None:
    parsed = format_text('<code>/start</code> <a href="https://a.de">@someone</a>', "HTML", None)

    assert [entity.type for entity in parsed.entities] == ["code", "text_link"]


@given(st.text(alphabet="ab<>&;/'\" 😀", max_size=40))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    import html as standard

    assert html.parse(standard.escape(text)).text.replace("&#x27;", "'") == text


@given(st.text(alphabet="<>/biacode=\"' &;", max_size=40))
def test_any_source_is_parsed_or_refused_and_renders_to_the_same_text(source: str) -> None:
    try:
        parsed = html.parse(source)
    except BotApiError:
        return

    assert html.parse(html.render(parsed)).text == parsed.text
