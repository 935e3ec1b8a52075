"""At the edge: strangers' buttons, refusals, our own mistakes, people who left; each tap answered exactly once."""

import pytest
from sqlalchemy import select, update

from bot.application import BotApp
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.sending.reply import Reply, Screen
from db.models import Role, User
from db.session import Database
from simulator.server import Simulator
from tests.bot.conftest import Meet
from tests.world.people import ANN, EVE, OLGA, OSCAR

pytestmark = pytest.mark.one_database


@pytest.fixture
def extra(shop_bot: BotApp) -> Router:
    """A place for handlers of this test's own."""
    return shop_bot._router


async def test_a_forged_or_old_button_leads_home(meet: Meet, shop_bot: BotApp) -> None:
    ann = meet(ANN)
    await ann.says("/help")

    for data in ("no-such:1", "c:zz:-:", "p:99999999999999999999", "h:1", "", ":"):
        if data:
            await ann.forges(data)
            assert ann.toast == "This menu is out of date."
            assert "Hello, Ann" in ann.text


async def test_every_tap_is_answered_exactly_once(meet: Meet, simulator: Simulator) -> None:
    ann = meet(ANN)
    await ann.says("/start")

    await ann.taps("Help", "Language", "Back", "Back")

    answers = [call for call in simulator.calls("answerCallbackQuery") if call.status == 200]
    assert len(answers) == len(simulator.calls("answerCallbackQuery")) == 4


async def test_an_unknown_command_is_answered_kindly(meet: Meet) -> None:
    ann = meet(ANN)

    await ann.says("/nonsense please")

    assert "I do not know this command" in ann.text
    await ann.taps("Home")
    assert "Hello, Ann" in ann.text


async def test_a_mistake_of_ours_is_apologised_for_and_told_to_the_operator(meet: Meet, extra: Router) -> None:
    @extra.command("break")
    async def break_it(_visit: Visit, _argument: str) -> Reply:
        raise ZeroDivisionError("a secret detail")

    ann, oscar = meet(ANN), meet(OSCAR)
    await oscar.says("/start")

    await ann.says("/break")
    await ann.says("/break")

    assert "Something went wrong on our side" in ann.text
    assert "secret" not in ann.text
    notes = [message.words for message in oscar.chat.said if "ZeroDivisionError" in message.words]
    assert len(notes) == 1
    assert any(code in notes[0] for code in ann.chat.said[0].words.split())


async def test_a_screen_that_telegram_refuses_is_apologised_for(meet: Meet, extra: Router) -> None:
    @extra.command("garble")
    async def garble(_visit: Visit, _argument: str) -> Reply:
        return Screen("<b>never closed")

    ann = meet(ANN)

    await ann.says("/garble")

    assert "Something went wrong on our side" in ann.text


async def test_who_stopped_the_bot_is_noted_and_welcomed_back(meet: Meet, database: Database, shop_bot: BotApp) -> None:
    ann = meet(ANN)
    await ann.says("/start")

    ann.blocks_the_bot()
    await ann._settle()
    assert not (await _row(database, ANN.telegram_id)).reachable
    ann.blocks_the_bot(blocked=False)
    await ann.says("/start")

    assert (await _row(database, ANN.telegram_id)).reachable


async def test_an_owners_thing_is_unknown_to_customers_and_to_dismissed_owners(
    meet: Meet, extra: Router, database: Database
) -> None:
    @extra.command("restock_everything", for_="owner")
    async def restock_everything(_visit: Visit, _argument: str) -> Reply:
        return Screen("restocked")

    @extra.command("appoint_somebody", for_="operator")
    async def appoint_somebody(_visit: Visit, _argument: str) -> Reply:
        return Screen("appointed")

    eve, olga, oscar = meet(EVE), meet(OLGA), meet(OSCAR)
    await eve.says("/restock_everything")
    assert "I do not know this command" in eve.text
    await olga.says("/restock_everything")
    assert olga.newest == "restocked"
    await olga.says("/appoint_somebody")
    assert "I do not know this command" in olga.text
    await oscar.says("/restock_everything")
    assert oscar.newest == "restocked"
    async with database.begin() as session:
        await session.execute(update(User).where(User.telegram_id == OLGA.telegram_id).values(role=Role.CUSTOMER))
    await olga.says("/restock_everything")
    assert "I do not know this command" in olga.newest


async def test_the_chosen_language_is_spoken_at_once_and_kept(meet: Meet, database: Database) -> None:
    ann = meet(ANN)
    await ann.says("/language")

    await ann.taps("Deutsch")

    assert "Hallo, Ann" in ann.text
    assert (await _row(database, ANN.telegram_id)).language == "de"


async def _row(database: Database, telegram_id: int) -> User:
    async with database.read() as session:
        return (await session.scalars(select(User).where(User.telegram_id == telegram_id))).one()
