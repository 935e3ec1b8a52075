"""A broadcast to a Telegram whose answers take long, through kills (-9): as fast as permitted, no 429, nobody twice."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.visit import Visit
from bot.sending.herald import TelegramHerald
from bot.sending.limits import PER_SECOND, OwnLimit
from bot.sending.reply import Screen
from db.models import RecipientState
from db.session import Database
from shop import broadcasts
from shop.broadcasts import Standing
from shop.broadcasts.sending import IN_LINE
from shop.people.permissions import operating
from tests.payments.killing import Killed, in_a_child, kill_nine
from tests.shop.broadcasts.test_sending import going_out, is_done, states
from tests.world.clock import START
from tests.world.far_telegram import Dated, FarTelegram, Hours, Watched, house
from tests.world.people import OSCAR, user

SLOW = 0.1  # seconds there, and as many back
GIVEN_UP = 180.0  # seconds after a crash: what was on its way is not sent again
UNCLEAR = IN_LINE + PER_SECOND  # of one crash: in line, and on their way


def a_way(seed: int) -> Callable[[], float]:
    """How long it takes there, or back: never twice the same."""
    dice = random.Random(seed)
    return lambda: SLOW * dice.uniform(0.9, 1.1)


async def no_screen(_visit: Visit, _standing: Standing) -> Screen | None:
    """Nobody looks at how far it is."""
    return None


def herald_of(database: Database, telegram: FarTelegram, limit: OwnLimit) -> TelegramHerald:
    """The shop's own."""
    its = house(database, telegram.hours)
    return TelegramHerald(its, telegram, None, limit, no_screen)  # type: ignore[arg-type]  # nobody looks at its screen


def most_in_a_second(moments: list[float]) -> int:
    """Of all seconds that begin with one of them."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - 0.999:
            first += 1
        most = max(most, last - first + 1)
    return most


def rate(moments: list[float]) -> float:
    """Messages a second, of as many whole seconds as there are once it knows how long answers take."""
    known = 3 * PER_SECOND
    whole = (len(moments) - 1 - known) // PER_SECOND * PER_SECOND
    return whole / (moments[known + whole] - moments[known])


@pytest.mark.parametrize(
    ("many", "kills"), [(450, [150]), pytest.param(5_000, [600, 1_200, 1_700], marks=pytest.mark.nightly)]
)
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")
def test_slow_answers_and_kills_cost_no_turns_and_nobody_has_it_twice(
    many: int, kills: list[int], database_url: str, tmp_path: Path
) -> None:
    heard = tmp_path / "heard"
    heard.touch()

    async def begins() -> int:
        database = Database(database_url)
        broadcast_id = await going_out(database, many)
        await database.close()
        return broadcast_id

    async def goes_on(since: float, dies_at: int) -> int:
        """A process that is killed at a message of its own: sent, and nobody wrote down that it was."""
        left = dies_at
        with heard.open("a", buffering=1) as out:

            def arrives(moment: float, chat_id: int) -> None:
                nonlocal left
                out.write(f"{since} {moment} {chat_id}\n")
                left -= 1
                if left == 0:
                    kill_nine()

            hours = Hours(since)
            telegram = FarTelegram(hours, way=a_way(dies_at), arrives=arrives)
            database = Watched(database_url)
            herald = herald_of(database, telegram, telegram.limit())

            async def until_done() -> None:
                while await broadcasts.run(database, herald, Dated(hours)):
                    pass

            await hours.live(until_done(), busy=lambda: database.in_hand > 0)
            assert await is_done(database, broadcast_id)
            unclear = (await states(database, broadcast_id))[RecipientState.UNKNOWN]
            await database.close()
        assert telegram.refused == 0
        return unclear

    broadcast_id = asyncio.run(begins())
    for number, dies_at in enumerate(kills):
        with pytest.raises(Killed):
            in_a_child(partial(goes_on, number * (GIVEN_UP + many / 20), dies_at))
    unclear = in_a_child(partial(goes_on, len(kills) * (GIVEN_UP + many / 20), 0))

    lines = [line.split() for line in heard.read_text().splitlines()]
    assert max(Counter(chat_id for _, _, chat_id in lines).values()) == 1
    assert unclear <= len(kills) * UNCLEAR
    assert len(lines) >= many - unclear
    for since in {line[0] for line in lines}:
        moments = sorted(float(moment) for begun, moment, _ in lines if begun == since)
        assert most_in_a_second(moments) <= PER_SECOND
        assert rate(moments) >= 0.95 * PER_SECOND


@pytest.mark.one_database
@pytest.mark.parametrize("silent", [False, True])
async def test_what_is_stopped_ends_within_a_second_also_behind_a_silence(*, silent: bool, database_url: str) -> None:
    database = Watched(database_url)
    broadcast_id = await going_out(database, 200)
    hours = Hours()
    moments: list[float] = []
    telegram = FarTelegram(hours, way=lambda: SLOW, arrives=lambda moment, _chat_id: moments.append(moment))
    limit = telegram.limit()
    herald = herald_of(database, telegram, limit)

    async def set_running(session: AsyncSession, *, running: bool) -> None:
        oscar = operating(await user(session, OSCAR))
        await broadcasts.set_running(session, oscar, broadcast_id, running=running, now=START)

    async def stop_in_the_midst() -> None:
        await hours.sleep(2)
        if silent:
            await limit.hold(30)
        await hours.sleep(1)
        await database.transact(partial(set_running, running=False))

    async def both() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(stop_in_the_midst())
            await broadcasts.run(database, herald, Dated(hours))

    busy = lambda: database.in_hand > 0  # noqa: E731
    await hours.live(both(), busy=busy)
    assert moments[-1] < (2 + 2 * SLOW if silent else 4)
    assert await states(database, broadcast_id) == {
        RecipientState.SENT: len(moments),
        RecipientState.WAITING: 200 - len(moments),
    }
    await database.transact(partial(set_running, running=True))
    await hours.live(broadcasts.run(database, herald, Dated(hours)), busy=busy)
    assert await states(database, broadcast_id) == {RecipientState.SENT: 200}
    await database.close()
