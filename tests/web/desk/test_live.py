"""Open pages hear that orders changed: of their own shop alone, until they are signed out, and so many at most."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
from sqlalchemy import update

from db.models import Order, User
from db.session import Database
from shop.desk import sessions
from shop.orders import changes
from tests.web.desk.conftest import Browser
from tests.web.desk.test_orders import order_id as an_order
from tests.world.clock import START, ManualClock
from web.desk.behind import Behind
from web.desk.live import AT_ONCE, BEATS, OF_ONE, Live

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]
order_id = an_order


async def at_once() -> bool:
    """No rest between two looks."""
    return False


async def listening(live: Live, opened: Browser, person: User) -> AsyncGenerator[str]:
    """What a page hears from now on."""
    told = live.events(opened.cookie or "", person.id, at_once)
    assert (await anext(told)).startswith("retry")
    assert await anext(told) == ": here\n\n"
    return told


async def move(database: Database, order_id: int, clock: ManualClock) -> None:
    """The order changes."""
    clock.pass_by(seconds=5)
    async with database.begin() as session:
        await session.execute(update(Order).where(Order.id == order_id).values(updated_at=clock.now()))


async def test_who_sells_it_hears_of_it_once_and_nobody_else(
    database: Database,
    people: dict[str, User],
    behind: Behind,
    browser: Opens,
    link_of: Links,
    order_id: int,
    clock: ManualClock,
) -> None:
    live = Live(behind)
    olga, ivan = browser(), browser()
    await olga.comes_by(await link_of("Olga"))
    await ivan.comes_by(await link_of("Ivan"))
    hers, his = await listening(live, olga, people["Olga"]), await listening(live, ivan, people["Ivan"])
    await move(database, order_id, clock)
    assert await anext(hers) == f"event: orders\ndata: {order_id}\n\n"
    assert await anext(hers) == ": here\n\n"  # ten looks later
    assert await anext(his) == ": here\n\n"


async def test_it_ends_when_the_person_is_signed_out(
    database: Database,
    people: dict[str, User],
    behind: Behind,
    browser: Opens,
    link_of: Links,
    order_id: int,
    clock: ManualClock,
) -> None:
    live, olga = Live(behind), browser()
    await olga.comes_by(await link_of("Olga"))
    told = await listening(live, olga, people["Olga"])
    cookie = olga.cookie or ""
    async with database.begin() as session:
        await sessions.end(session, cookie)
    await move(database, order_id, clock)
    assert await anext(told) == "event: over\ndata: \n\n"
    assert [one async for one in told] == []
    late = await olga.get("/live")  # a page that was signed out before it listened is told the same
    assert (late.status_code, late.text) == (200, "event: over\ndata: \n\n")


async def test_a_page_that_is_open_keeps_nobody_signed_in(
    people: dict[str, User], behind: Behind, browser: Opens, link_of: Links, clock: ManualClock
) -> None:
    live, olga = Live(behind), browser()
    await olga.comes_by(await link_of("Olga"))
    told = await listening(live, olga, people["Olga"])
    for _ in range(2):
        clock.pass_by(hours=5)
        assert await anext(told) == ": here\n\n"
    clock.pass_by(hours=3)
    assert await anext(told) == "event: over\ndata: \n\n"


async def test_so_many_pages_listen_at_most(
    people: dict[str, User], behind: Behind, browser: Opens, link_of: Links
) -> None:
    live, olga = Live(behind), browser()
    await olga.comes_by(await link_of("Olga"))
    open_pages = [await listening(live, olga, people["Olga"]) for _ in range(OF_ONE)]
    too_many = live.events(olga.cookie or "", people["Olga"].id, at_once)
    assert [one async for one in too_many] == ["event: full\ndata: \n\n"]
    await open_pages[0].aclose()
    await listening(live, olga, people["Olga"])
    live._open.update(dict.fromkeys(range(1000, 1000 + AT_ONCE), 1))
    assert [one async for one in live.events("x", 7, at_once)] == ["event: full\ndata: \n\n"]


async def test_it_ends_with_the_server(people: dict[str, User], behind: Behind, browser: Opens, link_of: Links) -> None:
    live, olga = Live(behind), browser()
    await olga.comes_by(await link_of("Olga"))
    told = live.events(olga.cookie or "", people["Olga"].id, live._rest)
    await anext(told)
    await anext(told)
    behind.closing.set()
    assert [one async for one in told] == []
    assert not live._open


async def test_what_was_committed_late_is_seen_all_the_same(
    database: Database, people: dict[str, User], order_id: int
) -> None:
    async with database.read() as session:
        olga = await session.get_one(User, people["Olga"].id)
        first = await changes.look(session, olga, changes.Changes(), now=START)
        assert first.ids == ()
        again = await changes.look(session, olga, first, now=START)
        assert again.ids == ()
        missed = changes.Changes(frozenset(), START + changes.OVERLAP / 2)
        assert (await changes.look(session, olga, missed, now=START)).ids == (order_id,)
    assert BEATS > 1
