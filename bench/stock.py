"""Fills a database for a measurement: categories, products with plenty of stock, one seller."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from db.models import Category, Inventory, MovementReason, Product, ProductKind, Role, StockMovement, User
from db.session import Database

CATEGORIES = 5
PLENTY = 1_000_000
MEDIA = Path(__file__).parents[1] / "app/demo/pictures"
PICTURE = "mug-ink.jpg"
PICTURED = 5  # one product in so many has a picture
BATCH = 1_000


async def fill(url: str, *, products: int) -> None:
    """Put `products` physical products into five categories; every one is on sale with a million units."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    database = Database(url)
    try:
        async with database.begin() as session:
            seller = User(telegram_id=1, name="Olga", role=Role.ADMIN, created_at=now, updated_at=now)
            categories = [Category(name=f"Category {number}", position=number) for number in range(CATEGORIES)]
            session.add_all([seller, *categories])
            await session.flush()
            for start in range(0, products, BATCH):
                numbers = range(start + 1, min(start + BATCH, products) + 1)
                rows = [_product(number, seller.id, categories[number % CATEGORIES].id, now) for number in numbers]
                await session.execute(insert(Product), rows)
                await session.execute(insert(Inventory), [_stock(number, now) for number in numbers])
                await session.execute(insert(StockMovement), [_movement(number, now) for number in numbers])
    finally:
        await database.close()


def _product(number: int, owner_id: int, category_id: int, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "owner_id": owner_id,
        "category_id": category_id,
        "sku": f"SKU-{number}",
        "name": f"Product {number}",
        "image_url": PICTURE if number % PICTURED == 0 else None,
        "description": f"A fine thing, number {number}. " * 5,
        "price": 500 + number % 1_000,
        "currency": "EUR",
        "kind": ProductKind.PHYSICAL,
        "created_at": now,
        "updated_at": now,
    }


def _stock(number: int, now: datetime) -> dict[str, object]:
    return {
        "product_id": number,
        "quantity_in_stock": PLENTY,
        "quantity_reserved": 0,
        "low_stock_at": 0,
        "updated_at": now,
    }


def _movement(number: int, now: datetime) -> dict[str, object]:
    return {
        "product_id": number,
        "delta": PLENTY,
        "reason": MovementReason.RECEIVED,
        "actor": "system:bench",
        "created_at": now,
    }
