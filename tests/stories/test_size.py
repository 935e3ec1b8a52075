"""Ten thousand products change nothing about what a tap costs: few statements, one call that shows the screen."""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Category, Inventory, MovementReason, Product, ProductKind, ProductTerm, StockMovement
from db.models.term import rows_for
from tests.world.clock import START
from tests.world.counting import counted
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop

PRODUCTS = 10_000
SHELVES = 40
LOOKING = 4  # statements that a screen may take
CHANGING = 9  # and one that changes the cart: the person's cart may have to be made first
CHANGES = {"Add to cart", "+"}
ANSWER = "answerCallbackQuery"
LOOK = "updated_at >"  # the look for changes on the shelves, once a second whatever the traffic


async def _fill(session: AsyncSession) -> None:
    owner = await user(session, OLGA)
    shelves = [Category(id=number, name=f"Shelf {number}", position=number) for number in range(1, SHELVES + 1)]
    session.add_all(shelves)
    await session.flush()
    numbers = range(1, PRODUCTS + 1)
    products: list[dict[str, Any]] = [
        {
            "id": number,
            "owner_id": owner.id,
            "category_id": number % SHELVES + 1,
            "sku": f"BULK-{number}",
            "name": f"Product {number}",
            "description": "One of very many.",
            "price": 100 + number,
            "currency": "EUR",
            "kind": ProductKind.PHYSICAL,
            "created_at": START,
            "updated_at": START,
        }
        for number in numbers
    ]
    await session.execute(insert(Product), products)
    terms = [row for product in products for row in rows_for(product["id"], product["name"], product["description"])]
    await session.execute(insert(ProductTerm), terms)
    await session.execute(
        insert(Inventory),
        [
            {"product_id": n, "quantity_in_stock": 9, "quantity_reserved": 0, "low_stock_at": 0, "updated_at": START}
            for n in numbers
        ],
    )
    await session.execute(
        insert(StockMovement),
        [
            {
                "product_id": n,
                "delta": 9,
                "reason": MovementReason.RECEIVED,
                "actor": "system:test",
                "created_at": START,
            }
            for n in numbers
        ],
    )


async def test_every_tap_among_ten_thousand_products_is_one_screen_and_a_few_statements(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await _fill(session)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Home")  # the first look at the shelves

    for label in ("Catalogue", "Shelf 7", "Next", "Next", "Previous", "Product", "Add to cart", "+", "Home", "Cart"):
        known = {message.message_id for message in shop.ann.chat.said}
        target = next(shown for shown in shop.ann.keyboard if label in shown)

        with counted(shop.db, shop.simulator) as cost:
            await shop.ann.taps(target)

        shown = [call for call in cost.calls if call != ANSWER]
        assert len(shown) == 1, (label, cost.calls)
        assert cost.calls.count(ANSWER) == 1, (label, cost.calls)
        most = CHANGING if label in CHANGES else LOOKING
        asked = [statement for statement in cost.statements if LOOK not in statement]
        assert len(asked) <= most, (label, asked)
        assert {message.message_id for message in shop.ann.chat.said} == known, f"{label} did not edit in place"


async def test_searching_ten_thousand_products_is_one_screen_and_a_few_statements(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await _fill(session)
    await shop.ann.says("/start")
    await shop.ann.taps("Search")

    with counted(shop.db, shop.simulator) as cost:
        await shop.ann.says("product 77")

    assert "Product 77" in " ".join(shop.ann.keyboard)
    assert cost.calls == ["sendMessage"]
    assert len(cost.statements) <= LOOKING
