"""A form in progress is a row: it survives a restart, and there is one a person."""

import asyncio

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Dialog
from db.session import Database
from shop.forms import dialogs
from tests.world.clock import START
from tests.world.people import ANN, BOB, user


async def test_a_form_goes_on_where_it_was(database: Database) -> None:
    async with database.begin() as session:
        ann = await user(session, ANN)
        await dialogs.start(session, ann, "add_product", "name", {"photo": "file-1"}, message_id=17, now=START)
    async with database.begin() as session:
        data = {"photo": "file-1", "name": "Grüner Tee 🍵"}
        assert await dialogs.update(session, ann, step="price", data=data, now=START)
    async with database.read() as session:
        form = await dialogs.current(session, ann)
    assert form is not None
    assert (form.kind, form.step, form.data, form.message_id) == ("add_product", "price", data, 17)


async def test_a_new_form_takes_the_place_of_the_old_one(session: AsyncSession) -> None:
    ann, bob = await user(session, ANN), await user(session, BOB)
    await dialogs.start(session, bob, "problem", "text", now=START)
    await dialogs.start(session, ann, "problem", "text", {"order_id": 1}, now=START)
    form = await dialogs.start(session, ann, "search", "text", now=START)
    assert (form.kind, form.data) == ("search", {})
    assert not await dialogs.update(session, ann, kind="problem", step="more", data={}, now=START)
    assert not await dialogs.finish(session, ann, "problem")
    assert await dialogs.finish(session, ann)
    assert await dialogs.current(session, ann) is None
    assert await dialogs.current(session, bob) is not None
    assert not await dialogs.finish(session, ann)
    assert not await dialogs.update(session, ann, step="more", data={}, now=START)


async def test_a_form_begun_twice_at_once_is_one_form(database: Database) -> None:
    async with database.begin() as session:
        ann = await user(session, ANN)
    await asyncio.gather(
        *(
            database.transact(lambda session: dialogs.start(session, ann, "problem", "text", now=START))
            for _ in range(4)
        )
    )
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Dialog)) == 1
