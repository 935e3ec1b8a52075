"""What a promotion is for: categories with all below them, products with their variants; none chosen: everything."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Category, Product, Promotion, PromotionGoods
from db.writes import changed
from shop.people.permissions import Acting, By, Permission, ask
from shop.promotions.keeping import MOST_GOODS, mine, note
from shop.refusals import NotFound, TooMany

LEVEL = 6  # categories of a page


class Chosen(Struct, frozen=True):
    """What a promotion is for: ids and names, as they are called today."""

    promotion: Promotion
    categories: tuple[tuple[int, str], ...] = ()
    products: tuple[tuple[int, str], ...] = ()

    @property
    def ids(self) -> frozenset[int]:
        """Those of the products."""
        return frozenset(number for number, _ in self.products)


class Below(Struct, frozen=True):
    """A category to choose, and whether there is something below it."""

    id: int
    name: str
    has_more: bool


class Level(Struct, frozen=True):
    """A page of the categories right below one (`here`; None: at the top)."""

    items: tuple[Below, ...]
    page: int
    has_more: bool
    here: int | None = None
    name: str = ""
    above: int | None = None


async def chosen(session: AsyncSession, by: By, promotion_id: int) -> Chosen:
    """What it is for. At most MOST_GOODS rows. Raises NotFound, NotPermitted."""
    promotion = await mine(session, ask(by, Permission.PROMOTION), promotion_id)
    of_it = PromotionGoods.promotion_id == promotion_id
    categories = select(Category.id, Category.name).join(PromotionGoods, PromotionGoods.category_id == Category.id)
    products = select(Product.id, Product.name).join(PromotionGoods, PromotionGoods.product_id == Product.id)
    found = [
        tuple((row.id, row.name) for row in await session.execute(query.where(of_it).order_by(PromotionGoods.id)))
        for query in (categories, products)
    ]
    return Chosen(promotion, *found)


async def level(session: AsyncSession, category_id: int | None, *, page: int) -> Level:
    """A page of categories to choose from. Raises NotFound."""
    here = None if category_id is None else await session.get(Category, category_id)
    if category_id is not None and here is None:
        raise NotFound(category_id=category_id)
    under = Category.__table__.alias("under")
    has_more = select(under.c.id).where(under.c.parent_id == Category.id).correlate(Category).exists()
    query = (
        select(Category.id, Category.name, has_more.label("has_more"))
        .where(Category.parent_id.is_(None) if category_id is None else Category.parent_id == category_id)
        .order_by(Category.position, Category.id)
        .offset(page * LEVEL)
        .limit(LEVEL + 1)
    )
    rows = (await session.execute(query)).all()
    items = tuple(Below(row.id, row.name, bool(row.has_more)) for row in rows[:LEVEL])
    if here is None:
        return Level(items, page, len(rows) > LEVEL)
    return Level(items, page, len(rows) > LEVEL, here.id, here.name, here.parent_id)


async def set_category(
    session: AsyncSession, by: By, promotion_id: int, category_id: int, *, wanted: bool, now: datetime
) -> None:
    """It is for the goods of a category, or is not. Raises NotFound, NotPermitted, TooMany."""
    acting = ask(by, Permission.PROMOTION)
    promotion = await mine(session, acting, promotion_id, lock=True)
    name = await session.scalar(select(Category.name).where(Category.id == category_id))
    await _choose(session, acting, promotion, {"category_id": category_id}, name, wanted=wanted, now=now)


async def set_product(
    session: AsyncSession, by: By, promotion_id: int, product_id: int, *, wanted: bool, now: datetime
) -> None:
    """It is for one of the seller's products, or is not. Raises NotFound, NotPermitted, TooMany."""
    acting = ask(by, Permission.PROMOTION)
    promotion = await mine(session, acting, promotion_id, lock=True)
    theirs = (Product.id == product_id, Product.owner_id == promotion.owner_id)
    name = await session.scalar(select(Product.name).where(*theirs))
    await _choose(session, acting, promotion, {"product_id": product_id}, name, wanted=wanted, now=now)


async def clear(session: AsyncSession, by: By, promotion_id: int, *, now: datetime) -> None:
    """It is for everything again. Raises NotFound, NotPermitted."""
    acting = ask(by, Permission.PROMOTION)
    promotion = await mine(session, acting, promotion_id, lock=True)
    if await changed(session, delete(PromotionGoods).where(PromotionGoods.promotion_id == promotion_id)):
        note(session, acting, "promotion.goods_set", promotion, {"goods": [None, None]}, now)


async def _choose(
    session: AsyncSession,
    acting: Acting,
    promotion: Promotion,
    which: dict[str, int],
    name: str | None,
    *,
    wanted: bool,
    now: datetime,
) -> None:
    row = select(PromotionGoods.id).filter_by(promotion_id=promotion.id, **which)
    there = await session.scalar(row.limit(1)) is not None
    if there is wanted:
        return
    if not wanted:
        await changed(session, delete(PromotionGoods).filter_by(promotion_id=promotion.id, **which))
        note(session, acting, "promotion.goods_set", promotion, {"goods": [name, None]}, now)
        return
    if name is None:
        raise NotFound(**which)
    many = await session.scalar(select(func.count()).where(PromotionGoods.promotion_id == promotion.id)) or 0
    if many >= MOST_GOODS:
        raise TooMany(limit=MOST_GOODS)
    session.add(PromotionGoods(promotion_id=promotion.id, **which))
    note(session, acting, "promotion.goods_set", promotion, {"goods": [None, name]}, now)
    await session.flush()
