"""A copy of a product, with its variants and its pictures: a draft without stock, to be changed and published."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.folding import fold
from db.models import Inventory, Product, ProductPhoto
from db.writes import changed
from shop.people.permissions import By, Permission, ask
from shop.products.draft import SKU_LIMIT
from shop.products.editing import note_change
from shop.products.owned import OwnedProduct, get_owned
from shop.products.sku import free_sku, sku_from, taken_skus
from shop.refusals import CannotRead, SkuTaken

TRIES = 5
SUFFIX = 8  # characters left behind a SKU for what tells it from others
COPIED = (
    "category_id",
    "name",
    "option_label",
    "option_names",
    "position",
    "description",
    "attributes",
    "texts",
    "tax_class",
    "weight",
    "price",
    "currency",
    "kind",
    "digital_content",
    "image_url",
    "photo_file_id",
    "photo_bot_id",
)


async def duplicate(session: AsyncSession, by: By, product_id: int, *, seen: datetime, now: datetime) -> Product | None:
    """Make the copy, of the same seller; None when the product changed since it was `seen`, a copy of it included.

    Variants come along, but for those that were taken off sale alone. What a sale takes off, stars, keys of a pool and
    the level of low stock stay with the first one. Raises NotFound, NotPermitted, CannotRead (a variant is copied with
    its product), SkuTaken.
    """
    acting = ask(by, Permission.CATALOGUE)
    owned = await get_owned(session, acting, product_id)
    if owned.product.parent_id is not None:
        raise CannotRead(field="product", given=owned.product.name, hint="copy_whole")
    # Whoever moves the mark makes the copy: of two taps, and of two sellers' staff, one.
    mine = update(Product).where(Product.id == product_id, Product.updated_at == seen)
    mark = max(now, seen + timedelta(microseconds=1))  # moved by a clock that runs behind, too
    if not await changed(session, mine.values(updated_at=mark)):
        return None
    copy = await _inserted(session, owned, now)
    data = {"name": [None, copy.name], "copy_of": product_id}
    note_change(session, copy, actor=acting.actor, action="product.duplicated", data=data, now=now)
    await session.flush()
    return copy


async def _inserted(session: AsyncSession, owned: OwnedProduct, now: datetime) -> Product:
    first = owned.product
    variants = [each.product for each in owned.variants if each.product.archived_at in {None, first.archived_at}]
    for _ in range(TRIES):
        sku = await free_sku(session, first.owner_id, f"{first.sku[: SKU_LIMIT - 2 * SUFFIX]}-COPY")
        skus = await _variant_skus(session, first.owner_id, sku, variants)
        copy = _copy(first, sku, None, now)
        try:
            async with session.begin_nested():
                session.add(copy)
                await session.flush()
                copies = [_copy(each, own, copy.id, now) for each, own in zip(variants, skus, strict=True)]
                session.add_all(copies)
                await session.flush()
        except IntegrityError:
            continue  # somebody else took one of them between our look and our insert
        await _copy_photos(
            session, dict(zip([first.id, *(each.id for each in variants)], [copy, *copies], strict=True))
        )
        sold = copies if owned.is_parent else [copy]
        session.add_all(
            Inventory(product_id=each.id, quantity_in_stock=0, quantity_reserved=0, low_stock_at=0, updated_at=now)
            for each in sold
        )
        return copy
    raise SkuTaken(sku=first.sku)


async def _copy_photos(session: AsyncSession, copies: Mapping[int, Product]) -> None:
    """The pictures beside the first one, of each product by its id."""
    photos = select(ProductPhoto).where(ProductPhoto.product_id.in_(copies)).order_by(ProductPhoto.id)
    session.add_all(
        ProductPhoto(
            product_id=copies[photo.product_id].id,
            position=photo.position,
            image_url=photo.image_url,
            photo_file_id=photo.photo_file_id,
            photo_bot_id=photo.photo_bot_id,
        )
        for photo in await session.scalars(photos)
    )


async def _variant_skus(session: AsyncSession, owner_id: int, sku: str, variants: Sequence[Product]) -> list[str]:
    """A free SKU for each variant, after what it is called."""
    wanted: dict[str, None] = {}
    for number, variant in enumerate(variants, start=1):
        label = f"{sku}-{sku_from(variant.option_label or variant.name)}"[: SKU_LIMIT - SUFFIX]
        wanted[label if label not in wanted else f"{label}-{number}"] = None
    taken = await taken_skus(session, owner_id, [*wanted])
    return [await free_sku(session, owner_id, own) if fold(own) in taken else own for own in wanted]


def _copy(product: Product, sku: str, parent_id: int | None, now: datetime) -> Product:
    copied = {field: getattr(product, field) for field in COPIED}
    pooled_at = now if product.pooled_at is not None else None
    return Product(
        **copied,
        owner_id=product.owner_id,
        parent_id=parent_id,
        sku=sku,
        pooled_at=pooled_at,
        archived_at=now,
        draft=True,
        created_at=now,
        updated_at=now,
    )
