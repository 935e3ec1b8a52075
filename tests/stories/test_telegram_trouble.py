"""Telegram answers 429 or 500, hangs, or hangs up, at the start and in the middle: nothing is lost, nobody acts."""

import pytest

from tests.stories.test_an_order import card_of, opened, placed
from tests.world.shop import OpenShop


@pytest.mark.parametrize("kind", ["429", "500", "close"])
async def test_the_shop_opens_when_telegram_has_trouble_at_the_start(shop: OpenShop, kind: str) -> None:
    """Guard: every call of the start is made again until it is answered."""
    await shop.close()
    for method in ("getMe", "deleteWebhook", "getUpdates", "setMyCommands"):
        shop.simulator.fail(method, kind)

    await shop.open()

    await shop.ann.says("/start")
    assert "Hello, Ann" in shop.ann.text


@pytest.mark.parametrize("kind", ["429", "500", "hang", "close", "close_after_commit"])
async def test_an_order_is_paid_and_told_through_any_trouble(shop: OpenShop, kind: str) -> None:
    """Guards: updates are fetched again until confirmed; a message that was not sent stays in the outbox."""
    await opened(shop)
    await placed(shop)
    shop.simulator.fail("answerPreCheckoutQuery", kind)
    first = await shop.ann.pays()  # its answer was lost or came in time: either is true, never both
    if first.state != "paid":
        assert (await shop.ann.pays()).state == "paid"
    for method, times in (("getUpdates", 1), ("sendMessage", 3), ("editMessageText", 2), ("deleteMessage", 1)):
        shop.simulator.fail(method, kind, times=times)

    for _ in range(4):
        await shop.passes(minutes=10)
    await shop.bob.says("/start")

    told = [message for message in shop.olga.chat.said if "New order" in message.words]
    assert len(told) >= 1
    assert len(told) == 1 or kind == "close_after_commit", "told twice only where Telegram's yes was lost"
    assert "Being prepared" in card_of(shop.ann).words
    assert "Hello, Bob" in shop.bob.text
    await shop.keeps_its_promises()
