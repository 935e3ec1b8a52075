"""Builders of what is sold, in the words of a shop and with the rest filled in; rows only, no rules."""

import itertools
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Category, Inventory, MovementReason, Product, ProductKind, StockMovement
from tests.world.clock import START
from tests.world.people import OLGA, Someone, user

_numbers = itertools.count(1)


async def a_category(session: AsyncSession, name: str, *, inside: Category | None = None) -> Category:
    """The category of this name at this place of the tree."""
    parent_id = inside.id if inside else None
    same_place = Category.parent_id.is_(None) if parent_id is None else Category.parent_id == parent_id
    found = await session.scalar(select(Category).where(Category.name == name, same_place))
    if found is None:
        found = Category(name=name, parent_id=parent_id, position=0)
        session.add(found)
        await session.flush()
    return found


async def a_product(
    session: AsyncSession,
    name: str = "Green tea",
    *,
    price: int = 450,
    currency: str = "EUR",
    stock: int = 5,
    seller: Someone = OLGA,
    category: Category | None = None,
    kind: ProductKind = ProductKind.PHYSICAL,
    sku: str | None = None,
    content: str | None = None,
    low_stock_at: int = 0,
    image_url: str | None = None,
    now: datetime = START,
) -> Product:
    """A product without variants, its stock received; `price` in minor units. Its `inventory` is loaded."""
    owner = await user(session, seller, now=now)
    category = category or await a_category(session, "Tea")
    product = Product(
        owner_id=owner.id,
        category_id=category.id,
        sku=sku or f"SKU-{next(_numbers)}",
        name=name,
        description=f"{name}, as good as it gets.",
        price=price,
        currency=currency,
        kind=kind,
        digital_content=content,
        image_url=image_url,
        created_at=now,
        updated_at=now,
    )
    product.inventory = _inventory(stock, low_stock_at, now)
    session.add(product)
    await session.flush()
    _receive(session, product, stock, now)
    await session.flush()
    return product


async def a_product_with_variants(
    session: AsyncSession,
    name: str = "Scarf",
    options: tuple[str, ...] = ("Blue / Small", "Blue / Large", "Red / Small"),
    *,
    option_names: str = "Colour / Size",
    price: int = 2900,
    stock: int = 3,
    seller: Someone = OLGA,
    category: Category | None = None,
    now: datetime = START,
) -> tuple[Product, list[Product]]:
    """A parent and its variants in the order given, each with `stock` units."""
    owner = await user(session, seller, now=now)
    category = category or await a_category(session, "Clothes")
    number = next(_numbers)
    parent = Product(
        owner_id=owner.id,
        category_id=category.id,
        sku=f"SKU-{number}",
        name=name,
        option_names=option_names,
        description=f"{name} in several kinds.",
        price=price,
        currency="EUR",
        kind=ProductKind.PHYSICAL,
        created_at=now,
        updated_at=now,
    )
    session.add(parent)
    await session.flush()
    variants = [
        Product(
            owner_id=owner.id,
            parent_id=parent.id,
            category_id=category.id,
            sku=f"SKU-{number}-{position}",
            name=name,
            option_label=label,
            position=position,
            description="",
            price=price,
            currency="EUR",
            kind=ProductKind.PHYSICAL,
            created_at=now,
            updated_at=now,
        )
        for position, label in enumerate(options)
    ]
    for variant in variants:
        variant.inventory = _inventory(stock, 0, now)
    session.add_all(variants)
    await session.flush()
    for variant in variants:
        _receive(session, variant, stock, now)
    await session.flush()
    return parent, variants


def _inventory(stock: int, low_stock_at: int, now: datetime) -> Inventory:
    return Inventory(quantity_in_stock=stock, quantity_reserved=0, low_stock_at=low_stock_at, updated_at=now)


def _receive(session: AsyncSession, product: Product, stock: int, now: datetime) -> None:
    if stock:
        session.add(
            StockMovement(
                product_id=product.id, delta=stock, reason=MovementReason.RECEIVED, actor="system:test", created_at=now
            )
        )
