"""A broadcast whose process is killed (-9) again and again: everybody has it at most once, and it comes to its end."""

import asyncio
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from db.models import Broadcast, RecipientState, User
from db.session import Database
from shop.broadcasts import Standing
from shop.broadcasts.sending import IN_LINE, Ready, run
from tests.payments.killing import Killed, in_a_child, kill_nine
from tests.shop.broadcasts.test_sending import going_out, is_done, states
from tests.world.clock import START, ManualClock

LATER = timedelta(minutes=3)  # after a crash: what was on its way is given up


class Paper:
    """Writes down who heard it where it outlives the process, which is killed at one of its steps (0: at none)."""

    def __init__(self, file: Path, dies_at: int) -> None:
        self.file = file
        self.dies_at = dies_at
        self.steps = 0

    async def calm(self) -> None:
        """Telegram wants no silence."""

    async def bring(self, broadcast: Broadcast, person: User, ready: Ready) -> bool:
        await asyncio.sleep(0)
        self._step()
        if not await ready():
            return False
        self._step()
        with self.file.open("a") as out:
            out.write(f"{person.telegram_id}\n")
        self._step()
        return True

    async def show(self, standing: Standing) -> None:
        """Nobody looks."""

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.dies_at:
            kill_nine()


@pytest.mark.parametrize("many", [60, pytest.param(5_000, marks=pytest.mark.nightly)])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")
def test_whatever_is_killed_nobody_has_it_twice(many: int, database_url: str, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    heard.touch()

    async def begins() -> int:
        database = Database(database_url)
        broadcast_id = await going_out(database, many)
        await database.close()
        return broadcast_id

    async def goes_on(dies_at: int, after: timedelta) -> int:
        database, herald, clock = Database(database_url), Paper(heard, dies_at), ManualClock(START + after)
        while await run(database, herald, clock):
            pass
        done = await is_done(database, broadcast_id)
        unclear = (await states(database, broadcast_id))[RecipientState.UNKNOWN]
        await database.close()
        assert done
        return unclear

    broadcast_id = asyncio.run(begins())
    moments = [2, many // 2, many // 2 + 1, 2 * many // 3]  # before a claim, after it, after it was sent
    for number, moment in enumerate(moments):
        after = number * LATER
        with pytest.raises(Killed):
            in_a_child(partial(goes_on, moment, after))
    unclear = in_a_child(partial(goes_on, 0, len(moments) * LATER))

    who = Counter(heard.read_text().split())
    assert max(who.values()) == 1
    assert unclear <= len(moments) * 2 * IN_LINE
    assert len(who) >= many - unclear
