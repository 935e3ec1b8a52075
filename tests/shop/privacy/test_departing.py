"""Whoever leaves is nobody afterwards: no order of theirs is left open, and nothing about them lies in any table."""

from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.models import (
    Address,
    Ban,
    Departure,
    Favourite,
    KeptForm,
    Message,
    Notification,
    Order,
    OrderStatus,
    Product,
    Review,
    StockWatch,
    User,
)
from db.session import Database
from shop import carts, favourites
from shop.doctor import orders
from shop.people import addresses, users
from shop.policy import Policy
from shop.privacy import departing, holdings, retention, scrubbing
from tests.shop.buying import ROOMY, place
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, OSCAR, Someone, user

BERLIN = {"name": "Ann Example", "city": "Berlin", "street_line1": "Kannenweg 3", "phone_number": "+49 30 1234567"}
PEOPLE = "user_id", "customer_id", "telegram_id", "used_by"
TRIES = 12


async def leave(database: Database, who: User, *, keep_reviews: bool = True) -> departing.Obstacles:
    """Delete the account as the screen does."""

    async def work(session: AsyncSession) -> departing.Obstacles:
        return await departing.depart(
            session, who.id, keep_reviews=keep_reviews, operators={OSCAR.telegram_id}, now=START
        )

    return await database.transact(work)


async def gone(database: Database, who: User, clock: ManualClock, policy: Policy = ROOMY) -> None:
    async with database.read() as session:
        departure = await session.get_one(Departure, who.id)
    await scrubbing.scrub(database, departure, clock, policy)


async def a_life(database: Database) -> tuple[User, Order]:
    """Ann's, as a customer: one finished order, and something of everything else."""
    async with database.begin() as session:
        ann, tea, mug = await user(session, ANN), await a_product(session), await a_product(session, "Mug")
        order = await place(session, ann, tea)
        session.add(order)
        order.status, order.address, order.note = OrderStatus.COMPLETED, BERLIN, "Ring twice"
        order.completed_at = START
        await carts.set_quantity(session, ann, mug.id, 1, now=START)
        await addresses.remember(session, ann.id, BERLIN, now=START)
        await favourites.add(session, ann, mug.id, now=START)
        common: dict[str, Any] = {"created_at": START, "updated_at": START}
        session.add_all(
            [
                StockWatch(product_id=mug.id, user_id=ann.id, created_at=START),
                KeptForm(user_id=ann.id, kind="address", step="name", data={"name": "Ann"}, updated_at=START),
                Review(product_id=tea.id, user_id=ann.id, order_id=order.id, rating=4, comment="Ann here", **common),
                Message(
                    order_id=order.id,
                    customer_id=ann.id,
                    seller_id=tea.owner_id,
                    author="customer",
                    text="I am Ann",
                    once="1",
                    created_at=START,
                ),
            ]
        )
        await session.execute(update(Product).where(Product.id == tea.id).values(rating_sum=4, rating_count=1))
    return ann, order


def test_every_table_that_knows_people_says_what_becomes_of_them() -> None:
    """A new table with somebody's id belongs into holdings.BECOMES, and what goes is removed by scrubbing.py."""
    people = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(key.target_fullname == "users.id" for key in table.foreign_keys)
        or set(PEOPLE) & set(table.columns.keys())
    }

    assert people - set(holdings.BECOMES) == set()
    assert {"admin_events", "broadcasts", "seller_hours"} >= set(holdings.BECOMES) - people


@pytest.mark.parametrize("keep_reviews", [True, False])
async def test_nothing_is_left_of_who_left(database: Database, clock: ManualClock, keep_reviews: bool) -> None:
    ann, order = await a_life(database)

    assert not await leave(database, ann, keep_reviews=keep_reviews)
    await gone(database, ann, clock)

    async with database.read() as session:
        for table, what in holdings.BECOMES.items():
            if what == holdings.GOES:
                columns = Base.metadata.tables[table].c
                whose = columns["customer_id" if "customer_id" in columns else "user_id"]
                assert not await session.scalar(select(func.count()).where(whose == ann.id)), table
        person = await session.get_one(User, ann.id)
        assert (person.telegram_id, person.username, person.username_folded) == (None, None, None)
        assert (person.name, person.language, person.reachable) == (departing.NOBODY, None, False)
        kept = await session.get_one(Order, order.id)
        assert (kept.address, kept.phone_end, kept.note, kept.total_price) == (None, None, None, 450)
        assert len(list(await session.scalars(select(Review)))) == keep_reviews
        assert await session.scalar(select(Product.rating_count).where(Product.name == "Green tea")) == keep_reviews
        for check in (orders.reviews_are_by_buyers, orders.ratings_add_up, orders.totals_add_up):
            assert await check(session, START) == []


async def test_what_the_law_keeps_stays_with_the_order_until_that_is_over(
    database: Database, clock: ManualClock
) -> None:
    policy = replace(ROOMY, keep_orders=START - START.replace(year=START.year - 10))
    ann, order = await a_life(database)
    await leave(database, ann)
    await gone(database, ann, clock, policy)
    async with database.read() as session:
        assert (await session.get_one(Order, order.id)).address == BERLIN

    clock.pass_by(days=3700)
    await retention.keep_in_bounds(database, clock, policy)

    async with database.read() as session:
        assert (await session.get_one(Order, order.id)).address is None
        assert (await session.get_one(Departure, ann.id)).scrubbed_at is not None


async def test_who_comes_back_is_somebody_new(database: Database, clock: ManualClock) -> None:
    ann, order = await a_life(database)
    await leave(database, ann)
    await leave(database, ann)  # tapped twice
    await gone(database, ann, clock)

    async with database.begin() as session:
        again = await users.recognise(
            session, telegram_id=ANN.telegram_id, username=ANN.username, name="Ann", language="en", now=START
        )
    async with database.read() as session:
        assert again.id != ann.id
        assert await holdings.look(session, again.id) == holdings.Holdings(*[0] * 9)
        assert (await session.get_one(Order, order.id)).user_id == ann.id


@pytest.mark.one_database
async def test_a_ban_outlives_the_account_with_the_number_alone(database: Database, clock: ManualClock) -> None:
    ann, _ = await a_life(database)
    async with database.begin() as session:
        session.add(Ban(user_id=ann.id, seller_id=0, actor="operator:1", created_at=START))
    await leave(database, ann)
    await gone(database, ann, clock)

    async with database.read() as session:
        shell = (await session.scalars(select(User).where(User.telegram_id == ANN.telegram_id))).one()
        assert (shell.id != ann.id, shell.name, shell.username) == (True, "", None)
        assert await session.scalar(select(Ban.user_id)) == shell.id


@pytest.mark.one_database
@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.SHIPPED])
async def test_what_is_under_way_comes_first(database: Database, status: OrderStatus) -> None:
    ann, order = await a_life(database)
    async with database.begin() as session:
        await session.execute(update(Order).values(status=status))

    found = await leave(database, ann)

    assert [one.id for one in found.orders] == [order.id]
    async with database.read() as session:
        assert (await session.get_one(User, ann.id)).telegram_id == ANN.telegram_id
        assert await session.scalar(select(func.count(Address.id))) == 1


@pytest.mark.one_database
@pytest.mark.parametrize(("who", "why"), [(OLGA, "sells"), (OSCAR, "operates")])
async def test_who_runs_the_shop_cannot_leave_it(database: Database, who: Someone, why: str) -> None:
    async with database.begin() as session:
        person = await user(session, who)
    found = await leave(database, person)
    assert getattr(found, why)


@pytest.mark.one_database
async def test_late_money_for_an_expired_order_of_who_left_revives_nothing(database: Database) -> None:
    ann, order = await a_life(database)
    async with database.begin() as session:
        await session.execute(update(Order).values(status=OrderStatus.CANCELLED, cancel_reason="payment_expired"))
    await leave(database, ann)
    async with database.read() as session:
        assert (await session.get_one(Order, order.id)).cancel_reason == departing.LEFT


@pytest.mark.one_database
async def test_what_slipped_in_while_somebody_left_is_removed_within_the_hour(
    database: Database, clock: ManualClock
) -> None:
    ann, _ = await a_life(database)
    await leave(database, ann)
    await gone(database, ann, clock)
    async with database.begin() as session:  # another replica knew them still
        mug = (await session.scalars(select(Product).where(Product.name == "Mug"))).one()
        await favourites.add(session, ann, mug.id, now=START)
        await addresses.remember(session, ann.id, BERLIN, now=START)
        told = {"user_id": ann.id, "kind": "x", "data": {}, "dedupe_key": "x", "run_at": START, "created_at": START}
        session.add(Notification(**told))
    clock.pass_by(hours=2)

    await retention.keep_in_bounds(database, clock, ROOMY)

    async with database.read() as session:
        assert await session.scalar(select(func.count(Favourite.id))) == 0
        assert await session.scalar(select(func.count(Address.id))) == 0
        assert (await session.scalars(select(Notification).where(Notification.kind == "x"))).one().dead_at is not None
    assert await retention.keep_in_bounds(database, clock, ROOMY) == 0
