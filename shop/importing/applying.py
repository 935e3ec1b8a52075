"""Writing a plan into the database: in batches, parents before variants, stock last."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import changes_of
from db.models import AdminEvent, ImportChange, Inventory, MovementReason, Product, ProductKind, Review, StockMovement
from db.texts import with_columns
from shop.importing.categories import categories_for
from shop.importing.compare import Plan
from shop.importing.pictures import write_listed
from shop.importing.remembering import MARK, PICTURES, Kept, columns_of, difference
from shop.importing.report import Verdict
from shop.importing.stored import ACTOR, IMPORTED, batches
from shop.importing.wanted import Value
from shop.pricing import drop_hollow_sale
from shop.stock.news import tell_watchers

COPIED = (
    "sku",
    "name",
    "option_names",
    "option_label",
    "description",
    "attributes",
    "weight",
    "price",
    "currency",
    "tax_class",
    "image_url",
)


class Applying:
    """A page of a list on its way into the database; nothing is kept unless the caller's transaction commits."""

    def __init__(
        self, session: AsyncSession, owner_id: int, *, low_stock_at: int, now: datetime, remember: tuple[int, int]
    ) -> None:
        """`remember`: under which run and page it is written down what the products were before."""
        self._session = session
        self._owner_id = owner_id
        self._low_stock_at = low_stock_at
        self._now = now
        self._remember = remember
        self._before: dict[int, Kept] = {}  # by the id of the product
        self._stock: dict[int, int] = {}  # what was added, by the id of the product
        self._categories: dict[str, int | None] = {}
        self._rows: dict[int, Product] = {}  # by the identity of their plan

    async def apply(self, plans: list[Plan]) -> None:
        """Write everything."""
        changes_of(self._session).everything = True
        named = dict.fromkeys(str(top.wanted.values.get("category") or "") for top in plans)
        self._categories = await categories_for(self._session, named, owner_id=self._owner_id, now=self._now)
        every = [one for top in plans for one in (top, *top.variants)]
        self._look_before(plans)
        await self._write_products(plans)
        await self._first_stock([one for one in every if one.stored is None and not one.wanted.is_parent])
        await self._change_stock([one for one in every if one.stored is not None and one.stock is not None])
        await self._note(every)
        await self._write_down(every)

    def _look_before(self, plans: list[Plan]) -> None:
        for stored in (one.stored for top in plans for one in (top, *top.variants)):
            if stored is not None:
                kept = columns_of(stored.product)
                self._before[stored.product.id] = kept | {PICTURES: stored.more_images, MARK: stored.low_stock_at}

    async def _write_down(self, plans: list[Plan]) -> None:
        """What every product was, for who undoes the list."""
        run_id, page = self._remember
        rows = []
        for one in plans:
            product = self._rows[id(one)]
            before, after = difference(self._before.get(product.id, {}), self._after(one))
            stock = self._stock.get(product.id, 0)
            created = one.stored is None
            statement = None if one.stored is None else one.stored.statement
            if created or before or after or stock or one.wanted.statement not in {None, statement}:
                row = {"run_id": run_id, "page": page, "product_id": product.id, "created": created}
                rows.append({**row, "before": before, "after": after, "stock": stock, "statement": statement})
        for some in batches(rows):
            await self._session.execute(insert(ImportChange), list(some))

    def _after(self, one: Plan) -> Kept:
        product, stated = self._rows[id(one)], one.wanted.values
        before = self._before.get(product.id, {})
        changed = one.stored is None or any(change.field == PICTURES for change in one.changes)
        pictures, mark = stated.get(PICTURES, "") if changed else before.get(PICTURES, ""), stated.get(MARK)
        return columns_of(product) | {PICTURES: pictures, MARK: before.get(MARK, 0) if mark is None else mark}

    async def _write_products(self, plans: Iterable[Plan]) -> None:
        plans = list(plans)
        for top in plans:
            if top.grows is not None:  # its SKU must be free before the parent takes it
                top.grows.product.sku = top.variants[0].wanted.sku
        await self._session.flush()
        for top in plans:
            self._write(top, None)
        await self._session.flush()
        for top in plans:
            for variant in top.variants:
                self._write(variant, top)
        await self._session.flush()
        await self._write_pictures([one for top in plans for one in (top, *top.variants)])
        for top in plans:
            for variant in top.variants:
                if variant.moves_in:
                    await self._lift_reviews(self._rows[id(variant)], self._rows[id(top)])

    def _write(self, one: Plan, above: Plan | None) -> None:
        parent = self._rows[id(above)] if above else None
        if one.stored is not None:
            product = one.stored.product
            if one.verdict is Verdict.UNCHANGED:
                self._rows[id(one)] = product
                return
        else:
            product = Product(owner_id=self._owner_id, kind=ProductKind.PHYSICAL, created_at=self._now)
            product.description, product.rating_sum, product.rating_count = "", 0, 0
            if one.grows is not None:  # what was said about the product is about all its variants
                product.attributes = one.grows.product.attributes
                product.tax_class = one.grows.product.tax_class
            self._session.add(product)
        self._rows[id(one)] = product
        self._take_over(product, {"sku": one.wanted.sku, **one.wanted.values})
        if parent is not None and above is not None:
            product.parent_id = parent.id
            product.category_id = parent.category_id
            product.position = above.variants.index(one)

    async def _write_pictures(self, plans: Iterable[Plan]) -> None:
        """The pictures beside the first; a file that names none at all takes none away."""
        wanted = {
            self._rows[id(one)].id: str(one.wanted.values["more_images"])
            for one in plans
            if (one.stored is None and one.wanted.values.get(PICTURES))
            or any(change.field == PICTURES for change in one.changes)
        }
        for some in batches(sorted(wanted)):
            await write_listed(self._session, {product_id: wanted[product_id] for product_id in some})

    def _take_over(self, product: Product, stated: dict[str, Value]) -> None:
        if "image_url" in stated and product.image_url != stated["image_url"]:
            product.photo_file_id = product.photo_bot_id = None
        if stated.get("photo"):
            bot_id, _, product.photo_file_id = str(stated["photo"]).partition(":")
            product.photo_bot_id = int(bot_id)
        money = product.currency
        for name in COPIED:
            if name in stated:
                setattr(product, name, stated[name])
        if "texts" in stated:
            product.texts = with_columns(product.texts, str(stated["texts"]))
        _take_sale(product, stated, reckoned_anew=product.currency != money)
        if "kind" in stated and product.pooled_at is None:
            product.kind = ProductKind(str(stated["kind"]))
        if stated.get("digital_content"):
            product.digital_content = str(stated["digital_content"])
        if "category" in stated:
            product.category_id = self._categories[str(stated["category"] or "")]
        self._put(product, stated)
        product.updated_at = self._now

    def _put(self, product: Product, stated: dict[str, Value]) -> None:
        """On sale, archived, or a draft."""
        if "archived" in stated and bool(stated["archived"]) != (product.archived_at is not None):
            product.archived_at = self._now if stated["archived"] else None
        if "draft" in stated:
            product.draft = bool(stated["draft"])

    async def _lift_reviews(self, variant: Product, parent: Product) -> None:
        """Reviews are kept at the parent."""
        await self._session.execute(update(Review).where(Review.product_id == variant.id).values(product_id=parent.id))
        parent.rating_sum += variant.rating_sum
        parent.rating_count += variant.rating_count
        variant.rating_sum = variant.rating_count = 0

    async def _first_stock(self, plans: list[Plan]) -> None:
        for some in batches(plans):
            await asyncio.sleep(0)
            rows = [(self._rows[id(one)].id, one.stock or 0, one.wanted.values.get("low_stock_at")) for one in some]
            self._stock |= {product_id: stock for product_id, stock, _ in rows}
            await self._session.execute(
                insert(Inventory),
                [
                    {
                        "product_id": product_id,
                        "quantity_in_stock": stock,
                        "quantity_reserved": 0,
                        "low_stock_at": self._low_stock_at if mark is None else mark,
                        "updated_at": self._now,
                    }
                    for product_id, stock, mark in rows
                ],
            )
            await self._move(
                [(product_id, stock) for product_id, stock, _ in rows if stock], MovementReason.RECEIVED, "first stock"
            )

    async def _change_stock(self, plans: list[Plan]) -> None:
        """Set the stock that the file asks for, never below what orders hold, and tell who was waiting."""
        asked = {self._rows[id(one)].id: one.stock or 0 for one in plans}
        for some in batches(sorted(asked)):
            await asyncio.sleep(0)
            # Locked in the order of ids, like everybody does, so that the difference written down is the true one.
            query = (
                select(Inventory.product_id, Inventory.quantity_in_stock, Inventory.quantity_reserved)
                .where(Inventory.product_id.in_(some))
                .order_by(Inventory.product_id)
                .with_for_update()
            )
            rows = (await self._session.execute(query)).all()
            wanted = {row[0]: max(asked[row[0]], row[2]) for row in rows}
            table = Inventory.__table__
            statement = (
                update(Inventory)
                .where(table.c.product_id == bindparam("wanted_id"), table.c.quantity_reserved <= bindparam("wanted"))
                .values(quantity_in_stock=bindparam("wanted"), updated_at=self._now)
            )
            connection = await self._session.connection()
            await connection.execute(statement, [{"wanted_id": key, "wanted": value} for key, value in wanted.items()])
            moved = [(row[0], wanted[row[0]] - row[1]) for row in rows if wanted[row[0]] != row[1]]
            self._stock |= dict(moved)
            await self._move(moved, MovementReason.CORRECTED, "the imported file says so")
            await tell_watchers(self._session, some, now=self._now)

    async def _move(self, deltas: list[tuple[int, int]], reason: MovementReason, note: str) -> None:
        if deltas:
            await self._session.execute(
                insert(StockMovement),
                [
                    {
                        "product_id": product_id,
                        "delta": delta,
                        "reason": reason,
                        "actor": ACTOR,
                        "note": note,
                        "created_at": self._now,
                    }
                    for product_id, delta in deltas
                ],
            )

    async def _note(self, plans: list[Plan]) -> None:
        """Write down what was changed, and what the file said about the stock."""
        rows = []
        for one in plans:
            said_anew = one.stored is not None and one.wanted.statement not in {None, one.stored.statement}
            if one.verdict is Verdict.UNCHANGED and not said_anew:
                continue
            rows.append(
                {
                    "actor": ACTOR,
                    "action": IMPORTED,
                    "subject": f"product:{self._rows[id(one)].id}",
                    "owner_id": self._rows[id(one)].owner_id,
                    "data": {
                        "stock": one.wanted.statement or (one.stored.statement if one.stored else None),
                        "changes": {change.field: [change.before, change.after] for change in one.changes},
                    },
                    "created_at": self._now,
                }
            )
        for some in batches(rows):
            await asyncio.sleep(0)
            await self._session.execute(insert(AdminEvent), list(some))
        await self._change_marks(plans)

    async def _change_marks(self, plans: list[Plan]) -> None:
        marks = {
            self._rows[id(one)].id: one.wanted.values["low_stock_at"]
            for one in plans
            if one.stored is not None
            and one.stored.in_stock is not None
            and one.wanted.values.get("low_stock_at") not in {None, one.stored.low_stock_at}
        }
        for product_id, mark in marks.items():
            await self._session.execute(
                update(Inventory).where(Inventory.product_id == product_id).values(low_stock_at=mark)
            )


def _take_sale(product: Product, stated: dict[str, Value], *, reckoned_anew: bool) -> None:
    """Take over a sale; one in another currency, or that costs no less than the product, ends."""
    if reckoned_anew and "sale_price" not in stated:
        product.sale_price = product.sale_from = product.sale_until = None
    for name in ("sale_price", "sale_from", "sale_until"):
        if name in stated:
            said = stated[name]
            setattr(product, name, datetime.fromisoformat(said) if isinstance(said, str) else said)
    drop_hollow_sale(product)
