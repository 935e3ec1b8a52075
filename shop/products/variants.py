"""Variants: a product in several colours or sizes, added one at a time."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Product, ProductPhoto, Review
from shop.people.permissions import Acting, By, Permission, ask
from shop.products.draft import LABEL_LIMIT, read_label, read_price, read_quantity
from shop.products.editing import first_stock, insert_product, note_change
from shop.products.owned import OwnedProduct, get_owned
from shop.products.sku import free_sku, sku_from
from shop.refusals import CannotRead, TooMany
from shop.subscriptions.refusals import CannotBeMonthly
from shop.subscriptions.rule import MOST as MOST_STARS

MOST = 2048  # variants of one product


class VariantDraft(Struct, frozen=True):
    """A variant to be; `price` in minor units of its parent's currency.

    The first variant also needs `option_names` ("Size") and `first_label` ("Small": what the product was until now).
    """

    label: str
    price: int
    quantity: int
    option_names: str | None = None
    first_label: str | None = None


def parse_variant(line: str, currency: str, option_names: str | None) -> VariantDraft:
    """The variant in one line: "Red; 25; 5"; where `option_names` is None with how it differs: "Colour: Red; 25; 5".

    Raises CannotRead with what is missing or wrong.
    """
    parts = [part.strip() for part in line.split(";")]
    names, colon, label = parts[0].partition(":")
    if len(parts) != 3 or (option_names is None and not colon):  # noqa: PLR2004  label, price and quantity
        hint = "variant_line" if option_names is None else "variant_form"
        raise CannotRead(field="variant", given=line[:LABEL_LIMIT], hint=hint)
    if option_names is not None and names.strip().casefold() != option_names.casefold():
        label = parts[0]
    return VariantDraft(
        label=read_label(label),
        price=read_price(parts[1], currency),
        quantity=read_quantity(parts[2]),
        option_names=read_label(names) if option_names is None else None,
    )


async def add_variant(
    session: AsyncSession,
    by: By,
    product_id: int,
    draft: VariantDraft,
    *,
    low_stock_at: int = 0,
    now: datetime,
) -> Product:
    """Add a variant. A product without variants becomes the first variant of a new parent that takes its place.

    So carts, orders and stock keep pointing at what they were about.
    Raises NotFound, TooMany, CannotRead, CannotBeMonthly.
    """
    acting = ask(by, Permission.CATALOGUE)
    owned = await get_owned(session, acting, product_id)
    if owned.product.parent_id is not None:
        owned = await get_owned(session, acting, owned.product.parent_id)
    if owned.product.monthly:
        raise CannotBeMonthly(why="variants", most=MOST_STARS)
    parent = owned.product if owned.is_parent else await _raise_parent(session, acting, owned, draft, now=now)
    siblings = list(await session.scalars(select(Product.option_label).where(Product.parent_id == parent.id)))
    if len(siblings) >= MOST:
        raise TooMany(limit=MOST)
    if draft.label.casefold() in {(label or "").casefold() for label in siblings}:
        raise CannotRead(field="label", given=draft.label, hint="label_taken")
    last = await session.scalar(select(func.max(Product.position)).where(Product.parent_id == parent.id))
    variant = await insert_product(
        session,
        Product(
            owner_id=parent.owner_id,
            parent_id=parent.id,
            category_id=parent.category_id,
            sku=await free_sku(session, parent.owner_id, f"{parent.sku}-{sku_from(draft.label)}"[:60]),
            name=parent.name,
            option_label=draft.label,
            position=(last or 0) + 1,
            price=draft.price,
            currency=parent.currency,
            kind=parent.kind,
            digital_content=parent.digital_content,
            archived_at=parent.archived_at,  # what is off sale gets no variant that is not
            draft=parent.draft,
            created_at=now,
            updated_at=now,
        ),
    )
    actor = acting.actor
    await first_stock(session, variant, draft.quantity, low_stock_at=low_stock_at, actor=actor, now=now)
    note_change(session, variant, actor=actor, action="product.variant_added", data={"parent": parent.id}, now=now)
    return variant


async def _raise_parent(
    session: AsyncSession, acting: Acting, owned: OwnedProduct, draft: VariantDraft, *, now: datetime
) -> Product:
    """Put a new parent above a product that had no variants; reviews move up with the rating."""
    first = owned.product
    if not draft.first_label or not draft.option_names:
        raise CannotRead(field="first_label", given="", hint="empty")
    await session.refresh(first, with_for_update=True)  # a review may be moving the rating right now
    if first.parent_id is not None:
        return (await get_owned(session, acting, first.parent_id)).product
    parent = await insert_product(
        session,
        Product(
            owner_id=first.owner_id,
            category_id=first.category_id,
            sku=await free_sku(session, first.owner_id, f"{first.sku[:56]}-ALL"),
            name=first.name,
            option_names=draft.option_names,
            description=first.description,
            attributes=first.attributes,
            tax_class=first.tax_class,
            weight=first.weight,
            price=first.price,
            currency=first.currency,
            kind=first.kind,
            digital_content=first.digital_content,
            image_url=first.image_url,
            photo_file_id=first.photo_file_id,
            photo_bot_id=first.photo_bot_id,
            rating_sum=first.rating_sum,
            rating_count=first.rating_count,
            archived_at=first.archived_at,
            draft=first.draft,
            created_at=now,
            updated_at=now,
        ),
    )
    await session.execute(
        update(Product)
        .where(Product.id == first.id)
        .values(parent_id=parent.id, option_label=draft.first_label, rating_sum=0, rating_count=0, updated_at=now)
    )
    await session.execute(update(ProductPhoto).where(ProductPhoto.product_id == first.id).values(product_id=parent.id))
    await session.execute(update(Review).where(Review.product_id == first.id).values(product_id=parent.id))
    await session.refresh(first)
    return parent
