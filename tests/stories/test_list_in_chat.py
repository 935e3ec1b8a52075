"""Olga sends a list of products to the bot, sees what it would change, and takes it in."""

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO

from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.screens.selling.lists.buttons import TakeIn
from db.models import AdminEvent, Product, StockMovement
from db.session import Database
from shop import importing
from shop.policy import Policy
from tests.world.clock import ManualClock
from tests.world.guests import Guest
from tests.world.people import OLGA, user
from tests.world.shop import PICTURES, OpenShop

SENT = importing.Sent(mark="a")
TEA = "sku,name,price,quantity\nTEA,Green tea,4.50,10\nCUP,Cup,8,3\nBAD,Broken,free,1\n"


async def goods(shop: OpenShop) -> dict[str, tuple[str, int]]:
    async with shop.db.read() as session:
        rows = await session.execute(select(Product.sku, Product.name, Product.price))
        return {row.sku: (row.name, row.price) for row in rows}


async def sends(guest: Guest, content: str | bytes, name: str = "goods.csv") -> None:
    await guest.shows_file(content.encode() if isinstance(content, str) else content, name=name)


async def test_a_list_is_shown_first_and_taken_in_when_its_sender_says_so(shop: OpenShop) -> None:
    olga = shop.olga
    await olga.says("/start")
    await sends(olga, TEA)
    assert olga.sees("A list with our own columns: 2 products")
    assert olga.sees("New: 2")
    assert olga.sees("Set aside: 1")
    assert olga.sees("line 4 (Broken), price: 'free' is not a price in EUR")
    assert await goods(shop) == {}
    question = olga.screen

    await olga.taps("Take it in")
    assert olga.sees("Taken in")
    assert await goods(shop) == {"TEA": ("Green tea", 450), "CUP": ("Cup", 800)}

    await olga.taps_data(TakeIn(importing.mark_of(TEA.encode())).pack(), on=question)
    assert olga.sees("Taken in"), "a second tap tells what the first one did"
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).where(AdminEvent.action == importing.TAKEN_IN)) == 1
    await sends(olga, TEA)
    assert olga.sees("It changes nothing")
    await olga.says("/log")
    assert olga.sees("took in a list of products")

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ID", "Type", "SKU", "Name", "Regular price", "Sale price", "In stock?", "Stock", "Parent"])
    sheet.append([1, "simple", "TEA", "Green tea", 4.9, None, 1, 12, None])
    sheet.append([2, "external", "", "Elsewhere", 1, None, 1, None, None])
    out = BytesIO()
    book.save(out)
    await sends(olga, out.getvalue(), "wc-export.xlsx")
    assert olga.sees("An export of WooCommerce: 1 product")
    assert olga.sees("price 4.50 → 4.90")
    assert olga.sees("'Elsewhere' is an external product")
    await olga.taps("Take it in")
    assert (await goods(shop))["TEA"] == ("Green tea", 490)
    await shop.keeps_its_promises()


async def test_what_is_no_list_is_said_and_nothing_is_lost(shop: OpenShop) -> None:
    olga = shop.olga
    await olga.says("/start")
    await sends(olga, b"%PDF-1.7", "list.pdf")
    assert olga.sees("This file I cannot use here")
    await sends(olga, b"%PDF-1.4", "list.csv")
    assert olga.sees("Nothing was taken in")
    await sends(olga, b"PK\x03\x04rest", "list.xlsx")
    assert olga.sees("the workbook is damaged")
    await sends(olga, "name,price\n" + "".join(f"Tea {n},4\n" for n in range(importing.MOST + 1)))
    assert olga.sees("10,001 products and variants; at most 10,000 at once")
    await sends(olga, "name,price\nGood,4\n" + "".join(f"Tea {n},free\n" for n in range(12)))
    assert olga.sees("All of them are in the file above")
    await olga.taps("Cancel")
    await olga.says("/start")
    assert await goods(shop) == {}
    await shop.keeps_its_promises()


async def test_a_list_that_means_something_else_by_now_is_asked_about_again(shop: OpenShop) -> None:
    olga = shop.olga
    await olga.says("/start")
    await sends(olga, TEA)
    async with shop.db.read() as session:
        owner = await user(session, OLGA)
    report = await importing.import_bytes(
        shop.db, b"sku,name,price\nTEA,Black tea,5\n", owner_id=owner.id, policy=Policy(), clock=shop.clock
    )
    assert report.applied

    await olga.taps("Take it in")

    assert olga.sees("Something changed meanwhile")
    assert olga.sees("Changed: 1")
    assert (await goods(shop)).keys() == {"TEA"}
    await olga.taps("Take it in")
    assert (await goods(shop))["TEA"] == ("Green tea", 450)


async def test_the_file_of_a_stranger_is_not_read(shop: OpenShop) -> None:
    await shop.eve.says("/start")
    await shop.eve.shows_file((PICTURES / "tote.jpg").read_bytes(), name="x.bin")
    before = shop.eve.newest

    await sends(shop.eve, TEA)

    assert shop.eve.newest == before, "as for any other file"
    await shop.eve.taps_data(TakeIn(importing.mark_of(TEA.encode())).pack(), on=shop.eve.screen)
    assert await goods(shop) == {}
    await shop.keeps_its_promises()


Say = Callable[[AsyncSession], Awaitable[bool]]


async def yes(_session: AsyncSession) -> bool:
    return True


async def test_two_who_say_yes_at_once_take_it_in_once(database: Database, clock: ManualClock, policy: Policy) -> None:
    async with database.begin() as session:
        olga = await user(session, OLGA)
    content = TEA.encode()
    report = await importing.look(database, olga, content, policy=policy, clock=clock)

    async def take() -> bool:
        try:
            taken = await importing.take(
                database,
                olga,
                content,
                seen=importing.outline(report),
                agreed=yes,
                sent=SENT,
                policy=policy,
                clock=clock,
            )
        except importing.NotAgreed:
            return False
        return taken.applied

    assert sorted(await asyncio.gather(take(), take(), take())) == [False, False, True]
    async with database.read() as session:
        assert await session.scalar(select(func.sum(StockMovement.delta))) == 13


async def test_a_write_that_fails_in_the_middle_leaves_nothing_behind(
    database: Database, clock: ManualClock, policy: Policy
) -> None:
    async with database.begin() as session:
        olga = await user(session, OLGA)
    content = TEA.encode()
    report = await importing.look(database, olga, content, policy=policy, clock=clock)

    async def breaks(session: AsyncSession) -> bool:
        session.add(Product(owner_id=olga.id, sku="HALF"))  # what the database refuses when it is written
        return True

    taken = await importing.take(
        database, olga, content, seen=importing.outline(report), agreed=breaks, sent=SENT, policy=policy, clock=clock
    )

    assert not taken.applied
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == 0
        since = clock.now()
        assert await importing.taken(session, olga, importing.mark_of(content), since=since) is None
