"""The menu of commands: customers see theirs, sellers and operators more, each in their language."""

import json
import re

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
    assert "Selling" not in ann.text
    assert not any("Products" in label for label in ann.keyboard)
    for guest in (olga, oscar):
        said = ""
        for topic in ("Products", "Orders", "Promotion", "Running the shop"):
            await guest.taps(topic)
            assert len(guest.text) < 1200  # a page of a phone, and some
            said += guest.text
            await guest.taps("Back")
        may = {name for name, route in join().commands.items() if route.about and route.audience != "everyone"}
        operators = {name for name, route in join().commands.items() if route.audience == "operator"}
        named = set(re.findall(r"/(\w+)", said))
        assert named >= (may if guest is oscar else may - operators)
        assert bool(named & operators) is (guest is oscar)
