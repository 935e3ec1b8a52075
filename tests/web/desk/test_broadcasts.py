"""Broadcasts at the desk: nothing goes out before its seller says so, and to nobody else's customers."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import AdminEvent, Broadcast, BroadcastState, Notification, User
from db.session import Database
from tests.web.desk.conftest import Browser
from tests.web.desk.test_orders import order_id as an_order
from tests.web.desk.test_orders import signed_in
from tests.web.desk.test_products import send
from tests.world.clock import ManualClock

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]
order_id = an_order  # Ann bought from Olga: the only one whom Olga may write to


async def written(them: Browser, text: str = "Fresh tea!") -> int:
    """A draft, by its form."""
    answer = await send(them, "/broadcasts/new", "/broadcasts/new", {"text": text})
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rpartition("/")[2])


async def kept(database: Database, number: int) -> Broadcast:
    """As it is in the database."""
    async with database.read() as session:
        return await session.get_one(Broadcast, number)


async def test_it_is_written_sized_tried_sent_and_stopped(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], order_id: int
) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    for text in ("  ", "x" * 4097):
        assert (await send(olga, "/broadcasts/new", "/broadcasts/new", {"text": text})).status_code == 422
    number = await written(olga, "Fresh <b>tea</b>!")
    one = f"/broadcasts/{number}"
    page = (await olga.get(one)).text
    assert "Reaches 1 person now." in page
    assert "Fresh &lt;b&gt;tea" in page
    await send(olga, one, f"{one}/people", {"add": "once"})
    await send(olga, one, f"{one}/people", {"add": "ru"})
    assert "Reaches 0 people now." in (await olga.get(one)).text
    assert (await olga.get(f"{one}/send")).status_code == 303  # to nobody
    await send(olga, one, f"{one}/people", {"drop": "ru"})
    for _ in range(2):
        await send(olga, one, f"{one}/try", {"once": "the same form"})
    async with database.read() as session:
        tried = (await session.scalars(select(Notification))).all()
    assert [(note.kind, note.user_id) for note in tried] == [("broadcast_tried", people["Olga"].id)]
    question = (await olga.get(f"{one}/send")).text
    assert "Send this to 1 person?" in question
    await send(olga, one, f"{one}/send", {"sure": "1", "seen": "once,ru"})  # of other people
    assert (await kept(database, number)).state is BroadcastState.DRAFT
    for _ in range(2):
        await send(olga, one, f"{one}/send", {"sure": "1", "seen": "once"})
    assert (await kept(database, number)).state is BroadcastState.RUNNING
    assert "data-desk-moving" in (await olga.get(one)).text
    await send(olga, one, f"{one}/running", {"to": "stop"})
    assert (await kept(database, number)).state is BroadcastState.STOPPED
    await send(olga, one, f"{one}/running", {"to": "run"})
    assert "goes out" in (await olga.get("/broadcasts")).text
    async with database.read() as session:
        actions = list(await session.scalars(select(AdminEvent.action).order_by(AdminEvent.id)))
    assert actions == ["broadcast.started", "broadcast.stopped", "broadcast.started"]


async def test_it_waits_for_its_time(
    browser: Opens, link_of: Links, database: Database, clock: ManualClock, order_id: int
) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    number = await written(olga)
    one = f"/broadcasts/{number}"
    for at in ("", "soon", "1999-01-01T10:00"):
        await send(olga, one, f"{one}/time", {"at": at})
        assert (await kept(database, number)).starts_at is None, at
    then = clock.now() + timedelta(days=2)
    await send(olga, one, f"{one}/time", {"at": then.strftime("%Y-%m-%dT%H:%M")})
    starts = (await kept(database, number)).starts_at
    assert starts is not None
    assert abs(starts - then) < timedelta(minutes=1)
    assert "waits for its time" in (await olga.get("/broadcasts")).text
    await send(olga, one, f"{one}/time", {"do": "never"})
    assert (await kept(database, number)).starts_at is None
    assert order_id


@pytest.mark.parametrize("name", ["Ivan", "Bob"])
async def test_others_neither_see_nor_send_it(
    browser: Opens, link_of: Links, database: Database, order_id: int, name: str
) -> None:
    olga, them = await signed_in(browser, link_of, "Olga"), await signed_in(browser, link_of, name)
    number = await written(olga)
    one = f"/broadcasts/{number}"
    for path in ("", "/send"):
        assert (await them.get(f"{one}{path}")).status_code == (403 if name == "Bob" else 404)
    for path, data in (
        ("/people", {"add": "ru"}),
        ("/try", {"once": "x"}),
        ("/time", {"at": "2999-01-01T10:00"}),
        ("/send", {"sure": "1", "seen": ""}),
        ("/running", {"to": "run"}),
    ):
        await send(them, "/account", f"{one}{path}", data)
    left = await kept(database, number)
    assert (left.state, left.segment, left.starts_at) == (BroadcastState.DRAFT, [], None)
    async with database.read() as session:
        assert (await session.scalars(select(Notification))).all() == []
    assert order_id
