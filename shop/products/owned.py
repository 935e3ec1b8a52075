"""A seller's own products: who may touch which, lists and look-ups."""

from msgspec import Struct
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.folding import fold
from db.models import Inventory, Product, User
from db.ordering import along
from shop.catalog.searching import answering, answering_among
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import CannotRead, NotFound


class OwnedProduct(Struct, frozen=True):
    """A product as its seller sees it; `in_stock` and `reserved` of a parent are those of all its variants.

    `seller` is the name of who sells it, in what an operator sees.
    """

    product: Product
    in_stock: int
    reserved: int
    variants: tuple["OwnedProduct", ...]
    is_parent: bool
    low_stock_at: int = 0
    seller: str = ""

    @property
    def available(self) -> int:
        """Units that can still be promised."""
        return self.in_stock - self.reserved


class OwnedPage(Struct, frozen=True):
    """Some of a seller's products, newest first."""

    items: tuple[OwnedProduct, ...]
    has_newer: bool
    has_older: bool


FEW = 1_000  # products of a seller that a search asks one by one, instead of those of all sellers that answer to it
SEEING = (Permission.CATALOGUE, Permission.STOCK, Permission.PROMOTION)  # any of these sees what there is


async def get_owned(session: AsyncSession, by: By, product_id: int) -> OwnedProduct:
    """One product with its stock and its variants (archived ones too). Raises NotFound, also when it is not theirs."""
    acting = ask(by, *SEEING)
    product = await session.get(Product, product_id, populate_existing=True)
    if product is None or not (acting.everything or product.owner_id == acting.owner_id):
        raise NotFound(product_id=product_id)
    return (await _with_stock(session, [product], named=acting.everything))[0]


async def find_by_sku(session: AsyncSession, by: By, sku: str) -> OwnedProduct:
    """The product with this SKU, in any case unless case tells two apart.

    Raises NotFound; CannotRead when several sellers use the SKU and an operator asks (their own comes first).
    """
    acting = ask(by, *SEEING)
    query = select(Product).where(Product.sku_folded == fold(sku.strip())).order_by(Product.id).limit(50)
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
    found = list(await session.scalars(query))
    for narrower in (
        [product for product in found if product.owner_id == acting.owner_id and product.sku == sku.strip()],
        [product for product in found if product.owner_id == acting.owner_id],
        [product for product in found if product.sku == sku.strip()],
    ):
        found = narrower or found
    if not found:
        raise NotFound(sku=sku)
    if len(found) > 1:
        raise CannotRead(field="sku", given=sku, hint="ambiguous")
    return (await _with_stock(session, found))[0]


async def list_owned(
    session: AsyncSession,
    by: By,
    *,
    after_id: int | None = None,
    before_id: int | None = None,
    limit: int = 6,
    called: str = "",
    few: int = FEW,
) -> OwnedPage:
    """A page of one's own products (operators: of everybody's), newest first; `after_id` leads to older ones.

    `called` leaves those that a search for it would find, in its order. At most three queries, four for operators;
    with `called` a few more.
    """
    acting = ask(by, *SEEING)
    backwards = before_id is None
    beyond = after_id if backwards else before_id
    if called:
        rows = await _called(session, acting, called, after_id=after_id, before_id=before_id, limit=limit + 1, few=few)
    else:
        query = _tops(session, acting, backwards=backwards)
        if beyond is not None:
            query = query.where(Product.id < beyond if backwards else Product.id > beyond)
        rows = list(await session.scalars(query.limit(limit + 1)))
    if not rows and beyond is not None:
        return await list_owned(session, acting, limit=limit, called=called, few=few)
    more = len(rows) > limit
    rows = rows[:limit] if backwards else rows[:limit][::-1]
    return OwnedPage(
        tuple(await _with_stock(session, rows, named=acting.everything)),
        has_newer=more if before_id is not None else after_id is not None,
        has_older=True if before_id is not None else more,
    )


def _tops(session: AsyncSession, acting: Acting, *, backwards: bool) -> Select[Product]:
    """Products that are no variants, in the order of their ids."""
    if acting.everything:
        # read along the primary key, where variants are passed by; the bare column would lead SQLite into sorting all
        query = select(Product).where(func.coalesce(Product.parent_id, 0) == 0)
        return query.order_by(Product.id.desc() if backwards else Product.id)
    query = select(Product).where(Product.parent_id.is_(None), Product.owner_id == acting.owner_id)
    return query.order_by(*along(session, [Product.parent_id], [Product.id], backwards=backwards))


async def _called(
    session: AsyncSession,
    acting: Acting,
    text: str,
    *,
    after_id: int | None,
    before_id: int | None,
    limit: int,
    few: int,
) -> list[Product]:
    query, look = select(Product).where(Product.parent_id.is_(None)), answering
    if not acting.everything:
        query = query.where(Product.owner_id == acting.owner_id)
        some = query.with_only_columns(Product.id).limit(few + 1).subquery()
        if (await session.scalar(select(func.count()).select_from(some)) or 0) <= few:
            look = answering_among
    found = await look(session, query, text, after_id=after_id, before_id=before_id, limit=limit)
    return [row[0] for row in found]


async def _with_stock(session: AsyncSession, products: list[Product], *, named: bool = False) -> list[OwnedProduct]:
    ids = [product.id for product in products]
    sellers: dict[int, str] = {}
    if named and products:
        who = select(User.id, User.name).where(User.id.in_({product.owner_id for product in products}))
        sellers = {row.id: row.name for row in await session.execute(who)}
    below = list(
        await session.scalars(select(Product).where(Product.parent_id.in_(ids)).order_by(Product.position, Product.id))
    )
    stock = {
        inventory.product_id: inventory
        for inventory in await session.scalars(
            select(Inventory)
            .where(Inventory.product_id.in_([*ids, *(variant.id for variant in below)]))
            .execution_options(populate_existing=True)
        )
    }
    owned = []
    for product in products:
        variants = tuple(_one(variant, stock.get(variant.id)) for variant in below if variant.parent_id == product.id)
        if product.id in stock:
            owned.append(_one(product, stock[product.id], sellers.get(product.owner_id, "")))
            continue
        live = [variant for variant in variants if variant.product.archived_at is None]
        total = sum(variant.in_stock for variant in live)
        held = sum(variant.reserved for variant in live)
        seller = sellers.get(product.owner_id, "")
        owned.append(OwnedProduct(product, total, held, variants, is_parent=True, seller=seller))
    return owned


def _one(product: Product, inventory: Inventory | None, seller: str = "") -> OwnedProduct:
    if inventory is None:
        return OwnedProduct(product, 0, 0, (), is_parent=False, seller=seller)
    return OwnedProduct(
        product,
        inventory.quantity_in_stock,
        inventory.quantity_reserved,
        (),
        is_parent=False,
        low_stock_at=inventory.low_stock_at,
        seller=seller,
    )
