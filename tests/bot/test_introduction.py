"""What an empty chat says: the bot introduces itself where nobody did."""

from collections.abc import Mapping
from typing import Any

import pytest
from telegram.error import InvalidToken

from bot.application import BotApp
from bot.introduction import DESCRIPTION, SHORT, introduce
from bot.words import languages, words_for
from shop.policy import Policy
from simulator.server import Simulator

pytestmark = pytest.mark.one_database


async def test_a_bot_that_says_nothing_introduces_itself_in_every_language(
    shop_bot: BotApp, simulator: Simulator, policy: Policy
) -> None:
    await shop_bot.publish_commands()

    said = simulator.calls("setMyDescription")
    assert {call.parameters.get("language_code") for call in said} == {None, *languages()} - {"en"}
    assert all(policy.shop_name in str(call.parameters["description"]) for call in said)
    assert len(simulator.calls("setMyShortDescription")) == len(languages())


async def test_words_that_the_owner_chose_stay(shop_bot: BotApp, simulator: Simulator) -> None:
    await shop_bot.publish_commands()
    before = len(simulator.calls("setMyDescription"))

    await shop_bot.publish_commands()

    assert before > 0
    assert len(simulator.calls("setMyDescription")) == before


async def test_a_server_that_answers_something_else_is_left_alone() -> None:
    asked: list[str] = []

    class Terse:
        async def call(self, method: str, _data: Mapping[str, Any]) -> Any:
            asked.append(method)
            return True

    await introduce(Terse(), "Storefront")

    assert asked == ["getMyDescription", "getMyShortDescription"]


async def test_an_older_server_that_knows_no_introductions_stops_nothing() -> None:
    class Older:
        async def call(self, method: str, _data: Mapping[str, Any]) -> Any:
            raise InvalidToken(f"Not Found: {method}")

    await introduce(Older(), "Storefront")  # raises nothing


@pytest.mark.parametrize("language", languages())
def test_every_introduction_fits_with_the_longest_name_of_a_shop(language: str) -> None:
    words, shop = words_for(language), "S" * 64

    assert len(words.plain(DESCRIPTION, shop=shop)) <= 512
    assert len(words.plain(SHORT, shop=shop)) <= 120
