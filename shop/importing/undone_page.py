"""The products of one page of a list on their way back: what can be is put back, the rest is named."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Category, ImportChange, ImportRun, Inventory, Product, ProductPhoto, Review
from db.writes import changed
from shop.importing.pictures import load_listed, write_listed
from shop.importing.putting_away import put_away
from shop.importing.remembering import MARK, PICTURES, put_back
from shop.importing.restocking import take_stock_back
from shop.importing.stored import PUT_BACK


class UndonePage:
    """The products of one page, and the transaction in which they go back."""

    def __init__(self, session: AsyncSession, run: ImportRun, rows: Sequence[ImportChange], now: datetime) -> None:
        self._session, self._run, self._rows, self._now = session, run, rows, now
        self._products: dict[int, Product] = {}
        self._kept: dict[int, list[str]] = {}

    async def put_back(self) -> list[dict[str, object]]:
        """Put back what can be; the others, with the fields that were left."""
        ids = [row.product_id for row in self._rows]
        query = select(Product).where(Product.id.in_(ids), Product.owner_id == self._run.owner_id).order_by(Product.id)
        self._products = {one.id: one for one in await self._session.scalars(query.with_for_update())}
        made = [row for row in self._rows if row.created and row.product_id in self._products]
        old = [row for row in self._rows if not row.created and row.product_id in self._products]
        stock = {row.product_id: row.stock for row in (*made, *old) if row.stock}
        await take_stock_back(self._session, stock, now=self._now)
        skus = {one.id: one.sku for one in (self._products[row.product_id] for row in made)}
        for number in skus:  # an old product may take its SKU back
            self._products[number].sku = f"~{number}"
        await self._session.flush()
        await self._change_back(old)
        rest = await put_away(
            self._session, [(self._products[row.product_id], row.after) for row in made], now=self._now
        )
        await self._name_again({number: sku for number, sku in skus.items() if number in rest})
        self._kept |= {number: ["edited"] for number, edited in rest.items() if edited}
        self._note(old)
        return [self._told(number, fields) for number, fields in self._kept.items() if fields]

    async def _change_back(self, rows: Sequence[ImportChange]) -> None:
        left = await self._cannot(rows)
        pictures = await load_listed(self._session, [row.product_id for row in rows if PICTURES in row.before])
        wanted, gone = {}, []
        for row in rows:
            product = self._products[row.product_id]
            fields = put_back(product, row.before, row.after, left.get(product.id, ()))
            if PICTURES in row.before:
                if pictures.get(product.id, "") != row.after[PICTURES]:
                    fields.append(PICTURES)
                elif row.before[PICTURES]:
                    wanted[product.id] = row.before[PICTURES]
                else:
                    gone.append(product.id)
            if MARK in row.before and not await self._mark_back(row):
                fields.append(MARK)
            if row.before or row.after:
                product.updated_at = self._now
            self._kept[product.id] = fields
        await self._session.flush()
        if wanted:
            await write_listed(self._session, wanted)
        if gone:
            await self._session.execute(delete(ProductPhoto).where(ProductPhoto.product_id.in_(gone)))
        await self._lift_reviews_back(rows)

    async def _mark_back(self, row: ImportChange) -> bool:
        mine = (Inventory.product_id == row.product_id, Inventory.low_stock_at == row.after[MARK])
        values = {"low_stock_at": row.before[MARK]}
        return await changed(self._session, update(Inventory).where(*mine).values(values)) == 1

    async def _cannot(self, rows: Sequence[ImportChange]) -> dict[int, list[str]]:
        """What cannot go back: into a category that is gone, to a SKU that somebody else has."""
        session, left = self._session, dict[int, list[str]]()
        shelves = {row.before["category_id"] for row in rows if row.before.get("category_id")}
        there = set(await session.scalars(select(Category.id).where(Category.id.in_(shelves)))) if shelves else set()
        skus = {row.before["sku"] for row in rows if "sku" in row.before}
        query = select(Product.sku, Product.id).where(Product.owner_id == self._run.owner_id, Product.sku.in_(skus))
        taken = {row.sku: row.id for row in await session.execute(query)} if skus else {}
        mine = {row.product_id for row in rows}
        for row in rows:
            if row.before.get("category_id") and row.before["category_id"] not in there:
                left.setdefault(row.product_id, []).append("category")
            if "sku" in row.before and taken.get(row.before["sku"], row.product_id) not in mine:
                left.setdefault(row.product_id, []).append("sku")
        return left

    async def _lift_reviews_back(self, rows: Sequence[ImportChange]) -> None:
        """What became a variant by this list takes its reviews along again."""
        made = {row.product_id for row in self._rows if row.created}
        for row in rows:
            above = row.after.get("parent_id")
            product = self._products[row.product_id]
            if "parent_id" in row.before and above in made and product.parent_id is None and above in self._products:
                parent = self._products[above]
                mine = update(Review).where(Review.product_id == above).values(product_id=product.id)
                await self._session.execute(mine)
                product.rating_sum, product.rating_count = parent.rating_sum, parent.rating_count
                parent.rating_sum = parent.rating_count = 0

    async def _name_again(self, skus: dict[int, str]) -> None:
        """Those that stay have their SKU again, where it is free."""
        query = select(Product.sku).where(Product.owner_id == self._run.owner_id, Product.sku.in_(skus.values()))
        taken = set(await self._session.scalars(query)) if skus else set()
        for number, sku in skus.items():
            if sku not in taken:
                self._products[number].sku = sku
        await self._session.flush()

    def _note(self, rows: Sequence[ImportChange]) -> None:
        """What the list before had said about the stock counts again."""
        for row in rows:
            data = {"stock": row.statement, "left": self._kept.get(row.product_id, [])}
            event = {"actor": self._run.actor, "action": PUT_BACK, "subject": f"product:{row.product_id}"}
            self._session.add(AdminEvent(**event, owner_id=self._run.owner_id, data=data, created_at=self._now))

    def _told(self, number: int, fields: list[str]) -> dict[str, object]:
        product = self._products[number]
        return {"sku": product.sku, "name": product.name, "fields": fields}
