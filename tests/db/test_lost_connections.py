"""The connection to a server breaks in the middle: what is safe to do again is done again, what is not is said."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import User
from db.session import CommitUnknown, Database, DatabaseAway, is_away
from tests.world.people import ANN, user
from tests.world.wire import wire_to

pytestmark = pytest.mark.server_databases


async def test_a_transaction_whose_connection_breaks_in_the_middle_is_done_again(database_url: str) -> None:
    """Guard: a lost connection is on the list of what is tried again, each time from the start."""
    async with wire_to(database_url) as wire:
        shop = Database(wire.url)
        runs = 0

        async def work(session: AsyncSession) -> None:
            nonlocal runs
            runs += 1
            await user(session, ANN)
            if runs == 1:
                wire.cut()
                wire.mend()
            await session.scalar(select(func.count()).select_from(User))

        await shop.transact(work)
        async with shop.read() as session:
            assert (runs, await session.scalar(select(func.count()).select_from(User))) == (2, 1)
        await shop.close()


async def test_a_commit_that_was_cut_off_is_not_done_again(database_url: str) -> None:
    """Guard: CommitUnknown; the work may have happened, and doing it twice is worse than saying so."""
    async with wire_to(database_url) as wire:
        shop = Database(wire.url)
        runs = 0

        async def work(session: AsyncSession) -> None:
            nonlocal runs
            runs += 1
            await user(session, ANN)
            wire.cut_before(b"COMMIT")

        with pytest.raises(CommitUnknown) as caught:
            await shop.transact(work)
        assert is_away(caught.value), "whoever waits is told to try again soon"
        assert runs == 1
        await shop.close()


async def test_a_server_that_is_gone_is_called_away_and_comes_back_by_itself(database_url: str) -> None:
    """Guards: the drivers' and the sockets' errors are one; a dead connection in the pool is found out."""
    async with wire_to(database_url) as wire:
        shop = Database(wire.url)
        async with shop.read() as session:
            await session.scalar(select(func.count()).select_from(User))
        wire.cut()
        for _ in range(2):
            with pytest.raises((DatabaseAway, DBAPIError)) as caught:
                await shop.transact(lambda session: user(session, ANN))
            assert is_away(caught.value)
        wire.mend()
        await shop.transact(lambda session: user(session, ANN))
        await shop.close()
