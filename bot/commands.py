"""The menu of commands beside the text field, in every language: for customers, and in the chats of those who sell."""

from collections.abc import Iterable

from bot.api import Caller
from bot.markup import as_json
from bot.router import Audience, Router
from bot.setting_up import insisting
from bot.words import SOURCE, Words, languages, words_for
from db.models import User

SEEN: dict[str, frozenset[Audience]] = {
    "everyone": frozenset({"everyone"}),
    "owner": frozenset({"everyone", "owner"}),
    "operator": frozenset({"everyone", "owner", "operator"}),
}


def menu(router: Router, words: Words, audience: Audience) -> list[dict[str, str]]:
    """The commands that such a person may use, with a line about each; in the order in which handlers are joined."""
    return [
        {"command": name, "description": words.plain(route.about)[:256]}
        for name, route in router.commands.items()
        if route.about and route.audience in SEEN[audience]
    ]


async def publish(bot: Caller, router: Router, owners: Iterable[User], operators: frozenset[int]) -> None:
    """Tell Telegram the menus; one that it refuses (a chat that never began) is left out."""
    for language in languages():
        # the source language serves everybody whose language we do not speak
        more = {} if language == SOURCE else {"language_code": language}
        await _set(bot, menu(router, words_for(language), "everyone"), more)
    sellers: dict[int, str | None] = {row.telegram_id: row.language for row in owners if row.telegram_id is not None}
    for chat_id in {**sellers, **dict.fromkeys(operators - sellers.keys())}:
        audience: Audience = "operator" if chat_id in operators else "owner"
        scope = as_json({"type": "chat", "chat_id": chat_id})
        await _set(bot, menu(router, words_for(sellers.get(chat_id)), audience), {"scope": scope})


async def _set(bot: Caller, commands: list[dict[str, str]], more: dict[str, str]) -> None:
    await insisting(bot, "setMyCommands", {"commands": as_json(commands), **more})
