"""Web Apps (Mini Apps): which addresses may be opened, the button in place of the menu, and what an app is told.

Source: core.telegram.org/bots/webapps, "Validating data received via the Mini App".
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from simulator.telegram.bots import Bot
from simulator.telegram.errors import bad_request
from simulator.telegram.people import Person
from simulator.telegram.wire import Json, JsonObject, as_object, as_text

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
COMMANDS: JsonObject = {"type": "commands"}  # what a chat has that was told nothing


def is_app_url(url: str) -> bool:
    """Whether Telegram would open it: HTTPS alone; here also this machine, where nobody has a certificate."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def read_menu_button(value: Json) -> JsonObject:
    """A `MenuButton`; raises BotApiError 400 for one that is none, or whose app cannot be opened."""
    button = as_object(value)
    if button is None:
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    kind = as_text(button.get("type"))
    if kind in {"default", "commands"}:
        return {"type": kind}
    if kind != "web_app":
        raise bad_request("can't parse menu button: Unsupported menu button type specified")
    text, app = as_text(button.get("text")).strip(), as_object(button.get("web_app"))
    if not text:
        raise bad_request("can't parse menu button: Can't find field \"text\"")
    if app is None:
        raise bad_request("can't parse menu button: Can't find field \"web_app\"")
    url = as_text(app.get("url"))
    if not is_app_url(url):
        raise bad_request(f"menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    return {"type": kind, "text": text, "web_app": {"url": url}}


def menu_button(bot: Bot, person: int) -> JsonObject:
    """What stands beside the text field of a person: their own button, else that of everybody."""
    own = bot.menu_buttons.get(person, {"type": "default"})
    return own if own["type"] != "default" else bot.menu_buttons.get(0, COMMANDS)


def init_data(bot: Bot, person: Person, query_id: str, now: int) -> str:
    """What the app is told: who opened it and when, signed with the bot's token. `now`: Unix seconds."""
    user = {**person.user(), "allows_write_to_pm": True}
    del user["is_bot"]
    # Telegram's JSON escapes slashes; whoever parses and writes it anew before checking finds out here
    told = {
        "query_id": query_id,
        "user": json.dumps(user, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/"),
        "auth_date": str(now),
    }
    return urlencode({**told, "hash": sign(bot.token, told)})


def sign(token: str, told: Mapping[str, str]) -> str:
    """The `hash` of such fields: sorted lines, by a key that is derived from the token."""
    lines = "\n".join(f"{name}={value}" for name, value in sorted(told.items()))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
