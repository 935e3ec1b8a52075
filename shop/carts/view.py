"""What a cart looks like: plain values, one group for each order that it would become."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Cart, CartItem, Inventory, Product, ProductKind, Promotion, User
from db.prepared import PreparedRead
from db.texts import titled
from shop.catalog.offered import goes_into_carts
from shop.pricing import offer_at
from shop.promotions import OFFERS_OF, Candidate, Goods, Saving, best, candidates_in

PARENT = aliased(Product)


def columns(item_id: Any, quantity: Any, seen_price: Any, seen_currency: Any, offered: Any = None) -> tuple[Any, ...]:
    """The columns of a line, in the order in which `rows_of` reads them; what the cart itself says is handed in."""
    return (
        Cart.id,
        Cart.version,
        Cart.code_id,
        exists().where(Promotion.owner_id == Product.owner_id, *OFFERS_OF),
        item_id,
        Product.id,
        Product.name,
        Product.option_label,
        quantity,
        Product.price,
        Product.sale_price,
        Product.sale_from,
        Product.sale_until,
        Product.currency,
        seen_price,
        seen_currency,
        Inventory.quantity_in_stock - Inventory.quantity_reserved,
        Product.owner_id,
        User.name,
        Product.kind,
        goes_into_carts(Product, PARENT) if offered is None else offered,
        Product.parent_id,
        func.coalesce(Product.category_id, PARENT.category_id),
        func.coalesce(Product.tax_class, PARENT.tax_class),
        func.coalesce(PARENT.texts, Product.texts),
        func.coalesce(Product.weight, PARENT.weight, 0),
    )


_ROWS = PreparedRead(
    select(*columns(CartItem.id, CartItem.quantity, CartItem.seen_price, CartItem.seen_currency))
    .select_from(Cart)
    .outerjoin(CartItem, CartItem.cart_id == Cart.id)
    .outerjoin(Product, Product.id == CartItem.product_id)
    .outerjoin(Inventory, Inventory.product_id == Product.id)
    .outerjoin(User, User.id == Product.owner_id)
    .outerjoin(PARENT, PARENT.id == Product.parent_id)
    .where(Cart.user_id == bindparam("user_id"))
    .order_by(CartItem.id)
)


class CartLine(Struct, frozen=True):
    """One product in the cart; prices in minor units.

    `price` is today's, `was` what it was before the sale that it is in, `seen_price` what the person last saw.
    `sellable`: it is still offered at all.
    """

    item_id: int
    product_id: int
    name: str
    option_label: str | None
    quantity: int
    price: int
    currency: str
    seen_price: int
    seen_currency: str
    available: int
    sellable: bool
    owner_id: int
    owner_name: str
    kind: ProductKind
    was: int | None = None
    parent_id: int | None = None
    category_id: int | None = None
    tax_class: str | None = None
    texts: str | None = None
    weight: int = 0  # grams of one unit

    @property
    def line_total(self) -> int:
        """Today's price of all units."""
        return self.price * self.quantity

    @property
    def old_total(self) -> int | None:
        """What all units cost before the sale that they are in; None outside one."""
        return None if self.was is None else self.was * self.quantity

    @property
    def price_changed(self) -> bool:
        """Whether the price moved since the person last saw it."""
        return (self.price, self.currency) != (self.seen_price, self.seen_currency)

    @property
    def enough(self) -> bool:
        """Whether all units can be had now."""
        return self.sellable and self.available >= self.quantity

    @property
    def title(self) -> str:
        """The name with its variant: "Scarf (Blue / Large)"."""
        return titled(self.name, self.option_label)


class SellerCart(Struct, frozen=True):
    """What would become one order: one seller, one kind of goods, one currency."""

    owner_id: int
    owner_name: str
    kind: ProductKind
    currency: str
    lines: tuple[CartLine, ...]
    key: str  # names the state of the cart that becomes an order
    saving: Saving = Saving()
    code: str | None = None  # that the person typed

    @property
    def subtotal(self) -> int:
        """Today's price of all lines that are still offered, in minor units."""
        return sum(line.line_total for line in self.lines if line.sellable)

    @property
    def goods_total(self) -> int:
        """What the goods cost after the discount, in minor units."""
        return self.subtotal - self.saving.amount

    @property
    def ready(self) -> bool:
        """Whether it can be ordered as it stands."""
        return all(line.enough for line in self.lines)


class CartView(Struct, frozen=True):
    """The whole cart; no sellers means that it is empty."""

    cart_id: int | None
    version: int
    sellers: tuple[SellerCart, ...]
    stray: str | None = None  # the code that was typed, when nothing of its seller is in the cart

    @property
    def code(self) -> str | None:
        """The code that was typed, whether it counts or not."""
        return self.stray or next((seller.code for seller in self.sellers if seller.code), None)

    @property
    def units(self) -> int:
        """How many units are in it."""
        return sum(line.quantity for seller in self.sellers for line in seller.lines)

    def line(self, product_id: int) -> CartLine | None:
        """The line of a product."""
        lines = (line for seller in self.sellers for line in seller.lines)
        return next((line for line in lines if line.product_id == product_id), None)


class CartRows(Struct, frozen=True):
    """A cart and its lines, oldest first, as they are read."""

    cart_id: int | None
    version: int
    lines: tuple[CartLine, ...]
    candidates: tuple[Candidate, ...] = ()
    now: datetime | None = None


def checkout_key(cart_id: int | None, version: int, owner_id: int, kind: ProductKind) -> str:
    """Names one checkout of one state of a cart: an order placed twice under it is the same order."""
    return f"{cart_id}.{version}.{owner_id}.{kind.value}"


async def read_lines(session: AsyncSession, user_id: int, now: datetime) -> CartRows:
    """The cart with the prices and the stock of now, in one statement."""
    return await session.run_sync(lambda sync: lines_in(sync.connection(), user_id, now))


def lines_in(connection: Connection, user_id: int, now: datetime) -> CartRows:
    """The same within a transaction."""
    return rows_of(connection, _ROWS.rows(connection, {"user_id": user_id}), user_id, now)


def rows_of(connection: Connection, rows: list[tuple[Any, ...]], user_id: int, now: datetime) -> CartRows:
    """The lines of these rows (see `columns`), with what is taken off them."""
    if not rows:
        return CartRows(None, 0, ())
    lines = tuple(_line(now, *row[4:]) for row in rows if row[4] is not None)
    code_id, owners = rows[0][2], {line.owner_id for line, row in zip(lines, rows, strict=False) if row[3]}
    found = candidates_in(connection, user_id, owners, code_id, now) if lines and (owners or code_id) else ()
    return CartRows(rows[0][0], rows[0][1] or 0, lines, found, now)


class _Prices(NamedTuple):
    price: int
    sale_price: int | None
    sale_from: datetime | None
    sale_until: datetime | None


def _line(  # noqa: PLR0913, PLR0917  the columns of _ROWS, in their order
    now: datetime,
    item_id: int,
    product_id: int,
    name: str,
    option_label: str | None,
    quantity: int,
    price: int,
    sale_price: int | None,
    sale_from: datetime | None,
    sale_until: datetime | None,
    currency: str,
    seen_price: int,
    seen_currency: str,
    left: int | None,
    owner_id: int,
    owner_name: str,
    kind: ProductKind,
    offered: bool,  # noqa: FBT001  it is a column
    parent_id: int | None,
    category_id: int | None,
    tax_class: str | None,
    texts: str | None,
    weight: int,
) -> CartLine:
    offer = offer_at(_Prices(price, sale_price, sale_from, sale_until), now)
    return CartLine(
        item_id=item_id,
        product_id=product_id,
        name=name,
        option_label=option_label,
        quantity=quantity,
        price=offer.price,
        currency=currency,
        seen_price=seen_price,
        seen_currency=seen_currency,
        available=max(left or 0, 0),
        sellable=left is not None and bool(offered),
        owner_id=owner_id,
        owner_name=owner_name,
        kind=kind,
        was=offer.was,
        parent_id=parent_id,
        category_id=category_id,
        tax_class=tax_class,
        texts=texts,
        weight=weight,
    )


def in_groups(rows: CartRows) -> CartView:
    """Sort the lines into future orders, in the order in which the first of each was put in."""
    groups: dict[tuple[int, ProductKind, str], list[CartLine]] = {}
    for line in rows.lines:
        groups.setdefault((line.owner_id, line.kind, line.currency), []).append(line)
    sellers = tuple(_group(rows, lines) for lines in groups.values())
    there = {seller.owner_id for seller in sellers}
    stray = next((each.code for each in rows.candidates if each.code and each.owner_id not in there), None)
    return CartView(rows.cart_id, rows.version, sellers, stray)


def _group(rows: CartRows, lines: Sequence[CartLine]) -> SellerCart:
    first = lines[0]
    return SellerCart(
        owner_id=first.owner_id,
        owner_name=first.owner_name,
        kind=first.kind,
        currency=first.currency,
        lines=tuple(lines),
        key=checkout_key(rows.cart_id, rows.version, first.owner_id, first.kind),
        saving=_saving(rows, lines),
        code=next((each.code for each in rows.candidates if each.owner_id == first.owner_id and each.code), None),
    )


def _saving(rows: CartRows, lines: Sequence[CartLine]) -> Saving:
    first = lines[0]
    mine = [each for each in rows.candidates if each.owner_id == first.owner_id]
    goods = [
        Goods(line.product_id, line.price, line.quantity, line.parent_id, line.category_id)
        for line in lines
        if line.sellable
    ]
    if not mine or not goods or rows.now is None:
        return Saving()
    return best(mine, goods, first.currency, rows.now, ships=first.kind is ProductKind.PHYSICAL)
