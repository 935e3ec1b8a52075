"""Results of an inline query, read from a call and refused where Telegram refuses."""

from simulator.telegram.entities import Formatted
from simulator.telegram.errors import WRONG_FILE, bad_request
from simulator.telegram.files import FileStore
from simulator.telegram.formatting import MAX_TEXT, format_text, make_caption
from simulator.telegram.inline import InlineResult
from simulator.telegram.keyboards import read_markup, refuse_app_buttons, refuse_pay_buttons
from simulator.telegram.parameters import Parameters
from simulator.telegram.wire import Json, as_list, as_object, as_text

MAX_RESULTS = 50
MAX_ID = 64  # bytes
MAX_OFFSET = 64  # bytes
KINDS = ("article", "photo")  # of the twenty there are


def read_results(value: Json, files: FileStore, bot_id: int) -> list[InlineResult]:
    """The `results` of a call; raises BotApiError 400 for what Telegram would not take."""
    rows = as_list(value)
    if rows is None:
        raise bad_request("can't parse inline query results: Expected an Array of inline query results")
    if len(rows) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = [_result(row, files, bot_id) for row in rows]
    if len({result.id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def _result(value: Json, files: FileStore, bot_id: int) -> InlineResult:
    row = as_object(value)
    if row is None:
        raise bad_request("can't parse inline query result: InlineQueryResult must be an Object")
    kind, number, title = (as_text(row.get(name)) for name in ("type", "id", "title"))
    if not 1 <= len(number.encode()) <= MAX_ID:
        raise bad_request("RESULT_ID_INVALID")
    if kind not in KINDS:
        raise bad_request(f"can't parse inline query result: type {kind!r} is not served by this simulator")
    parameters = Parameters({"reply_markup": row.get("reply_markup")})
    markup = read_markup(parameters)
    refuse_pay_buttons(markup.inline)
    refuse_app_buttons(markup.inline)
    mode, photo, caption = as_text(row.get("parse_mode")), None, None
    if kind == "photo":
        photo = files.find(bot_id, as_text(row.get("photo_file_id")))
        if photo is None:
            raise bad_request(WRONG_FILE)
        caption = make_caption(as_text(row.get("caption")), mode, row.get("caption_entities"))
    elif not title:
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    text = _message(row.get("input_message_content"), needed=kind == "article")
    return InlineResult(
        id=number,
        kind=kind,
        title=title,
        description=as_text(row.get("description")),
        thumbnail=as_text(row.get("thumbnail_url")),
        photo=None if text is not None else photo,
        text=text,
        caption=caption,
        keyboard=markup.inline,
    )


def _message(value: Json, *, needed: bool) -> Formatted | None:
    """The text that is sent."""
    content = as_object(value)
    if content is None:
        if needed:
            raise bad_request("can't parse inline query result: Can't find field \"input_message_content\"")
        return None
    text = format_text(
        as_text(content.get("message_text")), as_text(content.get("parse_mode")), content.get("entities")
    )
    if not text.text:
        raise bad_request("message text is empty")
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text
