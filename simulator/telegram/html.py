"""Telegram's HTML: parse it into text and entities, refusing in Telegram's words, and write entities back as HTML.

The grammar and the refusals follow `parse_html` of tdlib/td (td/telegram/MessageEntity.cpp).
"""

import html
import re
from dataclasses import dataclass, field

from simulator.telegram.entities import Entity, Formatted, is_date_time, utf16_length
from simulator.telegram.errors import bad_request
from simulator.telegram.wire import JsonObject

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,9})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)\s*(=?)\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]*)""")


def _decode(text: str) -> str:
    """Replace the character references Telegram knows; leave all others as they stand."""
    if "&" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        hexadecimal, decimal, name = match.groups()
        if name:
            return _NAMED[name]
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else match.group()

    return _REFERENCE.sub(character, text)


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Parser:
    source: str
    parts: list[str] = field(default_factory=list)
    size: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def refuse(self, words: str, at: int) -> Exception:
        byte = len(self.source[:at].encode("utf-8", "surrogatepass"))
        return bad_request("can't parse entities: " + words.replace("{at}", f"at byte offset {byte}"))

    def add(self, text: str) -> None:
        decoded = _decode(text)
        self.parts.append(decoded)
        self.size += utf16_length(decoded)

    def start_tag(self, at: int) -> int:
        """Read the tag that begins at `at`; returns the place after it."""
        source, size = self.source, len(self.source)
        i = at + 1
        while i < size and not source[i].isspace() and source[i] != ">":
            i += 1
        if i >= size:
            raise self.refuse("Unclosed start tag {at}", at)
        tag = source[at + 1 : i].lower()
        if tag not in _TYPES:
            raise self.refuse(f'Unsupported start tag "{tag}" {{at}}', at)
        attributes: dict[str, str] = {}
        while True:
            while i < size and source[i].isspace():
                i += 1
            if i >= size:
                raise self.refuse("Unclosed start tag {at}", at)
            if source[i] == ">":
                break
            i = self.attribute(tag, at, i, attributes)
        self.judge(tag, attributes, at)
        self.stack.append(_Open(tag, self.size, attributes))
        return i + 1

    def judge(self, tag: str, attributes: dict[str, str], at: int) -> None:
        """Refuse a tag whose attributes do not say what it needs."""
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.refuse('Tag "span" must have class "tg-spoiler" {at}', at)
        if tag == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            raise self.refuse("Custom emoji identifier is invalid {at}", at)
        if tag == "tg-time" and not is_date_time(attributes.get("unix"), attributes.get("format", "")):
            raise self.refuse("Date or its format is invalid {at}", at)

    def attribute(self, tag: str, at: int, i: int, attributes: dict[str, str]) -> int:
        match = _ATTRIBUTE.match(self.source, i)
        name, equals, value = match.groups() if match else ("", "", "")
        end = match.end() if match else i
        if not name:
            raise self.refuse(f'Empty attribute name in the tag "{tag}" {{at}}', at)
        if not equals:
            if tag == "blockquote" and name.lower() == "expandable":
                attributes["expandable"] = ""
                return i + len(name)
            raise self.refuse(f'Expected equal sign in declaration of an attribute of the tag "{tag}" {{at}}', at)
        if end < len(self.source) and not value and self.source[end] in "\"'":
            raise self.refuse("Unclosed start tag {at}", at)
        if not value.startswith(('"', "'")) and end < len(self.source) and self.source[end] not in " \t\r\n>":
            raise self.refuse("Unexpected end of name token {at}", end - len(value))
        attributes[name.lower()] = _decode(value[1:-1]) if value[:1] in {'"', "'"} else value.lower()
        return end

    def end_tag(self, at: int) -> int:
        """Read the end tag at `at`, close its element; returns the place after it."""
        source, size = self.source, len(self.source)
        if not self.stack:
            raise self.refuse("Unexpected end tag {at}", at)
        i = at + 2
        while i < size and not source[i].isspace() and source[i] != ">":
            i += 1
        name = source[at + 2 : i].lower()
        while i < size and source[i].isspace():
            i += 1
        if i >= size or source[i] != ">":
            raise self.refuse("Unclosed end tag {at}", at)
        opened = self.stack.pop()
        if name and name != opened.tag:
            raise self.refuse(f'Unmatched end tag {{at}}, expected "</{opened.tag}>", found "</{name}>"', at)
        self.close(opened)
        return i + 1

    def close(self, opened: _Open) -> None:
        length = self.size - opened.offset
        kind, extra = _TYPES[opened.tag], dict[str, str | int]()
        if kind == "text_link":
            href = opened.attributes.get("href") or "".join(self.parts)[-length:]
            if not re.match(r"(https?|tg|ton|tonsite|ftp)://|mailto:|tel:", href):
                href = f"http://{href}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", href) else ""
            if not href:
                return
            extra["url"] = href
        elif kind == "code" and self.stack and self.stack[-1].tag == "pre":
            language = opened.attributes.get("class", "")
            self.stack[-1].attributes["language"] = language.removeprefix("language-")
            return
        elif kind == "pre" and opened.attributes.get("language"):
            extra["language"] = opened.attributes["language"]
        elif kind == "custom_emoji":
            extra["custom_emoji_id"] = opened.attributes["emoji-id"]
        elif kind == "date_time":
            extra.update(_moment(opened.attributes))
        elif kind == "blockquote" and "expandable" in opened.attributes:
            kind = "expandable_blockquote"
        if any(_TYPES[outer.tag] == kind for outer in self.stack):
            return
        data: JsonObject = dict(extra)
        self.entities.append(Entity(kind, opened.offset, length, data))


def _moment(attributes: dict[str, str]) -> dict[str, str | int]:
    written = {"date_time_format": attributes["format"]} if attributes.get("format") else {}
    return {"unix_time": int(attributes["unix"]), **written}


def parse(source: str) -> Formatted:
    """The text and entities of an HTML message; raises BotApiError 400 where Telegram does."""
    if "<" not in source:
        return Formatted(_decode(source))
    parser, i = _Parser(source), 0
    while True:
        tag = source.find("<", i)
        parser.add(source[i:] if tag < 0 else source[i:tag])
        if tag < 0:
            break
        i = parser.end_tag(tag) if source.startswith("</", tag) else parser.start_tag(tag)
    if parser.stack:
        raise parser.refuse(f'Can\'t find end tag corresponding to start tag "{parser.stack[-1].tag}"', 0)
    return Formatted("".join(parser.parts), parser.entities)


def _tags(entity: Entity) -> tuple[str, str]:
    """The start and end tag that stand for an entity, or empty strings for what needs none."""
    if entity.type == "text_link":
        return f'<a href="{html.escape(str(entity.extra.get("url", "")))}">', "</a>"
    if entity.type == "spoiler":
        return "<tg-spoiler>", "</tg-spoiler>"
    if entity.type == "pre" and entity.extra.get("language"):
        return f'<pre><code class="language-{html.escape(str(entity.extra["language"]))}">', "</code></pre>"
    if entity.type == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    tag = next((tag for tag, kind in _TYPES.items() if kind == entity.type), "")
    return (f"<{tag}>", f"</{tag}>") if tag and entity.type not in {"custom_emoji", "date_time"} else ("", "")


def render(formatted: Formatted) -> str:
    """The message as safe HTML: only Telegram's tags, everything else escaped."""
    if not formatted.entities:
        return html.escape(formatted.text, quote=False)
    units = formatted.text.encode("utf-16-le", "surrogatepass")
    marks: dict[int, list[str]] = {}
    for entity in formatted.entities:
        start, end = _tags(entity)
        marks.setdefault(entity.offset, []).append(start)
        marks.setdefault(entity.end, []).insert(0, end)
    parts, last = [], 0
    for place in sorted(marks):
        piece = units[last * 2 : place * 2].decode("utf-16-le", "surrogatepass")
        parts += [html.escape(piece, quote=False), *marks[place]]
        last = place
    parts.append(html.escape(units[last * 2 :].decode("utf-16-le", "surrogatepass"), quote=False))
    return "".join(parts)
