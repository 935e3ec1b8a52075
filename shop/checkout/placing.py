"""Checkout: a part of the cart becomes an order; its stock is held, its prices are frozen."""

from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.models import Order, ProductKind, User
from db.numbers import read_id
from shop import credit, stock
from shop.carts.view import CartLine, CartView, SellerCart, checkout_key, in_groups, lines_in, read_lines
from shop.checkout.holding import check_room
from shop.checkout.taxing import taxes_of
from shop.checkout.weighing import must_be_carried, weight_of
from shop.checkout.writing import grow_cart, take_out, write_order
from shop.forms.writing import clean
from shop.policy import Policy
from shop.promotions import Saving, use_now
from shop.refusals import (
    CartChanged,
    CartEmpty,
    DiscountChanged,
    NotForSale,
    OutOfStock,
    PriceChanged,
    TooMany,
)
from shop.settings.opening import ShopClosed, standing
from shop.taxes import Taxes

NOTE_LENGTH = 512
PRESENT_LENGTH = 300  # letters of the message of a present


class CheckoutSummary(Struct, frozen=True):
    """What is about to be ordered, at today's prices in minor units; `key` goes into the button that confirms it."""

    owner_id: int
    owner_name: str
    kind: ProductKind
    lines: tuple[CartLine, ...]
    subtotal: int
    currency: str
    key: str
    saving: Saving = Saving()
    code: str | None = None
    taxes: Taxes = Taxes()  # where a screen reckoned it
    monthly: bool = False  # charged again every month
    credit: int = 0  # how much of it store credit pays, where a screen looked
    has_credit: int = 0  # of how much that there is

    @property
    def weight(self) -> int:
        """Grams of everything."""
        return weight_of(self.lines)

    @property
    def goods_total(self) -> int:
        """What the goods cost after the discount, in minor units."""
        return self.subtotal - self.saving.amount


class Terms(NamedTuple):
    """What an order is placed with beside its goods; its units are held for `hold`.

    `present` is the message of a present (empty: without one), None where it is none.
    """

    payment_method: str | None
    note: str | None
    policy: Policy
    hold: timedelta
    now: datetime
    present: str | None = None
    month: str | None = None  # of a subscription
    credit: int = 0  # how much of it store credit pays, as it was shown; minor units


class Written(NamedTuple):
    """A new order, the units that it holds by product id, and the products that run low now."""

    order: Order
    units: dict[int, int]
    runs_low: list[int]


async def summarise(
    session: AsyncSession, user: User, owner_id: int, kind: ProductKind, *, now: datetime
) -> CheckoutSummary:
    """What an order at this seller would be. One statement. Raises CartEmpty, NotForSale, OutOfStock."""
    return summary_in(in_groups(await read_lines(session, user.id, now)), owner_id, kind)


def summary_in(cart: CartView, owner_id: int, kind: ProductKind) -> CheckoutSummary:
    """What an order at this seller would be, of a cart that was just read. Raises CartEmpty, NotForSale, OutOfStock."""
    return summary_of(group_of(cart.sellers, owner_id, kind))


def summary_of(group: SellerCart) -> CheckoutSummary:
    """What an order of these lines would be. Raises NotForSale, OutOfStock."""
    check_offered(group)
    return CheckoutSummary(
        owner_id=group.owner_id,
        owner_name=group.owner_name,
        kind=group.kind,
        lines=group.lines,
        subtotal=group.subtotal,
        currency=group.currency,
        key=f"{group.key}~{group.saving.mark}" if group.saving.used else group.key,
        saving=group.saving,
        code=group.code,
    )


async def place_order(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    user: User,
    *,
    owner_id: int,
    kind: ProductKind,
    checkout_key: str,
    payment_method: str | None,
    note: str | None,
    policy: Policy,
    hold: timedelta,
    now: datetime,
    present: str | None = None,
    credit: int = 0,
) -> Order:
    """Place the order that this key names, or return it when it was placed before.

    The units are held for `hold`, so much of the person's `credit` as long as the order waits, the lines leave the
    cart, the prices are those the customer has seen. A new order belongs to no session: add it to go on with it.
    Raises CartChanged (the summary that was confirmed is not the cart any more), CartEmpty, PriceChanged, NotForSale,
    OutOfStock, TooMany, TooManyUnpaid, NotServed, DiscountChanged (the key names another one), PromotionOver,
    ShopClosed, TooHeavy, CreditChanged.
    """
    checkout_key, _, shown = checkout_key.partition("~")

    terms = Terms(payment_method, note, policy, hold, now, present, credit=credit)

    def write(sync: Session) -> Written | None:
        connection = sync.connection()
        if not _lock_cart(connection, user.id, owner_id, kind, checkout_key, now):
            return None
        sellers = in_groups(lines_in(connection, user.id, now)).sellers
        if sellers and all(seller.owner_id != owner_id for seller in sellers):
            raise CartChanged  # the goods have another seller now
        group = group_of(sellers, owner_id, kind)
        _check_prices(group)
        written = write_group(connection, user.id, group, checkout_key, shown=shown, terms=terms)
        take_out(connection, group)
        return written

    written = await session.run_sync(write)
    if written is None:
        return await placed_before(session, user.id, checkout_key)
    await stock.note_hold(session, written.units, runs_low=written.runs_low, now=now)
    return written.order


def write_group(
    connection: Connection, user_id: int, group: SellerCart, checkout_key: str, *, shown: str, terms: Terms
) -> Written:
    """Place an order for these lines, where nothing speaks against it; `shown` is the discount that was on show.

    The person's cart is locked. `note_hold` follows. Raises what `place_order` does.
    """
    policy, now = terms.policy, terms.now
    stands = standing(policy, now)
    if stands.closed:
        raise ShopClosed(notice=stands.notice, back_on=stands.back_on)
    check_offered(group, check_stock=False)  # the hold below is what decides
    if any(line.quantity > policy.max_quantity for line in group.lines):
        raise TooMany(limit=policy.max_quantity)
    check_room(connection, user_id, group, policy)
    taxes = taxes_of(group, policy)
    must_be_carried(policy, group.kind, weight_of(group.lines))
    if shown != group.saving.mark:
        raise DiscountChanged
    total = group.goods_total + taxes.added
    by_credit = min(max(terms.credit, 0), total) if group.kind is ProductKind.PHYSICAL else 0  # downloads: Stars alone
    placed = write_order(
        connection,
        {
            "user_id": user_id,
            "owner_id": group.owner_id,
            "kind": group.kind,
            "subtotal": group.subtotal,
            "discount": group.saving.amount,
            "discount_name": group.saving.discount_name,
            "shipping_offer": group.saving.shipping_offer,
            "free_shipping": group.saving.free_shipping,
            "total_price": total,
            "credit": by_credit,
            "currency": group.currency,
            "weight": weight_of(group.lines),
            "month": terms.month,
            "checkout_key": checkout_key,
            "payment_method": terms.payment_method,
            "note": terms.note[:NOTE_LENGTH] if terms.note else None,
            "present": present_of(terms.present, group.kind),
            "expires_at": now + terms.hold,
            "created_at": now,
            "updated_at": now,
        },
        group,
        taxes,
    )
    use_now(connection, placed.id, user_id, group.saving, now=now)
    if by_credit:
        whose = {"person": user_id, "seller": group.owner_id, "in_currency": group.currency}
        credit.hold_now(connection, placed.id, whose, by_credit, now=now)
    # last, because whoever buys the same product waits from here to the commit
    units = {line.product_id: line.quantity for line in group.lines}
    return Written(placed, units, stock.hold_now(connection, units, now=now))


def present_of(message: str | None, kind: ProductKind) -> str | None:
    """The message as an order keeps it; None where it is no present: what is downloaded goes to nobody's address."""
    return None if message is None or kind is ProductKind.DIGITAL else clean(message)[:PRESENT_LENGTH].strip()


def _lock_cart(connection: Connection, user_id: int, owner_id: int, kind: ProductKind, key: str, now: datetime) -> bool:
    """Grow the version of the cart that the key names: false for a second tap, which waits here for the first."""
    cart_id, _, rest = key.partition(".")
    version, _, _ = rest.partition(".")
    cart, seen = read_id(cart_id), read_id(version)
    if cart is None or seen is None or key != checkout_key(cart, seen, owner_id, kind):
        return False
    return grow_cart(connection, cart_id=cart, user_id=user_id, version=seen, now=now)


async def placed_before(session: AsyncSession, user_id: int, key: str) -> Order:
    """The person's order that was placed under this key. Raises CartChanged when there is none."""
    query = (
        select(Order)
        .where(Order.checkout_key == key, Order.user_id == user_id)
        .execution_options(populate_existing=True)
    )
    order = await session.scalar(query)
    if order is None:
        raise CartChanged
    return order


def group_of(groups: tuple[SellerCart, ...], owner_id: int, kind: ProductKind) -> SellerCart:
    """What this seller sells of this kind. Raises CartEmpty."""
    group = next((group for group in groups if (group.owner_id, group.kind) == (owner_id, kind)), None)
    if group is None:
        raise CartEmpty
    return group


def check_offered(group: SellerCart, *, check_stock: bool = True) -> None:
    """Whether all of it can be had. Raises NotForSale, OutOfStock."""
    for line in group.lines:
        if not line.sellable:
            raise NotForSale(product=line.title)
        if check_stock and not line.enough:
            raise OutOfStock(product=line.title, left=line.available, product_id=line.product_id)


def _check_prices(group: SellerCart) -> None:
    for line in group.lines:
        if line.price_changed:
            raise PriceChanged(product=line.title, old=line.seen_price, new=line.price, currency=line.currency)
