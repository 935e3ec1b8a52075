"""One change for several products at once, as a list of our own columns: so it is shown before, and undone after."""

from collections.abc import Sequence
from enum import StrEnum
from io import StringIO

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Inventory, Product
from db.money import Money
from shop.importing.tables import Cell, CsvTable
from shop.people.permissions import By, Permission, ask
from shop.products.draft import PRICE_LIMIT, QUANTITY_LIMIT
from shop.refusals import CannotRead

MOST = 100  # products at once; their variants go with them
MOST_ROWS = 2_000  # with their variants
LEAST_PERCENT, MOST_PERCENT = -90, 900
WORDS = ("sku", "parent_sku", "option_names", "option", "currency")


class What(StrEnum):
    """What is changed."""

    PRICE = "price"  # by so many percent, less than none is cheaper
    RESTOCK = "restock"  # so many more of each
    ARCHIVE = "archive"
    PUBLISH = "publish"


class Alteration(Struct, frozen=True):
    """The change: `amount` is percent of a price, or units."""

    what: What
    amount: int = 0


def read(what: str, amount: str) -> Alteration:
    """What a form says. Raises CannotRead (field: what or amount)."""
    if what not in set(What):
        raise CannotRead(field="what", given=what[:20], hint="empty")
    wanted = What(what)
    if wanted in {What.ARCHIVE, What.PUBLISH}:
        return Alteration(wanted)
    try:
        number = int(amount.strip().removesuffix("%").strip()[:12].replace("\u2212", "-"))
    except ValueError:
        raise CannotRead(field="amount", given=amount[:20], hint="whole_number") from None
    fits = LEAST_PERCENT <= number <= MOST_PERCENT if wanted is What.PRICE else 0 < number <= QUANTITY_LIMIT
    if not number or not fits:
        raise CannotRead(field="amount", given=amount[:20], hint="too_large")
    return Alteration(wanted, number)


def repriced(price: int, percent: int) -> int:
    """A price so many percent higher, a half rounded up; never nothing, and never more than there may be."""
    return min(max((price * (100 + percent) + 50) // 100, 1), PRICE_LIMIT)


async def sellers_of(session: AsyncSession, product_ids: Sequence[int]) -> set[int]:
    """Whose products these are. One statement."""
    ids = sorted(set(product_ids))[:MOST]
    return set(await session.scalars(select(Product.owner_id).where(Product.id.in_(ids)).distinct()))


async def listed(session: AsyncSession, by: By, product_ids: Sequence[int], wanted: Alteration) -> bytes:
    """The list that makes this change to those of the products that are one's own; at most MOST of them.

    Empty when none is. Two statements. Raises NotPermitted, CannotRead (so many variants that it is too long).
    """
    ask(by, Permission.STOCK)
    owner_id = ask(by, Permission.CATALOGUE).owner_id
    ids = sorted(set(product_ids))[:MOST]
    mine = select(Product, Inventory).outerjoin(Inventory, Inventory.product_id == Product.id)
    tops = await session.execute(
        mine.where(Product.id.in_(ids), Product.owner_id == owner_id, Product.parent_id.is_(None)).order_by(Product.id)
    )
    rows = [(row[0], row[1]) for row in tops]
    under = mine.where(Product.parent_id.in_([product.id for product, _ in rows]))
    below: dict[int | None, list[tuple[Product, Inventory | None]]] = {}
    count = len(rows)
    for row in await session.execute(under.order_by(Product.position, Product.id).limit(MOST_ROWS + 1)):
        below.setdefault(row[0].parent_id, []).append((row[0], row[1]))
        count += 1
    if count > MOST_ROWS:
        raise CannotRead(field="product", given="", hint="too_large")
    if not rows:
        return b""
    out = StringIO()
    table = CsvTable(out, (*WORDS, *COLUMNS[wanted.what]))
    for product, stock in rows:
        variants = below.get(product.id, [])
        table.add([_row(product, stock, "", wanted, is_parent=bool(variants))])
        table.add([_row(one, left, product.sku, wanted, above=product) for one, left in variants])
    return out.getvalue().encode()


COLUMNS = {
    What.PRICE: ("price",),
    What.RESTOCK: ("quantity", "stock_at_export"),
    What.ARCHIVE: ("archived", "draft"),
    What.PUBLISH: ("archived", "draft"),
}


def _row(
    product: Product,
    stock: Inventory | None,
    parent_sku: str,
    wanted: Alteration,
    *,
    is_parent: bool = False,
    above: Product | None = None,
) -> tuple[Cell, ...]:
    label = (product.option_label or "") if parent_sku else ""
    words: tuple[Cell, ...] = (product.sku, parent_sku, product.option_names or "", label, product.currency)
    match wanted.what:
        case What.PRICE:
            price = repriced(product.price, wanted.amount)
            return (*words, "" if is_parent else Money(price, product.currency).major())
        case What.RESTOCK:
            if stock is None or product.pooled_at is not None:  # keys are added one by one
                return (*words, None, None)
            return (*words, stock.quantity_in_stock + wanted.amount, stock.quantity_in_stock)
        case _:
            archived, draft = wanted.what is What.ARCHIVE, False
            if above is not None and product.archived_at != above.archived_at:  # it went by itself, and stays as it is
                archived, draft = product.archived_at is not None and not product.draft, product.draft
            return (*words, "true" if archived else "false", "true" if draft else "false")
