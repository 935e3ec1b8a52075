"""A question that was left behind does not swallow what is written later."""

import pytest
from sqlalchemy import func, select

from db.models import Product
from db.session import Database
from tests.bot.conftest import Meet
from tests.bot.screens.selling.test_products_add import a_picture
from tests.world.clock import ManualClock
from tests.world.goods import a_product
from tests.world.people import OLGA

pytestmark = pytest.mark.one_database


async def name(database: Database) -> str | None:
    async with database.read() as session:
        return await session.scalar(select(Product.name).order_by(Product.id).limit(1))


@pytest.fixture
async def tea(database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Sencha", sku="TEA")


@pytest.mark.usefixtures("tea")
@pytest.mark.parametrize("elsewhere", [("Cancel",), ("Cancel", "Home"), ("Cancel", "Home", "Search")])
async def test_walking_away_ends_the_question(meet: Meet, database: Database, elsewhere: tuple[str, ...]) -> None:
    olga = meet(OLGA)
    await olga.says("/edit TEA")
    await olga.taps("Name")

    await olga.taps(*elsewhere)
    await olga.says("sencha")

    assert await name(database) == "Sencha"


@pytest.mark.usefixtures("tea")
async def test_starting_over_ends_the_question(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/edit TEA")
    await olga.taps("Name")

    await olga.says("/start")
    await olga.says("sencha")

    assert await name(database) == "Sencha"


@pytest.mark.usefixtures("tea")
async def test_a_question_of_this_morning_is_forgotten(meet: Meet, database: Database, clock: ManualClock) -> None:
    olga = meet(OLGA)
    await olga.says("/edit TEA")
    await olga.taps("Name")

    clock.pass_by(minutes=20)
    await olga.says("sencha")

    assert await name(database) == "Sencha"


@pytest.mark.usefixtures("tea")
async def test_a_captioned_picture_is_a_new_product_whatever_was_asked(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/restock TEA")

    await olga.shows_photo(a_picture(), "Gyokuro; 12; 3; Tea")

    assert "On sale" in olga.text
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Product)) == 2


@pytest.mark.usefixtures("tea")
async def test_the_form_for_a_new_product_waits(meet: Meet, clock: ManualClock) -> None:
    olga = meet(OLGA)
    await olga.says("/addproduct")
    await olga.taps("Skip")

    clock.pass_by(days=2)
    await olga.says("/start")
    await olga.taps("Go on: new product, step 2 of 9")
    await olga.says("Gyokuro")

    assert "In which category" in olga.text
