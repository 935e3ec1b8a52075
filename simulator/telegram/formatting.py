"""Texts and captions as calls give them: parse mode or entities, length limits, trimming."""

from simulator.telegram import html
from simulator.telegram.entities import Entity, Formatted, detect, is_date_time, merge, trim, utf16_length
from simulator.telegram.errors import bad_request
from simulator.telegram.parameters import Parameters
from simulator.telegram.wire import Json, JsonObject, as_integer, as_list, as_object, as_text

MAX_TEXT = 4096
MAX_CAPTION = 1024
_EXTRA = ("url", "language", "user", "custom_emoji_id", "unix_time", "date_time_format")


def _given_entities(value: Json, size: int) -> list[Entity]:
    entities = []
    for row in as_list(value) or ():
        entity = as_object(row)
        if entity is None:
            raise bad_request("can't parse MessageEntity: expected an Object")
        offset, length = as_integer(entity.get("offset")), as_integer(entity.get("length"))
        if offset is None or length is None:
            raise bad_request('can\'t parse MessageEntity: field "offset" must be of type Number')
        if offset < 0 or length < 0 or offset + length > size:
            raise bad_request(f"entity beginning at UTF-16 offset {offset} ends after the end of the text")
        extra: JsonObject = {name: entity[name] for name in _EXTRA if name in entity}
        if entity.get("type") == "date_time" and not is_date_time(
            entity.get("unix_time"), entity.get("date_time_format", "")
        ):
            raise bad_request("can't parse MessageEntity: invalid date or date format specified")
        entities.append(Entity(as_text(entity.get("type")), offset, length, extra))
    return entities


def format_text(text: str, parse_mode: str, entities: Json) -> Formatted:
    """Text after entities parsing; raises BotApiError 400 for HTML that does not parse."""
    mode = parse_mode.lower()
    if mode == "html":
        formatted = html.parse(text)
    elif mode in {"", "none"}:
        formatted = Formatted(text, _given_entities(entities, utf16_length(text)) if entities else [])
    else:
        raise bad_request("unsupported parse_mode")
    trimmed = trim(formatted.text, formatted.entities)
    return Formatted(trimmed.text, merge(trimmed.entities, detect(trimmed.text)))


def message_text(parameters: Parameters) -> Formatted:
    """The `text` of a call, 1–4096 characters after entities parsing."""
    entities = parameters.structure("entities", "can't parse entities JSON object")
    formatted = format_text(parameters.text("text"), parameters.text("parse_mode"), entities)
    if not formatted.text:
        raise bad_request("message text is empty")
    if len(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def message_caption(parameters: Parameters) -> Formatted | None:
    """The `caption` of a call, at most 1024 characters after entities parsing; None when there is none."""
    entities = parameters.structure("caption_entities", "can't parse caption entities JSON object")
    return make_caption(parameters.text("caption"), parameters.text("parse_mode"), entities)


def make_caption(text: str, parse_mode: str, entities: Json) -> Formatted | None:
    """A caption from its parts; None when it is empty; raises BotApiError 400 when too long."""
    formatted = format_text(text, parse_mode, entities)
    if len(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted if formatted.text else None
