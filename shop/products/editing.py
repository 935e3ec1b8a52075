"""What sellers do with their products: offer, change, price, take off sale and put back."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import changes_of
from db.models import Inventory, MovementReason, Product, ProductKind, ProductPhoto, StockMovement, Subscription
from db.models.term import rewrite
from shop.people import events
from shop.people.permissions import By, Permission, ask
from shop.pricing import drop_hollow_sale, reprice_variants
from shop.products.categories import category_for
from shop.products.draft import MOST_PHOTOS, ProductDraft, parse_caption
from shop.products.owned import find_by_sku, get_owned, list_owned
from shop.products.sku import free_sku, sku_from
from shop.refusals import SkuTaken
from shop.stock.news import tell_watchers
from shop.subscriptions.rule import must_fit_a_month
from shop.subscriptions.stopping import stop

__all__ = [
    "ProductChanges",
    "ProductDraft",
    "archive",
    "create",
    "edit",
    "find_by_sku",
    "find_same",
    "get_owned",
    "list_owned",
    "parse_caption",
    "publish",
    "set_price",
    "unarchive",
    "unpublish",
]

TRIES = 5


class ProductChanges(Struct, frozen=True):
    """New values for some fields; None leaves a field as it is. An empty category takes the product out of the tree."""

    name: str | None = None
    description: str | None = None
    attributes: str | None = None
    category: str | None = None
    price: int | None = None
    option_label: str | None = None
    digital_content: str | None = None
    low_stock_at: int | None = None
    tax_class: str | None = None
    weight: int | None = None  # grams; 0: nothing is said about it


async def create(
    session: AsyncSession, by: By, draft: ProductDraft, *, low_stock_at: int = 0, published: bool = True, now: datetime
) -> Product:
    """Put a product on sale with its first stock, or keep it as a draft that nobody else sees.

    Raises SkuTaken when the draft names a SKU that the owner uses.
    """
    acting = ask(by, Permission.CATALOGUE)
    category_id = await category_for(session, draft.category, owner_id=acting.owner_id, now=now)
    product = await insert_product(
        session,
        Product(
            owner_id=acting.owner_id,
            category_id=category_id,
            sku=draft.sku or "",
            name=draft.name,
            description=draft.description,
            price=draft.price,
            currency=draft.currency,
            kind=draft.kind,
            weight=draft.weight if draft.kind is ProductKind.PHYSICAL else None,
            digital_content=draft.digital_content if draft.kind is ProductKind.DIGITAL else None,
            image_url=draft.image_url,
            photo_file_id=draft.photo_file_id,
            photo_bot_id=draft.photo_bot_id,
            archived_at=None if published else now,
            draft=not published,
            created_at=now,
            updated_at=now,
        ),
    )
    session.add_all(
        ProductPhoto(product_id=product.id, position=place, photo_file_id=file_id, photo_bot_id=draft.photo_bot_id)
        for place, file_id in enumerate(draft.more_photos[: MOST_PHOTOS - 1], 1)
    )
    actor = acting.actor
    await first_stock(session, product, draft.quantity, low_stock_at=low_stock_at, actor=actor, now=now)
    note_change(session, product, actor=actor, action="product.created", data={"name": product.name}, now=now)
    return product


async def find_same(session: AsyncSession, by: By, draft: ProductDraft) -> Product | None:
    """The product that this draft made before: the same picture under the same name (a message delivered twice)."""
    if draft.photo_file_id is None:
        return None
    query = select(Product).where(
        Product.owner_id == ask(by, Permission.CATALOGUE).owner_id,
        Product.photo_file_id == draft.photo_file_id,
        Product.name == draft.name,
        or_(Product.archived_at.is_(None), Product.draft.is_(True)),
    )
    return await session.scalar(query.order_by(Product.id).limit(1))


async def edit(
    session: AsyncSession,
    by: By,
    product_id: int,
    changes: ProductChanges,
    *,
    now: datetime,
) -> Product:
    """Change some fields of a product; its variants take over a new name, category and price.

    Raises NotFound, also when it is not theirs.
    """
    acting = ask(by, Permission.CATALOGUE)
    owned = await get_owned(session, acting, product_id)
    product = owned.product
    shared: dict[str, Any] = {}
    if changes.name is not None:
        shared["name"] = changes.name
    if changes.category is not None:
        shared["category_id"] = await category_for(session, changes.category, owner_id=product.owner_id, now=now)
    if changes.price is not None:
        await session.refresh(product, with_for_update=True)  # a sale may be set for it right now
        must_fit_a_month(changes.price, monthly=product.monthly)
    own = {
        field: getattr(changes, field)
        for field in ("description", "attributes", "price", "option_label", "digital_content", "tax_class")
        if getattr(changes, field) is not None
    }
    values = {**shared, **own}
    if changes.weight is not None:
        values["weight"] = changes.weight or None
    moved = {field: [_plain(getattr(product, field)), _plain(value)] for field, value in values.items()}
    moved = {field: pair for field, pair in moved.items() if pair[0] != pair[1]}
    marks = {}
    if changes.low_stock_at is not None and changes.low_stock_at != owned.low_stock_at:
        await session.execute(
            update(Inventory).where(Inventory.product_id == product.id).values(low_stock_at=changes.low_stock_at)
        )
        marks = {"low_stock_at": [owned.low_stock_at, changes.low_stock_at]}
    if moved or marks:
        for field in moved:
            setattr(product, field, values[field])
        drop_hollow_sale(product)
        product.updated_at = now
        if shared:
            await session.execute(update(Product).where(Product.parent_id == product.id).values(**shared))
        if changes.price is not None and owned.is_parent:
            await reprice_variants(session, product.id, changes.price)
        note_change(session, product, actor=acting.actor, action="product.edited", data={**moved, **marks}, now=now)
        await session.flush()
    return product


async def set_price(session: AsyncSession, by: By, product_id: int, price: int, *, now: datetime) -> Product:
    """Give a product a new price (minor units of its currency); carts show the change before anybody pays."""
    return await edit(session, by, product_id, ProductChanges(price=price), now=now)


async def archive(session: AsyncSession, by: By, product_id: int, *, now: datetime) -> Product:
    """Take a product, and its variants, off sale; orders that hold it go on. Doing it twice is doing it once."""
    return await _put(session, by, product_id, on_sale=False, now=now)


async def unarchive(session: AsyncSession, by: By, product_id: int, *, now: datetime) -> Product:
    """Put a product back on sale, with those of its variants that left together with it."""
    return await _put(session, by, product_id, on_sale=True, now=now)


async def publish(session: AsyncSession, by: By, product_id: int, *, now: datetime) -> Product:
    """Show and sell a draft, with its variants; the same as putting it back on sale."""
    return await _put(session, by, product_id, on_sale=True, now=now)


async def unpublish(session: AsyncSession, by: By, product_id: int, *, now: datetime) -> Product:
    """Make a product, and its variants, a draft: no customer sees or buys it; orders that hold it go on."""
    return await _put(session, by, product_id, on_sale=False, draft=True, now=now)


async def _put(
    session: AsyncSession, by: By, product_id: int, *, on_sale: bool, draft: bool = False, now: datetime
) -> Product:
    acting = ask(by, Permission.CATALOGUE)
    product = (await get_owned(session, acting, product_id)).product
    before = product.archived_at
    if on_sale == (before is None) and draft == product.draft:
        return product
    was = _standing(product)
    at = None if on_sale else before or now
    product.archived_at, product.draft = at, draft
    product.updated_at = now
    same = Product.archived_at.is_(None) if before is None else Product.archived_at == before
    await session.execute(
        update(Product).where(Product.parent_id == product.id, same).values(archived_at=at, draft=draft)
    )
    if on_sale:  # variants that were off sale were not found by their names
        await session.flush()
        await session.run_sync(lambda sync: rewrite(sync.connection(), [product.parent_id or product.id]))
        below = await session.scalars(select(Product.id).where(Product.parent_id == product.id))
        await tell_watchers(session, [product.id, *below], now=now)
    elif product.monthly:
        await stop(session, Subscription.product_id == product.id, now=now)
    if draft:
        action = "product.unpublished"
    elif not on_sale:
        action = "product.archived"
    else:
        action = "product.published" if was == "draft" else "product.unarchived"
    data = {"standing": [was, _standing(product)]}
    note_change(session, product, actor=acting.actor, action=action, data=data, now=now)
    await session.flush()
    return product


def _standing(product: Product) -> str:
    if product.archived_at is None:
        return "on sale"
    return "draft" if product.draft else "archived"


async def insert_product(session: AsyncSession, product: Product) -> Product:
    """Add a product; an empty SKU is made from the name. Raises SkuTaken for a given one that is in use."""
    given = product.sku
    for _ in range(TRIES):
        product.sku = given or await free_sku(session, product.owner_id, sku_from(product.name))
        taken = await session.scalar(
            select(Product.id).where(Product.owner_id == product.owner_id, Product.sku == product.sku)
        )
        if taken is None:
            try:
                async with session.begin_nested():
                    session.add(product)
            except IntegrityError:
                continue  # somebody else took it between our look and our insert
            return product
        if given:
            break
    raise SkuTaken(sku=product.sku)


async def first_stock(
    session: AsyncSession, product: Product, quantity: int, *, low_stock_at: int, actor: str, now: datetime
) -> None:
    """Make a product sellable: its inventory, and the movement that explains it."""
    session.add(
        Inventory(
            product_id=product.id,
            quantity_in_stock=quantity,
            quantity_reserved=0,
            low_stock_at=low_stock_at,
            updated_at=now,
        )
    )
    if quantity:
        session.add(
            StockMovement(
                product_id=product.id,
                delta=quantity,
                reason=MovementReason.RECEIVED,
                actor=actor,
                note="first stock",
                created_at=now,
            )
        )
    await session.flush()


def note_change(
    session: AsyncSession, product: Product, *, actor: str, action: str, data: dict[str, Any], now: datetime
) -> None:
    """Write down who changed what about a product; what was kept of the shelves to browse is forgotten."""
    changes_of(session).everything = True
    events.write(session, actor, action, f"product:{product.id}", owner_id=product.owner_id, data=data, now=now)


def _plain(value: object) -> object:
    text_limit = 200
    return value[:text_limit] if isinstance(value, str) else value
