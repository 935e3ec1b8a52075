"""The menu of commands: customers see theirs, sellers and operators more, each in their language."""

import json

import pytest

from bot.application import BotApp
from bot.commands import menu
from bot.screens.routes import join
from bot.words import languages, words_for
from simulator.server import Simulator
from tests.bot.conftest import Meet
from tests.world.people import ANN, OLGA, OSCAR


def test_customers_see_no_command_of_sellers() -> None:
    router = join()
    everyone = {row["command"] for row in menu(router, words_for("en"), "everyone")}
    owners = {row["command"] for row in menu(router, words_for("en"), "owner")}
    operators = {row["command"] for row in menu(router, words_for("en"), "operator")}

    assert {"start", "cart", "help", "terms", "support", "paysupport"} <= everyone
    assert everyone < owners < operators
    assert "restock" in owners - everyone
    assert "admins" in operators - owners


@pytest.mark.parametrize("language", languages())
def test_every_line_of_the_menu_is_what_telegram_takes(language: str) -> None:
    rows = menu(join(), words_for(language), "operator")

    assert len(rows) <= 100
    assert all(1 <= len(row["description"]) <= 256 for row in rows)
    assert all(row["command"].isascii() and row["command"].islower() for row in rows)


@pytest.mark.one_database
async def test_menus_are_published_for_every_language_and_every_seller(shop_bot: BotApp, simulator: Simulator) -> None:
    await shop_bot.publish_commands()

    calls = [call.parameters for call in simulator.calls("setMyCommands")]
    assert {call.get("language_code") for call in calls} >= {None, "de", "ru"}
    chats = {json.loads(str(call["scope"]))["chat_id"] for call in calls if "scope" in call}
    assert {OLGA.telegram_id, OSCAR.telegram_id} <= chats


@pytest.mark.one_database
async def test_help_tells_each_what_they_may_do(meet: Meet) -> None:
    ann, olga, oscar = meet(ANN), meet(OLGA), meet(OSCAR)
    for guest in (ann, olga, oscar):
        await guest.says("/help")
    assert "/restock" not in ann.text
    assert "/restock" in olga.text
    assert "/admins" not in olga.text
    assert "/unarchive" in oscar.text
    assert "/admins" in oscar.text
