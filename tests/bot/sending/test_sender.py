"""Showing screens when Telegram is difficult: gone messages, nothing to change, flood limits, lost connections."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest

from bot.application import BotApp
from bot.intake.reading import Shown
from bot.screens.buying.home.buttons import OpenHelp, OpenHome
from bot.sending.api import NotTelegram, ShopBot, is_gone
from bot.sending.pictures import Pictures
from bot.sending.reply import Document, Invoice, Key, Screen, Several, Toast
from bot.sending.sender import Sender
from db.session import Database
from shop.policy import Policy
from simulator.server import Simulator
from tests.world.clock import ManualClock
from tests.world.fixed import FixedSettings
from tests.world.guests import Guest
from tests.world.people import ANN

pytestmark = pytest.mark.one_database

HOME = Screen("home", ((Key("Help", OpenHelp()),),))
HELP = Screen("help", ((Key("Home", OpenHome()),),))


class Noted:
    """Remembers cards in a dict, and no invoices."""

    def __init__(self, cards: dict[int, int]) -> None:
        self._cards = cards

    async def card(self, order_id: int, message_id: int) -> int | None:
        before, self._cards[order_id] = self._cards.get(order_id), message_id
        return before if before != message_id else None

    async def invoice(self, payload: str, message_id: int) -> None:
        pass


@pytest.fixture
async def cards() -> dict[int, int]:
    return {}


@pytest.fixture
async def sender(
    api: ShopBot, database: Database, clock: ManualClock, simulator: Simulator, cards: dict[int, int], tmp_path: Path
) -> AsyncGenerator[Sender]:
    await api.initialize()
    Guest(simulator, ANN, simulator.idle)
    simulator.send(ANN.telegram_id, "/start")
    pictures = Pictures(database, clock, bot_id=api.id, media=tmp_path)

    yield Sender(api, pictures, remember=Noted(cards))
    await api.shutdown()


async def test_a_tap_edits_and_a_command_sends(sender: Sender, simulator: Simulator) -> None:
    first = await sender.deliver(ANN.telegram_id, HOME)
    assert first is not None

    assert await sender.deliver(ANN.telegram_id, HELP, Shown(first, "text")) == first
    assert await sender.deliver(ANN.telegram_id, HOME) != first

    assert [message.words for message in simulator.chat(ANN.telegram_id).said] == ["help", "home"]


async def test_the_same_screen_again_is_fine(sender: Sender, simulator: Simulator) -> None:
    first = await sender.deliver(ANN.telegram_id, HOME)
    assert first is not None

    assert await sender.deliver(ANN.telegram_id, HOME, Shown(first, "text")) == first

    assert simulator.calls("editMessageText")[-1].status == 400


@pytest.mark.parametrize("kind", ["text", "photo", "other"])
async def test_a_message_that_is_gone_is_sent_anew(sender: Sender, simulator: Simulator, kind: str) -> None:
    shown = await sender.deliver(ANN.telegram_id, HOME, Shown(987654, kind))

    assert shown is not None
    assert [message.words for message in simulator.chat(ANN.telegram_id).said] == ["home"]


async def test_a_short_flood_limit_is_waited_out_once(sender: Sender, simulator: Simulator) -> None:
    simulator.fail("sendMessage", "429", times=1, retry_after=1)

    assert await sender.deliver(ANN.telegram_id, HOME) is not None

    assert [call.status for call in simulator.calls("sendMessage")] == [429, 200]


async def test_a_card_is_remembered(sender: Sender, cards: dict[int, int]) -> None:
    message_id = await sender.deliver(ANN.telegram_id, Screen("order 7", remember_card=7))

    assert cards == {7: message_id}


async def test_an_order_has_one_card_and_the_old_one_goes(sender: Sender, simulator: Simulator) -> None:
    await sender.deliver(ANN.telegram_id, Screen("order 7: please pay", remember_card=7))

    paid = await sender.deliver(ANN.telegram_id, Screen("order 7: paid", remember_card=7, fresh=True))
    await sender.deliver(ANN.telegram_id, Screen("order 7: shipped", remember_card=7), Shown(paid or 0, "text"))

    assert [message.words for message in simulator.chat(ANN.telegram_id).said] == ["order 7: shipped"]


async def test_a_card_that_is_edited_where_it_stands_takes_no_newer_ones_place(
    sender: Sender, simulator: Simulator, cards: dict[int, int]
) -> None:
    """Guard: whoever pays is thanked with a new card while the schedule brings the one before up to date."""
    before = await sender.deliver(ANN.telegram_id, Screen("order 7: please pay", remember_card=7))
    newer = await sender.deliver(ANN.telegram_id, Screen("order 7: thank you", fresh=True))
    assert before is not None
    assert newer is not None
    cards[7] = newer

    await sender.deliver(ANN.telegram_id, Screen("order 7: paid", remember_card=7), Shown(before, "text", card=before))

    assert cards == {7: newer}
    assert "order 7: thank you" in [message.words for message in simulator.chat(ANN.telegram_id).said]


async def test_several_answers_come_in_order_and_a_file_carries_its_words(sender: Sender, simulator: Simulator) -> None:
    await sender.deliver(
        ANN.telegram_id, Several((HOME, Document("stock.csv", b"sku,quantity\n", "<b>Stock</b>"), Toast("1 < 2")))
    )

    said = simulator.chat(ANN.telegram_id).said
    assert [message.words for message in said] == ["home", "Stock", "1 < 2"]
    assert said[1].document is not None


async def test_too_long_a_text_is_cut_not_refused(sender: Sender, simulator: Simulator) -> None:
    await sender.deliver(ANN.telegram_id, Screen("<b>" + "long " * 2000 + "</b>"))

    (message,) = simulator.chat(ANN.telegram_id).said
    assert message.words.endswith("long…")


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("Bad Request: message to edit not found", True),
        ("Bad Request: message can't be edited", True),
        ("Bad Request: there is no text in the message to edit", True),
        ("Bad Request: there is no caption in the message to edit", True),
        ("Bad Request: there is no media in the message to edit", True),
        ("Bad Request: MESSAGE_ID_INVALID", True),
        ("Bad Request: can't parse entities", False),
    ],
)
def test_what_cannot_be_edited_is_known_by_telegrams_words(said: str, gone: bool) -> None:
    assert is_gone(BadRequest(said)) is gone


async def test_a_picture_that_was_taken_for_a_text_is_followed_by_a_new_message(
    sender: Sender, simulator: Simulator
) -> None:
    """Guard: Telegram's words for a message of another kind."""
    sent = simulator.send(ANN.telegram_id, "x")
    price = [{"label": "Tea", "amount": 500}]
    bill = {"title": "T", "description": "D", "payload": "p", "provider_token": "1:TEST", "currency": "EUR"}
    message = await sender._bot.call("sendInvoice", {"chat_id": ANN.telegram_id, **bill, "prices": price})

    shown = await sender.deliver(ANN.telegram_id, HOME, Shown(message["message_id"], "text"))

    assert shown not in {None, sent.message_id, message["message_id"]}


async def test_a_receipt_goes_to_the_bank_with_the_customers_e_mail(sender: Sender, simulator: Simulator) -> None:
    bill = Invoice(
        title="Order 1042",
        description="Tea",
        payload="p",
        provider_token="1:TEST:x",
        currency="EUR",
        prices=(("Tea", 500),),
        keyboard=((Key("Pay", pay=True),),),
        start_parameter="paid_p",
        provider_data='{"receipt": {"items": []}}',
    )

    await sender.deliver(ANN.telegram_id, bill)

    asked = simulator.calls("sendInvoice")[-1].parameters
    assert asked["provider_data"] == '{"receipt": {"items": []}}'
    assert (asked["need_email"], asked["send_email_to_provider"]) == (True, True)


async def test_keys_are_coloured_and_copy(sender: Sender, simulator: Simulator) -> None:
    await sender.deliver(
        ANN.telegram_id,
        Screen("keys", ((Key("Cancel", OpenHome(), style="danger"), Key("RR 123", copy="RR 123 " * 60)),)),
    )

    ((cancel, number),) = simulator.chat(ANN.telegram_id).said[-1].keyboard or [[]]
    assert (cancel["style"], cancel["text"]) == ("danger", "Cancel")
    assert number["copy_text"] == {"text": ("RR 123 " * 60)[:256]}
    assert "style" not in number


async def test_whoever_is_no_bot_api_is_said_to_be_none(database: Database, clock: ManualClock, tmp_path: Path) -> None:
    app = BotApp(
        db=database,
        clock=clock,
        settings=FixedSettings(Policy()),
        bot=Impostor("4242:pretend"),
        providers={},
        media=tmp_path,
    )

    with pytest.raises(NotTelegram):
        await app.start()
    await app.stop()


class Impostor(ShopBot):
    """A server that answers getMe without saying that this is a bot, as some doubles do."""

    async def _do_post(self, endpoint: str, *_given: object, **_named: object) -> Any:
        assert endpoint == "getMe"
        return {"id": 4242, "first_name": "Shop"}
