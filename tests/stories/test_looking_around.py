"""Ann looks around: in another order, at a part of the shelf, at what is new, was seen, or goes together."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.models import Product, ViewedProduct
from shop.catalog.glances import MOST
from tests.stories.test_an_order import BERLIN
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop


def names(guest: Guest, word: str = "Tea") -> list[str]:
    """The products on show, in their order."""
    return [label.split(" · ")[0] for label in guest.keyboard if label.startswith(word)]


async def a_shelf(shop: OpenShop, count: int = 14) -> None:
    """Teas: the later, the cheaper; each third is sold out, each fourth reduced, the eighth best rated."""
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Tea")
        for number in range(count):
            stock = 0 if number % 3 == 0 else 5
            tea = await a_product(session, f"Tea {number:02}", price=9_000 - number * 100, stock=stock, category=shelf)
            tea.sale_price = tea.price - 50 if number % 4 == 0 else None
            tea.rating_sum, tea.rating_count = (50, 10) if number == 8 else (5, 1) if number == 2 else (0, 0)
    await shop.passes(minutes=1)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea")


@pytest.mark.every_database
async def test_a_shelf_is_sorted_and_filtered_page_by_page_and_on_the_way_back(shop: OpenShop) -> None:
    await a_shelf(shop)
    assert names(shop.ann)[0] == "Tea 00", "nobody chose anything"

    await shop.ann.taps("Sort and filter", "Cheapest first")
    first = names(shop.ann)
    assert "Cheapest first" in shop.ann.text
    await shop.ann.taps("Next")
    second = names(shop.ann)
    assert first + second == [f"Tea {13 - number:02}" for number in range(12)]
    await shop.ann.taps(second[2], "‹ Back")
    assert names(shop.ann) == second
    await shop.ann.taps("Next", "Previous", "Previous")
    assert names(shop.ann) == first

    await shop.ann.taps("Sort and filter", "In stock")
    assert "Cheapest first · in stock" in shop.ann.text
    assert names(shop.ann) == ["Tea 13", "Tea 11", "Tea 10", "Tea 08", "Tea 07", "Tea 05"]
    await shop.ann.taps("Sort and filter", "On sale")
    assert names(shop.ann) == ["Tea 08", "Tea 04"]
    await shop.ann.taps("Sort and filter", "In stock", "Sort and filter", "Dearest first")
    assert names(shop.ann) == ["Tea 00", "Tea 04", "Tea 08", "Tea 12"]
    await shop.ann.taps("Sort and filter", "On sale", "Sort and filter", "Best rated first")
    assert names(shop.ann)[:2] == ["Tea 08", "Tea 02"], "ten ratings of five come before one"
    await shop.ann.taps("Sort and filter", "Oldest first")
    assert names(shop.ann)[0] == "Tea 00"
    assert "first" not in shop.ann.text


async def test_what_a_search_found_is_sorted_and_filtered_too(shop: OpenShop) -> None:
    await a_shelf(shop)
    await shop.ann.says("tea")
    usual = names(shop.ann)
    await shop.ann.taps("Sort and filter", "Cheapest first", "Next")
    second = names(shop.ann)
    assert second == [f"Tea {7 - number:02}" for number in range(6)]
    await shop.ann.taps(second[1], "‹ Back")
    assert names(shop.ann) == second
    await shop.ann.taps("Previous", "Sort and filter", "On sale")
    assert names(shop.ann) == ["Tea 12", "Tea 08", "Tea 04", "Tea 00"]
    await shop.ann.taps("Sort and filter", "On sale", "Sort and filter", "Best match first")
    assert names(shop.ann) == usual


async def test_what_changes_moves_and_a_sale_that_ends_by_the_clock_too(shop: OpenShop) -> None:
    await a_shelf(shop, 8)
    await shop.olga.says("/price " + (await _sku(shop, "Tea 01")) + " 1")
    async with shop.db.begin() as session:
        tea = (await session.scalars(select(Product).where(Product.name == "Tea 05"))).one()
        tea.sale_price, tea.sale_until = 50, shop.clock.now() + timedelta(days=2)
        tea.updated_at = shop.clock.now()
    await shop.passes(minutes=1)
    await shop.ann.says("/catalogue")
    await shop.ann.taps("Tea", "Sort and filter", "Cheapest first")
    assert names(shop.ann)[:2] == ["Tea 05", "Tea 01"]

    await shop.passes(days=2)  # and nobody writes anything: the clock alone ends it
    await shop.ann.says("/catalogue")
    await shop.ann.taps("Tea", "Sort and filter", "Cheapest first")
    assert names(shop.ann)[0] == "Tea 01"
    await shop.ann.taps("Sort and filter", "On sale")
    assert "Tea 05" not in names(shop.ann)


async def test_what_was_bought_most_comes_first(
    shop: OpenShop,
) -> None:
    await a_shelf(shop, 8)
    for guest, number, pieces in ((shop.ann, 4, 1), (shop.ann, 2, 1), (shop.bob, 2, 2)):
        async with shop.db.read() as session:
            found = select(Product.id).where(Product.name == f"Tea {number:02}")
            product_id = (await session.scalars(found)).one()
        await guest.says(f"/start p_{product_id}")
        await guest.taps("Add to cart", *["+"] * (pieces - 1), "in the cart", "Check out", "here in the chat")
        await guest.pays(address=BERLIN, option="post")
    await shop.passes(minutes=1)
    await shop.ann.says("/catalogue")
    await shop.ann.taps("Tea", "Sort and filter", "Most bought first")
    assert names(shop.ann)[:2] == ["Tea 02", "Tea 04"]


async def test_the_newest_of_the_whole_shop_and_what_she_looked_at(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        for number in range(25):
            await a_product(session, f"Tea {number:02}", category=await a_category(session, f"Shelf {number % 3}"))
    await shop.ann.says("/new")
    assert names(shop.ann)[:2] == ["Tea 24", "Tea 23"]
    await shop.ann.taps("Next")
    second = names(shop.ann)
    await shop.ann.taps(second[1], "‹ Back")
    assert names(shop.ann) == second

    for number in range(1, 26):
        await shop.ann.says(f"/start p_{number}")
        shop.clock.pass_by(seconds=1)
    await shop.ann.says("/catalogue")
    await shop.ann.taps("Looked at")
    assert names(shop.ann)[:2] == ["Tea 24", "Tea 23"]
    await shop.tick()
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ViewedProduct)) == MOST
    await shop.bob.says("/catalogue")
    await shop.bob.taps("Looked at")
    assert names(shop.bob) == []
    await shop.ann.taps("Forget these")
    assert "Nothing yet" in shop.ann.text
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ViewedProduct)) == 0


async def test_what_is_bought_together_is_offered_at_either_while_it_can_be_had(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_product(session, "Tea", stock=9)
        cup = await a_product(session, "Cup", stock=2)
    for product in (tea, cup):
        await shop.ann.says(f"/start p_{product.id}")
        assert "🤝 Often bought with it" not in shop.ann.keyboard
        await shop.ann.taps("Add to cart")
    await shop.ann.taps("in the cart", "Check out", "here in the chat")
    await shop.ann.pays(option="post", address=BERLIN)
    await shop.passes(minutes=2)
    await shop.close()  # pages are remembered for up to a minute of the machine's
    await shop.open()

    await shop.bob.says(f"/start p_{tea.id}")
    await shop.bob.taps("Often bought with it")
    assert names(shop.bob, "Cup") == ["Cup"]
    await shop.bob.taps("Cup", "‹ Back", "‹ Back")
    assert "Tea" in shop.bob.text
    await shop.olga.says(f"/archive {cup.sku}")
    await shop.bob.taps("Often bought with it")
    assert names(shop.bob, "Cup") == []


async def _sku(shop: OpenShop, name: str) -> str:
    from db.models import Product

    async with shop.db.read() as session:
        return str(await session.scalar(select(Product.sku).where(Product.name == name)))
