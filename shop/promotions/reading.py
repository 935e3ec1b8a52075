"""Which promotions one person's cart may have: read beside the cart, in the same transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, bindparam, exists, func, or_, select

from db.models import Category, Order, OrderStatus, PromoCode, Promotion, PromotionGoods, Redemption
from shop.promotions.rule import Candidate

_MINE = (
    select(func.count())
    .where(
        Redemption.promotion_id == Promotion.id,
        Redemption.user_id == bindparam("person"),
        Redemption.released_at.is_(None),
    )
    .scalar_subquery()
)
_ORDERED = exists().where(
    Order.owner_id == Promotion.owner_id,
    Order.user_id == bindparam("person"),
    Order.status != OrderStatus.CANCELLED,
)
_COLUMNS = (
    Promotion.id,
    Promotion.owner_id,
    Promotion.name,
    Promotion.kind,
    Promotion.value,
    Promotion.currency,
    Promotion.buy_units,
    Promotion.free_units,
    Promotion.min_amount,
    Promotion.starts_at,
    Promotion.ends_at,
    Promotion.total_limit,
    Promotion.per_person,
    Promotion.first_order,
    Promotion.used,
    Promotion.stopped_at,
    _MINE,
    _ORDERED,
)
MOST = 50  # automatic offers of one seller that run at once
# whether a seller has an offer that needs no code: asked within the statement that reads the cart
OFFERS_OF = (Promotion.automatic.is_(True), Promotion.stopped_at.is_(None))
_CODE = (
    select(*_COLUMNS, PromoCode.id, PromoCode.code, PromoCode.most, PromoCode.used)
    .join(PromoCode, PromoCode.promotion_id == Promotion.id)
    .where(PromoCode.id == bindparam("code"))
)


class Scope(Struct, frozen=True):
    """What a promotion is for; nothing: everything."""

    categories: frozenset[int]
    products: frozenset[int]


def candidates_in(
    connection: Connection, user_id: int, owners: Collection[int], code_id: int | None, now: datetime
) -> tuple[Candidate, ...]:
    """The automatic offers of these sellers that run now, and the code that the person typed, whatever it is worth."""
    rows: list[tuple[object, ...]] = []
    if code_id is not None:
        rows += [tuple(row) for row in connection.execute(_CODE, {"person": user_id, "code": code_id})]
    if owners:
        running = (
            select(*_COLUMNS)
            .where(
                Promotion.owner_id.in_(sorted(owners)),
                *OFFERS_OF,
                or_(Promotion.ends_at.is_(None), Promotion.ends_at > now),
            )
            .order_by(Promotion.id)
            .limit(MOST)
        )
        rows += [tuple(row) for row in connection.execute(running, {"person": user_id})]
    if not rows:
        return ()
    scopes = _scopes(connection, [int(str(row[0])) for row in rows])
    return tuple(_candidate(row, scopes) for row in rows)


def _candidate(row: Sequence[object], scopes: dict[int, Scope]) -> Candidate:
    names = Candidate.__struct_fields__
    values = dict(zip(names, row, strict=False))
    scope = scopes.get(int(str(row[0])))
    values["ordered"] = bool(values["ordered"])
    if scope is not None:
        values |= {"categories": scope.categories, "products": scope.products}
    return Candidate(**values)  # type: ignore[arg-type]  # the columns are in the order of the fields


def _scopes(connection: Connection, promotions: list[int]) -> dict[int, Scope]:
    query = select(PromotionGoods.promotion_id, PromotionGoods.category_id, PromotionGoods.product_id).where(
        PromotionGoods.promotion_id.in_(promotions)
    )
    rows = connection.execute(query).all()
    below = _below(connection, sorted({row.category_id for row in rows if row.category_id is not None}))
    scopes: dict[int, Scope] = {}
    for promotion in {row.promotion_id for row in rows}:
        mine = [row for row in rows if row.promotion_id == promotion]
        roots = [row.category_id for row in mine if row.category_id is not None]
        scopes[promotion] = Scope(
            frozenset().union(*(below.get(root, {root}) for root in roots)),
            frozenset(row.product_id for row in mine if row.product_id is not None),
        )
    return scopes


def _below(connection: Connection, roots: list[int]) -> dict[int, set[int]]:
    """Each category with all that hang below it."""
    if not roots:
        return {}
    start = select(Category.id.label("root"), Category.id.label("id")).where(Category.id.in_(roots))
    tree = start.cte("below", recursive=True)
    tree = tree.union_all(select(tree.c.root, Category.id).join(tree, Category.parent_id == tree.c.id))
    found: dict[int, set[int]] = {}
    for root, category in connection.execute(select(tree.c.root, tree.c.id)):
        found.setdefault(root, set()).add(category)
    return found
