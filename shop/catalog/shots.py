"""The pictures that a product page has to show: the product's, and those of the variant that it is about."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, ProductPhoto
from shop.catalog.cards import Picture, Shot

FURTHER = select(func.count()).where(ProductPhoto.product_id == Product.id).correlate(Product).scalar_subquery()


def picture_of(row: Product | ProductPhoto) -> Picture:
    """Where the picture of a row is."""
    return Picture(row.photo_file_id, row.photo_bot_id, row.image_url)


async def shots_of(
    session: AsyncSession, product: Product, only: Product, *, further: bool
) -> dict[int, tuple[Shot, ...]]:
    """All pictures of a product and of one of its variants, by their ids; one query, none without `further`."""
    found = {one.id: [Shot(one.id, picture_of(one))] if picture_of(one).exists else [] for one in (product, only)}
    if further:
        query = select(ProductPhoto).where(ProductPhoto.product_id.in_(found))
        for row in await session.scalars(query.order_by(ProductPhoto.product_id, ProductPhoto.position)):
            found[row.product_id].append(Shot(row.product_id, picture_of(row)))
    return {product_id: tuple(shots) for product_id, shots in found.items()}
