"""Keyboards under messages: read them from a call and refuse what Telegram refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from simulator.telegram.errors import bad_request
from simulator.telegram.parameters import Parameters
from simulator.telegram.web_apps import is_app_url
from simulator.telegram.wire import Json, JsonObject, as_list, as_object, as_text

MAX_CALLBACK_DATA = 64
MAX_PER_ROW = 8
MAX_BUTTONS = 100
MAX_COPY = 256
_ACTIONS = (  # in the order in which Telegram's server looks: the first that is there counts
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
    "disabled",
)


@dataclass(slots=True)
class Markup:
    """What a call says about the keyboard: an inline one, or a change of the reply keyboard."""

    inline: list[list[JsonObject]] | None = None
    reply: JsonObject | None = None


def _url(url: str) -> str:
    """A button's link; Telegram adds the scheme to a bare domain and refuses what is no link."""
    whole = url if ":" in url.split("/", maxsplit=1)[0] or url.startswith("tg:") else f"http://{url}"
    parts = urlsplit(whole)
    host = parts.hostname or ""
    # Telegram refuses loopback links; here they lead to the pretend payment page beside this program.
    known = "." in host or host == "localhost"
    fine = parts.scheme in {"tg", "ton", "mailto", "tel"} or (parts.scheme in {"http", "https"} and known)
    if not fine or any(character.isspace() for character in whole):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL specified")
    return whole


def _button(value: Json) -> JsonObject:
    """One inline button with its action."""
    button = as_object(value)
    if button is None:
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label = button.get("text")
    if not isinstance(label, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not label.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "", False) or name in _bare(button)]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    clean: JsonObject = {"text": label.strip()}
    for name in ("style", "icon_custom_emoji_id"):
        value = button.get(name)
        if value is not None and not isinstance(value, str):
            raise bad_request(f'can\'t parse inline keyboard button: Field "{name}" must be of type String')
        if value:
            clean[name] = value
    if clean.get("style") not in {None, "primary", "danger", "success"}:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if not str(clean.get("icon_custom_emoji_id", "0")).isdigit():
        raise bad_request("can't parse inline keyboard button: invalid custom emoji identifier specified")
    clean[actions[0]] = _action(actions[0], button[actions[0]])
    return clean


def _action(name: str, value: Json) -> Json:
    """What the button carries, checked."""
    if name == "url":
        return _url(as_text(value))
    if name == "callback_data" and not 1 <= len(as_text(value).encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if name in {"web_app", "copy_text", "disabled"}:
        return _inner(name, value)
    return value


def _inner(name: str, value: Json) -> Json:
    """What stands in an object of its own: a Web App, a text to copy, nothing (disabled)."""
    inner = as_object(value)
    if inner is None:
        raise bad_request(f'can\'t parse inline keyboard button: Field "{name}" must be of type Object')
    if name == "web_app":
        url = as_text(inner.get("url"))
        if not is_app_url(url):
            words = f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
            raise bad_request(words)
        return {"url": url}
    if name == "copy_text":
        text = inner.get("text")
        if not isinstance(text, str):
            raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
        if not 1 <= len(text) <= MAX_COPY:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"text": text}
    return {}


def _bare(button: Mapping[str, Json]) -> set[str]:
    """Actions that count even when empty."""
    queries = {name for name in ("switch_inline_query", "switch_inline_query_current_chat") if button.get(name) == ""}
    return queries | {name for name in ("copy_text", "disabled") if button.get(name) in ("", {})}


def _rows(value: Json) -> list[list[JsonObject]]:
    rows = as_list(value)
    if rows is None:
        raise bad_request('field "inline_keyboard" must be of type Array')
    keyboard = []
    for row in rows:
        buttons = as_list(row)
        if buttons is None:
            raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
        if len(buttons) > MAX_PER_ROW:
            raise bad_request("reply markup is too long")
        if buttons:
            keyboard.append([_button(button) for button in buttons])
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def read_markup(parameters: Parameters) -> Markup:
    """The `reply_markup` of a call; raises BotApiError 400 for anything Telegram would not show."""
    value = parameters.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if value is None:
        return Markup()
    markup = as_object(value)
    if markup is None:
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        keyboard = _rows(markup["inline_keyboard"])
        return Markup(inline=keyboard or None)
    if any(name in markup for name in ("keyboard", "remove_keyboard", "force_reply")):
        return Markup(reply=dict(markup))
    return Markup()


def refuse_app_buttons(keyboard: list[list[JsonObject]] | None) -> None:
    """Apps are opened from private chats only."""
    if keyboard and any("web_app" in button for row in keyboard for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")


def refuse_pay_buttons(keyboard: list[list[JsonObject]] | None) -> None:
    """Pay buttons belong to invoices only."""
    if keyboard and any("pay" in button for row in keyboard for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")
