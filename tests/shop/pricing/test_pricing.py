"""What a product costs at a moment: the rule, the same in SQL, and an order that keeps what it was placed at."""

from datetime import datetime, timedelta
from itertools import product as every

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product
from shop import carts, orders, pricing, products
from shop.catalog import get_product, list_products
from shop.products.sales import SaleDraft, end_sale, put_on_sale
from shop.refusals import CannotRead, NotFound, PriceChanged
from tests.shop.buying import check_out, place
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, IVAN, OLGA, user

HOUR = timedelta(hours=1)
MOMENTS = (None, START - HOUR, START, START + HOUR)


async def test_the_rule_and_the_database_say_the_same_price_at_every_moment(session: AsyncSession) -> None:
    """Fails when one of them takes the end of a sale for a part of it, or forgets one without a beginning."""
    told: dict[int, int] = {}
    for sale, begins, ends in every((None, 990), MOMENTS, MOMENTS):
        if begins is not None and ends is not None and begins >= ends:
            continue
        tea = await a_product(session, price=1200)
        tea.sale_price, tea.sale_from, tea.sale_until = sale, begins, ends
        on_sale = sale and (begins is None or begins <= START) and (ends is None or ends > START)
        told[tea.id] = 990 if on_sale else 1200
        assert pricing.price_at(tea, START) == told[tea.id], (begins, ends)
    await session.flush()
    rows = await session.execute(select(Product.id, pricing.cost(START)).where(Product.id.in_(told)))
    assert {row[0]: row[1] for row in rows} == told


@pytest.mark.parametrize(
    "values",
    [{"sale_price": 1200}, {"sale_price": 0}, {"sale_price": 990, "sale_from": START, "sale_until": START}],
)
async def test_no_sale_is_written_that_costs_no_less_or_has_no_time(
    session: AsyncSession, values: dict[str, int | datetime]
) -> None:
    tea = await a_product(session, price=1200)
    with pytest.raises(DBAPIError, match=r"(?i)check|constraint"):
        async with session.begin_nested():
            await session.execute(update(Product).where(Product.id == tea.id).values(values))


async def test_a_list_and_a_page_show_the_lowest_price_of_the_moment_and_the_old_one(session: AsyncSession) -> None:
    olga = await user(session, OLGA)
    parent, (small, *_others) = await a_product_with_variants(session, price=2900)
    await put_on_sale(session, olga, small.id, SaleDraft(percent=50, ends=START + HOUR), now=START)
    for now, price, was, turns in ((START, 1450, 2900, START + HOUR), (START + HOUR, 2900, None, None)):
        (item,) = (await list_products(session, parent.category_id, now=now)).items
        card = await get_product(session, parent.id, now=now)
        for shown in (item, card):
            assert (shown.price, shown.was, shown.turns_at, shown.from_price) == (price, was, turns, was is not None)
        assert [variant.was for variant in card.variants] == [was, None, None]


async def test_a_sale_that_ends_between_the_cart_and_the_order_is_said_and_an_order_keeps_its_price(
    session: AsyncSession,
) -> None:
    olga, ann = await user(session, OLGA), await user(session, ANN)
    tea = await a_product(session, price=1200, stock=9)
    await put_on_sale(session, olga, tea.id, SaleDraft(price=990, ends=START + HOUR), now=START)
    order = await place(session, ann, tea, 2)
    later = START + HOUR
    (item,) = (await orders.get_for_customer(session, ann, order.id)).items
    assert (item.price, order.subtotal) == (990, 1980)

    await carts.set_quantity(session, ann, tea.id, 1, now=START)
    with pytest.raises(PriceChanged) as refused:
        await check_out(session, ann, tea, now=later)
    assert (refused.value.data["old"], refused.value.data["new"]) == (990, 1200)
    line = (await carts.look(session, ann, now=later)).line(tea.id)
    assert line is not None
    assert (line.price_changed, line.was) == (True, None)
    await carts.acknowledge_prices(session, ann, now=later)
    assert (await check_out(session, ann, tea, now=later)).subtotal == 1200


async def test_a_sale_is_set_for_all_variants_and_ended_and_a_lower_price_ends_it(session: AsyncSession) -> None:
    olga, ivan = await user(session, OLGA), await user(session, IVAN)
    parent, (small, large, red) = await a_product_with_variants(session, price=2900)
    await products.set_price(session, olga, red.id, 1999, now=START)
    with pytest.raises(CannotRead) as refused:
        await put_on_sale(session, olga, parent.id, SaleDraft(price=1999), now=START)
    assert refused.value.data["limit"] == 1999
    with pytest.raises(NotFound):
        await put_on_sale(session, ivan, parent.id, SaleDraft(percent=20), now=START)

    async def costs(now: datetime = START) -> list[int]:
        for one in (small, large, red):
            await session.refresh(one)
        return [pricing.price_at(one, now) for one in (small, large, red)]

    await put_on_sale(session, olga, parent.id, SaleDraft(percent=20, starts=START + HOUR), now=START)
    assert await costs() == [2900, 2900, 1999]
    assert await costs(START + HOUR) == [2320, 2320, 1599]
    await products.set_price(session, olga, parent.id, 2320, now=START)
    assert await costs(START + HOUR) == [2320, 2320, 1599]
    assert [(one.sale_price, one.sale_from) for one in (small, red)] == [(None, None), (1599, START + HOUR)]
    await end_sale(session, olga, parent.id, now=START)
    assert await costs(START + HOUR) == [2320, 2320, 2320]


@pytest.mark.parametrize(
    ("sale", "hint"),
    [
        (SaleDraft(percent=100), "sale_percent"),
        (SaleDraft(percent=10, ends=START), "sale_dates"),
        (SaleDraft(percent=10, starts=START + HOUR, ends=START + HOUR), "sale_dates"),
        (SaleDraft(price=450), "sale_not_less"),
    ],
)
async def test_a_sale_that_cannot_be_is_refused(session: AsyncSession, sale: SaleDraft, hint: str) -> None:
    olga, tea = await user(session, OLGA), await a_product(session, price=450)
    with pytest.raises(CannotRead) as refused:
        await put_on_sale(session, olga, tea.id, sale, now=START)
    assert refused.value.data["hint"] == hint
