"""Reads what the demo shop sells, and puts it on sale the way its sellers would."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.amounts import parse_amount
from db.models import Category, Product, ProductKind, User
from db.money import STARS
from db.texts import Said, kept
from shop import products
from shop.products.variants import VariantDraft, add_variant

CATALOGUE = Path(__file__).with_name("catalogue.toml")
PICTURES = Path(__file__).with_name("pictures")
LOW_STOCK = 3
GERMAN = {  # categories
    "Tea": "Tee",
    "Green": "Grün",
    "Black": "Schwarz",
    "Kitchen": "Küche",
    "Home": "Zuhause",
    "Wardrobe": "Garderobe",
    "Paper": "Papier",
}


class Option(Struct, frozen=True):
    """One variant as the file has it; no price or picture means the product's own."""

    label: str
    stock: int
    picture: str | None = None
    price: str | None = None


class Article(Struct, frozen=True):
    """One product as the file has it."""

    seller: str
    category: str
    name: str
    picture: str
    price: str
    description: str
    stock: int = 0
    kind: str = "physical"
    content: str | None = None
    option_names: str | None = None
    options: tuple[Option, ...] = ()
    published: bool = True
    weight: int | None = None  # grams
    tax_class: str | None = None
    texts: tuple[tuple[str, Said], ...] = ()  # in other languages


def read() -> list[Article]:
    """Every product of the file."""
    rows = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["products"]
    return [_article(row) for row in rows]


def _article(row: dict[str, Any]) -> Article:
    options = tuple(Option(**option) for option in row.get("options", ()))
    texts = tuple((language, Said(**said)) for language, said in row.get("texts", {}).items())
    return Article(**{**row, "options": options, "texts": texts})


async def put_on_sale(
    session: AsyncSession, sellers: Mapping[str, User], *, currency: str, now: datetime
) -> dict[str, list[int]]:
    """Offer every article; by name, the ids of what a customer can put into a cart (a product, or its variants)."""
    goods = {
        article.name: await _offer(session, sellers[article.seller], article, currency=currency, now=now)
        for article in read()
    }
    for category in await session.scalars(select(Category).where(Category.name.in_(GERMAN))):
        category.texts = kept({"de": Said(GERMAN[category.name])})
    return goods


async def _offer(session: AsyncSession, seller: User, article: Article, *, currency: str, now: datetime) -> list[int]:
    kind = ProductKind(article.kind)
    currency = STARS if kind is ProductKind.DIGITAL else currency
    first = article.options[0] if article.options else None
    draft = products.ProductDraft(
        name=article.name,
        price=parse_amount(first.price if first and first.price else article.price, currency),
        currency=currency,
        quantity=first.stock if first else article.stock,
        category=article.category,
        description=article.description,
        kind=kind,
        digital_content=article.content,
        image_url=f"{article.picture}.jpg",
    )
    product = await products.create(
        session, seller, draft, low_stock_at=LOW_STOCK, published=article.published, now=now
    )
    product.weight = article.weight
    product.tax_class = article.tax_class
    product.texts = kept(dict(article.texts))
    await session.flush()
    if first is None:
        return [product.id]
    await _show(session, product, first)
    ids = [product.id]
    for option in article.options[1:]:
        variant = await add_variant(
            session,
            seller,
            product.id,
            VariantDraft(
                label=option.label,
                price=parse_amount(option.price or article.price, currency),
                quantity=option.stock,
                option_names=article.option_names,
                first_label=first.label,
            ),
            low_stock_at=LOW_STOCK,
            now=now,
        )
        await _show(session, variant, option)
        ids.append(variant.id)
    return ids


async def _show(session: AsyncSession, product: Product, option: Option) -> None:
    """Give a variant its own picture; chats upload pictures, so no use case takes a file of the shop's folder."""
    if option.picture is not None:
        picture = update(Product).where(Product.id == product.id).values(image_url=f"{option.picture}.jpg")
        await session.execute(picture)
