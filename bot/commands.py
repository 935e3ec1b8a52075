"""The menu beside the text field: the commands, in every language; for those who sell the desk, too."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.routing.router import Router
from bot.sending.api import Caller
from bot.sending.markup import as_json
from bot.sending.reply import Audience, CommandMenu
from bot.setting_up import insisting
from bot.words import SOURCE, Words, languages, words_for
from db.models import Permission, User

log = structlog.get_logger()

APP = "/app"  # of the desk: the page that Telegram opens
SEEN: dict[str, frozenset[Audience]] = {
    "everyone": frozenset({"everyone"}),
    "owner": frozenset({"everyone", "owner"}),
    "operator": frozenset({"everyone", "owner", "operator"}),
}


def menu(
    router: Router, words: Words, audience: Audience, permissions: frozenset[Permission] = frozenset()
) -> list[dict[str, str]]:
    """The commands that such a person may use, with a line about each; in the order in which handlers are joined.

    With `permissions`: of an owner's commands those for which somebody of their staff has one of these.
    """
    return [
        {"command": name, "description": words.plain(route.about)[:256]}
        for name, route in router.commands.items()
        if route.about
        and route.audience in SEEN[audience]
        and (not permissions or route.audience == "everyone" or not permissions.isdisjoint(route.needs))
    ]


async def publish(
    bot: Caller, router: Router, owners: Iterable[User], operators: frozenset[int], *, desk: str = ""
) -> None:
    """Tell Telegram the menus; one that it refuses (a chat that never began) is left out. `desk`: its address."""
    for language in languages():
        # the source language serves everybody whose language we do not speak
        more = {} if language == SOURCE else {"language_code": language}
        await _set(bot, menu(router, words_for(language), "everyone"), more)
    sellers: dict[int, str | None] = {row.telegram_id: row.language for row in owners if row.telegram_id is not None}
    for chat_id in {**sellers, **dict.fromkeys(operators - sellers.keys())}:
        audience: Audience = "operator" if chat_id in operators else "owner"
        words = words_for(sellers.get(chat_id))
        await _set(bot, menu(router, words, audience), {"scope": _chat(chat_id)})
        await insisting(
            bot, "setChatMenuButton", _key(words, audience, chat_id, desk)
        )  # without a desk, none of an old one


async def set_menu(bot: Caller, router: Router, desk: Callable[[], str], wanted: CommandMenu) -> None:
    """Set the menu of one chat, once: a chat that never began gets its menu when it does."""
    words = words_for(wanted.language)
    rows = menu(router, words, wanted.audience, wanted.permissions)
    try:
        await bot.call("setMyCommands", {"commands": as_json(rows), "scope": _chat(wanted.chat_id)})
        if desk():
            await bot.call("setChatMenuButton", _key(words, wanted.audience, wanted.chat_id, desk()))
    except TelegramError as error:
        log.info("menu_not_set", chat_id=wanted.chat_id, error=str(error))


def _key(words: Words, audience: Audience, chat_id: int, desk: str) -> dict[str, Any]:
    """The key before the text field: customers have the commands there, those who sell the desk, inside Telegram."""
    if audience == "everyone" or not desk:
        return {"chat_id": chat_id, "menu_button": as_json({"type": "default"})}
    app = {"type": "web_app", "text": words.plain("Desk"), "web_app": {"url": desk + APP}}
    return {"chat_id": chat_id, "menu_button": as_json(app)}


def _chat(chat_id: int) -> str:
    return as_json({"type": "chat", "chat_id": chat_id})


async def _set(bot: Caller, commands: list[dict[str, str]], more: dict[str, str]) -> None:
    await insisting(bot, "setMyCommands", {"commands": as_json(commands), **more})
