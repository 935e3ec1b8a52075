"""Olga hides a category for the season: nobody finds, sees or buys what is in it or below, until she shows it again."""

import pytest
from sqlalchemy import select

from bot.screens.buying.catalogue.buttons import LikeProduct, OpenCategory, OpenProduct, PutInCart
from db.models import CartItem, Category, Favourite, Post
from tests.stories.test_shelf import channel
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def opened(shop: OpenShop) -> None:
    """Tea / Green with a tea and a tin of two sizes in it, and bread beside it."""
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        green = await a_category(session, "Green", inside=tea)
        await a_product(session, "Sencha", sku="TEA", stock=9, category=green)
        await a_product_with_variants(session, "Tin", options=("Small", "Large"), option_names="Size", category=green)
        await a_product(session, "Rye bread", sku="RYE", stock=9, category=await a_category(session, "Bread"))
    for guest in (shop.olga, shop.ann):
        await guest.says("/start")


async def hides(shop: OpenShop) -> None:
    """Olga hides what is called Tea."""
    await shop.olga.says("/categories")
    await shop.olga.taps("Tea", "Change it", "Hide it")
    assert "Hidden" in shop.olga.text


async def shows(shop: OpenShop) -> None:
    """She shows it again."""
    await shop.olga.says("/categories")
    await shop.olga.taps("Tea", "Change it", "Show it again")


async def test_what_is_hidden_is_behind_no_door(shop: OpenShop) -> None:
    await opened(shop)
    ann = shop.ann
    await ann.says("/start p_1")
    await ann.taps("♡", "Add to cart")
    await ann.forges(PutInCart(3, 1).pack())
    await hides(shop)

    await ann.says("/catalogue")
    assert not any("Tea" in label for label in ann.keyboard)
    await ann.forges(OpenCategory(1).pack())
    assert not any("Green" in label for label in ann.keyboard)
    await ann.forges(OpenCategory(2).pack())
    assert not any("Sencha" in label or "Tin" in label for label in ann.keyboard)
    await ann.says("Sencha")
    assert not any("Sencha" in label for label in ann.keyboard)
    await ann.says("Senhca")
    assert not any("Sencha" in label for label in ann.keyboard)
    for door in ("/start p_1", "/start p_3", "/start c_1", "/start c_2"):
        await ann.says(door)
        assert not any("Add to cart" in label or "Sencha" in label for label in ann.keyboard), door
    for forged in (OpenProduct(1), PutInCart(1, 5), PutInCart(4, 1), LikeProduct(2, wanted=True)):
        await ann.forges(forged.pack())
    async with shop.db.read() as session:
        held = {item.product_id: item.quantity for item in await session.scalars(select(CartItem))}
        assert held == {1: 1, 3: 1}  # what was there before, and nothing more
        assert await session.scalar(select(Favourite.id).where(Favourite.product_id == 2)) is None
    await ann.says("/favourites")
    assert not any("Sencha" in label for label in ann.keyboard)
    await ann.says("/cart")
    assert not any("Check out" in label for label in ann.keyboard)
    await ann.says("Rye bread")
    assert any("Rye bread" in label for label in ann.keyboard)

    await shows(shop)
    await ann.says("/catalogue")
    await ann.taps("Tea", "Green")
    assert any("Sencha" in label for label in ann.keyboard)
    await ann.says("/cart")
    assert any("Check out" in label for label in ann.keyboard)


async def test_whoever_ordered_before_pays_and_nobody_else_orders(shop: OpenShop) -> None:
    await opened(shop)
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out", "here in the chat")
    await hides(shop)
    assert (await shop.ann.pays()).state == "paid"

    await shop.olga.says("/ship 1")
    await shop.ann.says("/orders")
    await shop.ann.taps("Sencha", "Buy again")
    async with shop.db.read() as session:
        assert list(await session.scalars(select(CartItem))) == []


async def test_a_post_in_a_channel_says_that_it_is_not_for_sale_and_comes_back(shop: OpenShop) -> None:
    await opened(shop)
    room = await channel(shop, shop.olga)
    await shop.olga.says("/post TEA")
    await shop.olga.taps("Show in Tea news")
    await shop.passes(minutes=1)
    (post,) = room.group.said
    assert post.labels == ["🛒 Buy"]

    await hides(shop)
    await shop.passes(minutes=1)
    assert "Not for sale at the moment." in post.words
    await shows(shop)
    await shop.passes(minutes=1)
    assert post.labels == ["🛒 Buy"]
    async with shop.db.read() as session:
        assert (await session.scalars(select(Post.gone_at))).one() is None


async def test_what_is_below_a_hidden_one_stays_hidden_for_itself_and_moves_with_it(shop: OpenShop) -> None:
    await opened(shop)
    olga = shop.olga
    await olga.says("/categories")
    await olga.taps("Tea", "Green", "Change it", "Hide it")
    await hides(shop)
    await olga.says("/categories")
    await olga.taps("Tea", "New one here")
    await olga.says("White")  # is hidden from the start, as it is below
    await olga.taps("White", "Change it")
    assert "Not shown, because Tea is hidden." in olga.text
    await olga.taps("Move to…", "Bread")
    await shows(shop)

    async with shop.db.read() as session:
        tree = {one.name: (one.hidden, one.off) for one in await session.scalars(select(Category))}
    assert tree == {"Tea": (False, False), "Green": (True, True), "Bread": (False, False), "White": (False, False)}
    await olga.says("/log products")
    assert "Olga showed a category again: Tea" in olga.text.replace("<b>", "").replace("</b>", "")
    await shop.keeps_its_promises()
