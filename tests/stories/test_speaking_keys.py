"""What keys and texts tell a client: which key pays, what is copied, when it ends; and no screen is too long."""

import pytest
from structlog.testing import capture_logs

from bot.sending.markup import keyboard_json
from bot.sending.reply import Key
from simulator.telegram.wire import JsonObject
from tests.payments.tea import sell_tea, to_checkout
from tests.world.guests import Guest
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database

MOST_ROWS = 6


def keys(guest: Guest) -> list[JsonObject]:
    return [button for row in guest.screen.keyboard or () for button in row]


def styles(guest: Guest) -> dict[str, str]:
    """What is green, red or blue, by its colour."""
    return {str(key["style"]): str(key["text"]) for key in keys(guest) if "style" in key}


async def test_the_way_to_the_money_is_coloured_and_short(shop: OpenShop) -> None:
    await sell_tea(shop)
    await shop.ann.says("/start p_1")
    assert "Buy now" in styles(shop.ann)["primary"]
    await shop.ann.taps("Add to cart")
    await shop.ann.says("/cart")
    assert "Check out" in styles(shop.ann)["primary"]
    assert len(shop.ann.screen.keyboard or ()) <= MOST_ROWS
    await shop.ann.taps("Check out")
    assert len(shop.ann.screen.keyboard or ()) <= MOST_ROWS
    await shop.ann.taps("Cash on delivery")
    await shop.ann.taps("Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
        await shop.ann.says(line)
    assert "Order now" in styles(shop.ann)["success"]
    assert len(shop.ann.screen.keyboard or ()) <= MOST_ROWS
    await shop.ann.taps("Cancel the order")
    assert "Cancel the order" in styles(shop.ann)["danger"]


async def test_a_deadline_is_read_in_the_readers_own_zone(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("here in the chat")
    message = next(one for one in reversed(shop.ann.chat.said) if "reserved for you until" in one.words)
    assert message.text is not None
    assert "date_time" in [entity.type for entity in message.text.entities]
    assert "UTC (" in message.words  # what a client shows that does not know it


def test_two_keys_of_a_colour_are_an_error() -> None:
    with capture_logs() as logged:
        keyboard_json(((Key("A", url="https://a.example", style="danger"), Key("B", url="https://b.example")),))
        assert logged == []
        keyboard_json(((Key("A", copy="a", style="danger"),), (Key("B", copy="b", style="danger"),)))
    assert [entry["event"] for entry in logged] == ["styled_twice"]
