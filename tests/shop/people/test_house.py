"""What was imported before anybody operated the shop becomes the first operator's, once, with its orders and news."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from db.base import Base
from db.models import Notification, Order, Product, User
from db.session import Database
from shop import doctor
from shop.importing import import_file
from shop.notifications.outbox import UNREACHABLE
from shop.orders.news import tell_seller
from shop.people import house, users
from shop.policy import Policy
from tests.shop.buying import place
from tests.world.clock import START, ManualClock
from tests.world.people import ANN, OSCAR, user

CSV = "name,price,quantity,category,sku\nGreen tea,4.50,5,Tea,TEA\nScarf,29,2,Clothes,SCARF\n"
NOBODY = Policy(shop_name="Test shop")
OSCARS = Policy(shop_name="Test shop", operators=frozenset({OSCAR.telegram_id}))


@pytest.fixture
async def imported(database: Database, clock: ManualClock, tmp_path: Path) -> Path:
    """Two products of the shop itself; the file they came from."""
    file = tmp_path / "shop.csv"
    file.write_text(CSV, encoding="utf-8")
    await _import(database, clock, file, NOBODY)
    return file


async def _import(database: Database, clock: ManualClock, file: Path, policy: Policy) -> None:
    report = await import_file(database, file, policy=policy, clock=clock)
    assert report.ok, report.problems


async def _sellers(database: Database) -> dict[int | None, int]:
    query = select(User.telegram_id, func.count(Product.id)).join(Product, Product.owner_id == User.id)
    async with database.read() as session:
        return {row[0]: row[1] for row in await session.execute(query.group_by(User.telegram_id))}


async def test_the_first_operator_takes_over_and_a_second_import_makes_no_doubles(
    database: Database, clock: ManualClock, imported: Path
) -> None:
    await _import(database, clock, imported, OSCARS)

    assert await _sellers(database) == {OSCAR.telegram_id: 2}


async def test_an_operator_who_was_met_before_takes_over_too(
    database: Database, clock: ManualClock, imported: Path
) -> None:
    async with database.begin() as session:
        await user(session, OSCAR)

    await _import(database, clock, imported, OSCARS)

    assert await _sellers(database) == {OSCAR.telegram_id: 2}


async def test_what_both_have_is_kept_under_two_skus(database: Database, clock: ManualClock, imported: Path) -> None:
    his = OSCAR.telegram_id
    assert (await import_file(database, imported, owner_telegram_id=his, policy=NOBODY, clock=clock)).ok

    async with database.begin() as session:
        assert await house.take_over(session, {OSCAR.telegram_id}, now=START)
        assert not await house.take_over(session, {OSCAR.telegram_id}, now=START), "the second time there is nothing"

    assert await _sellers(database) == {OSCAR.telegram_id: 4}
    async with database.read() as session:
        skus = set(await session.scalars(select(Product.sku)))
    assert {"TEA", "SCARF"} < skus
    assert len(skus) == 4


async def test_orders_and_their_news_go_along(database: Database, clock: ManualClock, imported: Path) -> None:
    async with database.begin() as session:
        tea = (await session.scalars(select(Product).where(Product.sku == "TEA"))).one()
        order = await place(session, await user(session, ANN), tea)
        await tell_seller(session, order.id, order.owner_id, now=START)
        given_up = update(Notification).where(Notification.kind == "new_order")
        await session.execute(given_up.values(dead_at=START, error=UNREACHABLE))

    async with database.begin() as session:
        await house.take_over(session, {OSCAR.telegram_id}, now=START)
        oscar = await users.recognise(
            session, telegram_id=OSCAR.telegram_id, username="oscar", name="Oscar", language="en", now=START
        )

    async with database.read() as session:
        assert await session.scalar(select(Order.owner_id)) == oscar.id
        news = (await session.scalars(select(Notification).where(Notification.kind == "new_order"))).one()
        assert (news.user_id, news.dead_at) == (oscar.id, None)
        assert await doctor.check(session, now=clock.now()) == []


async def test_who_never_spoke_sells_under_the_name_of_the_shop(
    database: Database, clock: ManualClock, tmp_path: Path
) -> None:
    file = tmp_path / "shop.csv"
    file.write_text(CSV, encoding="utf-8")
    await _import(database, clock, file, OSCARS)

    async with database.read() as session:
        assert list(await session.scalars(select(User.name))) == [OSCARS.shop_name]


async def test_an_operator_who_takes_over_unseen_keeps_the_name_of_the_shop(
    database: Database, clock: ManualClock, imported: Path
) -> None:
    await _import(database, clock, imported, OSCARS)

    async with database.read() as session:
        assert list(await session.scalars(select(User.name))) == [NOBODY.shop_name]


def test_everything_that_names_its_seller_is_handed_over_or_cannot_be_the_shops_own() -> None:
    """A new table with a seller is one of these; the shop's own has no chat, and so no staff and no texts.

    A receipt stays with who issued it: its number is one of theirs.
    """
    handed_over = {"categories", "import_runs", "messages", "order_notes", "orders", "products", "returns"}
    handed_over |= {"credit_accounts", "gift_cards", "subscriptions"}
    needs_a_chat = {"customer_notes", "invitations", "promotions", "saved_answers", "staff", "staff_chats"}
    stays = {"letterheads", "receipt_counters", "receipts"}
    sellers = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in {"owner_id", "seller_id"} and column.foreign_keys
    }

    assert sellers == handed_over | needs_a_chat | stays
