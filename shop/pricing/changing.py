"""A new price, and what becomes of a sale that would cost as much: it ends."""

from sqlalchemy import case, null, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product


async def reprice_variants(session: AsyncSession, parent_id: int, price: int) -> None:
    """Give the variants of a product a new price (minor units); a sale that would cost as much, or more, ends."""
    hollow = Product.sale_price >= price
    # the sale price goes last: MariaDB and MySQL read what an UPDATE has already written
    await session.execute(
        update(Product)
        .where(Product.parent_id == parent_id)
        .ordered_values(
            (Product.price, price),
            (Product.sale_from, case((hollow, null()), else_=Product.sale_from)),
            (Product.sale_until, case((hollow, null()), else_=Product.sale_until)),
            (Product.sale_price, case((hollow, null()), else_=Product.sale_price)),
        )
    )


def drop_hollow_sale(product: Product) -> None:
    """End a sale that costs no less than the product's new price."""
    if product.sale_price is not None and product.sale_price >= product.price:
        product.sale_price = product.sale_from = product.sale_until = None
