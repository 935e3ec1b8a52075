"""A new product by a form in steps, or by one picture with a caption."""

from collections.abc import AsyncGenerator
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from db.models import Product, ProductKind
from db.session import Database
from tests.bot.conftest import Meet
from tests.world.clock import ManualClock
from tests.world.goods import a_category
from tests.world.people import OLGA
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database


def a_picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return drawn.getvalue()


async def only_product(database: Database) -> Product:
    async with database.read() as session:
        return (await session.scalars(select(Product))).one()


async def how_many(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Product)) or 0


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    async with open_shop(database_url, clock) as opened:
        yield opened


async def test_the_form_leads_step_by_step_to_a_preview_and_the_shelf(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_category(session, "Tea")
    olga = meet(OLGA)

    await olga.says("/addproduct")
    await olga.shows_photo(a_picture())
    await olga.says("Sencha")
    await olga.taps("Tea")
    await olga.says("abc")
    assert "“abc”" in olga.text
    await olga.says("4.50")
    await olga.says("-3")
    assert "whole number" in olga.text
    await olga.says("12")
    await olga.says("Green & <fresh>.")
    await olga.taps("Something to send")
    assert "What does one weigh" in olga.text
    await olga.says("heavy")
    assert "Write a weight like" in olga.text
    await olga.says("350 g")
    assert "Weight: 350 g" in olga.text
    assert "Preview" in olga.text
    assert olga.screen.photo is not None
    assert await how_many(database) == 0
    await olga.taps("Put on sale")

    product = await only_product(database)
    assert (product.name, product.price, product.currency, product.sku) == ("Sencha", 450, "EUR", "SENCHA")
    assert (product.description, product.kind) == ("Green & <fresh>.", ProductKind.PHYSICAL)
    assert product.photo_file_id
    assert "12 in stock" in olga.text


async def test_steps_are_skipped_gone_back_to_and_corrected(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/addproduct")

    await olga.taps("Skip")
    await olga.says("Senca")
    await olga.taps("Back")
    assert "Now: Senca" in olga.text
    await olga.says("Sencha")
    await olga.says("Tea / Japan")
    for said in ("4", "3"):
        await olga.says(said)
    await olga.taps("Skip", "Something to send", "Skip", "Price")
    await olga.says("5")
    assert "Preview" in olga.text
    assert "€5.00" in olga.text
    await olga.taps("Put on sale")

    assert (await only_product(database)).price == 500
    assert "Tea / Japan" in olga.text


async def test_a_second_tap_does_not_sell_it_twice(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/addproduct")
    await olga.taps("Skip")
    for said in ("Sencha", "Tea", "4", "3"):
        await olga.says(said)
    await olga.taps("Skip", "Something to send", "Skip")
    data = olga.callback_data("Put on sale")

    await olga.forges(data)
    await olga.forges(data)

    assert await how_many(database) == 1
    assert "This form is over" in olga.text


async def test_a_cancelled_form_is_forgotten(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/addproduct")
    await olga.taps("Skip")
    await olga.says("Sencha")

    await olga.taps("Cancel")
    await olga.says("4.50")
    await olga.says("/addproduct")

    assert "Send a picture" in olga.text
    assert await how_many(database) == 0


@pytest.mark.parametrize("said", ["x" * 300, "x" * 4000])
async def test_a_name_that_cannot_be_is_asked_for_again(meet: Meet, database: Database, said: str) -> None:
    olga = meet(OLGA)
    await olga.says("/addproduct")
    await olga.taps("Skip")

    await olga.says(said)
    assert "What is it called" in olga.text
    await olga.says("Sencha")

    assert "In which category" in olga.text


async def test_nothing_is_lost_by_a_restart_or_a_detour(shop: OpenShop) -> None:
    olga = shop.olga
    await olga.says("/addproduct")
    await olga.taps("Skip")
    await olga.says("Sencha")
    await olga.says("Tea")

    await shop.reopen()
    await olga.says("/products")
    await olga.says("4.50")
    assert "nothing" in olga.text.lower()  # it was looked for
    await olga.says("/start")
    await olga.taps("Go on: new product, step 4 of 9")
    assert "You were in the middle of this" in olga.text
    await olga.says("4.50")
    assert "How many are in stock" in olga.text
    await olga.says("3")
    await olga.taps("Skip", "Something to send", "Skip", "Put on sale")

    assert (await only_product(shop.db)).name == "Sencha"


async def test_digital_goods_are_sold_for_stars_and_have_a_content(shop: OpenShop) -> None:
    olga = shop.olga
    await olga.says("/addproduct")
    await olga.taps("Skip")
    for said in ("Map", "Maps", "4", "3"):
        await olga.says(said)
    await olga.taps("Skip", "Digital")
    assert "Your price of €4.00 is kept" in olga.text
    await olga.says("2.50")
    assert "whole" in olga.text
    await olga.says("250")
    await olga.says("https://maps.example/secret")
    assert "⭐\xa0250" in olga.text
    await olga.taps("Kind", "Something to send")
    assert "€4.00" in olga.text
    await olga.taps("Kind", "Digital")
    assert "⭐\xa0250" in olga.text
    await olga.taps("Put on sale")

    product = await only_product(shop.db)
    assert (product.price, product.currency, product.kind) == (250, "XTR", ProductKind.DIGITAL)
    assert product.digital_content == "https://maps.example/secret"


async def test_a_picture_with_a_caption_is_a_product(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/start")

    await olga.shows_photo(a_picture(), "Sencha; 4,50; 12; Tea / Japan")

    product = await only_product(database)
    assert (product.name, product.price) == ("Sencha", 450)
    assert olga.screen.photo is not None
    assert "12 in stock" in olga.text


@pytest.mark.parametrize("caption", ["", "my cat", "Sencha; cheap; 12", "Sencha; 4; -3", "x" * 900])
async def test_a_caption_that_cannot_be_read_sells_nothing(meet: Meet, database: Database, caption: str) -> None:
    olga = meet(OLGA)

    await olga.shows_photo(a_picture(), caption)

    assert "Nothing was put on sale" in olga.text
    assert await how_many(database) == 0


async def test_a_captioned_picture_in_the_form_answers_four_questions(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/addproduct")

    await olga.shows_photo(a_picture(), "Sencha; 4,50; 12; Tea")

    assert "Describe it" in olga.text
    await olga.taps("Skip", "Something to send", "Skip", "Put on sale")
    assert (await only_product(database)).name == "Sencha"


async def test_one_line_is_enough_without_a_picture(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)

    await olga.says("/addproduct Sencha; 4.50; 12; Tea")

    assert (await only_product(database)).price == 450


async def test_a_text_is_no_picture_and_no_choice(meet: Meet, database: Database) -> None:
    olga = meet(OLGA)
    await olga.says("/addproduct")

    await olga.says("here it is")
    assert "Send it as a photo" in olga.text
    await olga.taps("Skip")
    for said in ("Sencha", "Tea", "4", "3", "Good."):
        await olga.says(said)
    await olga.says("physical")

    assert "Tap one of the buttons" in olga.text
    assert await how_many(database) == 0
