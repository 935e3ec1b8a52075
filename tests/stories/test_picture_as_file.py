"""A picture sent as a file is answered with what to do instead, wherever a photo is taken, and nothing is lost."""

import pytest
from sqlalchemy import func, select

from db.models import Product
from tests.bot.screens.selling.test_products_add import a_picture
from tests.payments.tea import sell_tea, to_checkout
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_a_new_product_wants_a_photo_and_no_file(shop: OpenShop) -> None:
    await shop.olga.says("/start")
    await shop.olga.shows_file(a_picture(), "Teapot; 12.50; 3; Pots")
    assert "Send it as a photo, not as a file." in shop.olga.newest
    async with shop.db.read() as session:
        assert not await session.scalar(select(func.count()).select_from(Product))
    await shop.olga.shows_photo(a_picture(), "Teapot; 12.50; 3; Pots")
    assert "Teapot" in shop.olga.text


@pytest.mark.parametrize("caption", ["", "me", "/help"])
async def test_a_question_that_takes_words_is_asked_again(shop: OpenShop, caption: str) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "Germany")
    await shop.ann.shows_file(a_picture(), caption)
    assert "Please write it" in shop.ann.text
    assert "Send it as a photo" not in shop.ann.text
    assert "Who receives it?" in shop.ann.text
    await shop.ann.says("Ann Example")
    assert "Street" in shop.ann.text


async def test_a_seller_who_is_asked_for_words_reads_the_same(shop: OpenShop) -> None:
    await sell_tea(shop)
    await shop.olga.says("/products")
    await shop.olga.taps("Green tea", "+ Variant")
    question = shop.olga.text
    await shop.olga.shows_file(a_picture())
    assert "Please write it" in shop.olga.text
    assert question in shop.olga.text


async def test_a_form_that_takes_photos_asks_for_one(shop: OpenShop) -> None:
    await shop.olga.says("/addproduct")
    await shop.olga.shows_file(a_picture(), "/addproduct Teapot; 12.50; 3; Pots")
    assert "Send it as a photo" in shop.olga.text
    assert "Send a picture of the product" in shop.olga.text


async def test_a_caption_is_no_command(shop: OpenShop) -> None:
    await shop.ann.says("/start")
    await shop.ann.shows_file(a_picture(), "/cart")
    assert "Send it as a photo" in shop.ann.newest
    await shop.olga.shows_file(a_picture(), "/addproduct Teapot; 12.50; 3; Pots")
    assert "Send it as a photo" in shop.olga.newest


async def test_a_file_of_another_kind_is_no_picture(shop: OpenShop) -> None:
    await shop.ann.says("/start")
    await shop.ann.shows_file(b"%PDF-1.7", name="list.pdf")
    assert "Send it as a photo" not in shop.ann.newest
