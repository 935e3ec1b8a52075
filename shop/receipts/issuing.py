"""Writing a receipt, in the transaction that books its money: when an order is paid, and when money went back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import Address, Letterhead, Order, Receipt, ReceiptKind, Refund, User
from db.types import key
from shop.policy import Policy
from shop.promotions import by_largest_remainder
from shop.receipts.content import Printed, by_rate, content_of, kept, lines_of, part
from shop.receipts.numbers import next_number

SELLER = aliased(User)
_PEOPLE = (
    select(User.name, User.language, SELLER.name.label("seller"), Letterhead.address, Letterhead.vat_id)
    .select_from(User)
    .join(SELLER, SELLER.id == bindparam("seller_id", type_=BigInteger))
    .outerjoin(Letterhead, Letterhead.owner_id == SELLER.id)
    .where(User.id == bindparam("buyer_id", type_=BigInteger))
)
_ABOUT = select(Receipt).where(Receipt.source == bindparam("about", type_=key(32)))
_OF_ORDER = select(Receipt).where(Receipt.order_id == bindparam("order", type_=BigInteger)).order_by(Receipt.id)
NOT_OF_THE_SALE = "system:settle"  # who gives back a charge that no order kept: it was never on a receipt


async def write_sale(session: AsyncSession, order: Order, *, tip: int, policy: Policy, now: datetime) -> Receipt:
    """The receipt of a locked order that was paid just now (its items are loaded); `tip` in minor units."""
    row = (await session.execute(_PEOPLE, {"seller_id": order.owner_id, "buyer_id": order.user_id})).one()
    address = await _own_address(session, order)
    titles = policy.titles_in((row.language or "").partition("-")[0].lower())
    lines, shipping = lines_of(order, titles)
    content = Printed(
        seller=row.address or policy.seller or row.seller,
        vat_id=row.vat_id or ("" if row.address else policy.vat_id),
        buyer={**address, "name": address.get("name") or row.name},
        day=_day(policy, now),
        rates=by_rate(lines, shipping),
        lines=lines,
        shipping=shipping,
        discount=order.discount,
        discount_name=order.discount_name,
        subtotal=order.subtotal,
        tip=tip,
        method=order.payment_method,
        credit=order.credit or 0,
    )
    return await _issue(
        session,
        Receipt(
            owner_id=order.owner_id,
            kind=ReceiptKind.SALE,
            source=f"order:{order.id}",
            order_id=order.id,
            currency=order.currency,
            total=order.total_price,
            tax=order.tax + order.tax_within,
            language=row.language,
            content=kept(content),
            issued_at=now,
        ),
        policy=policy,
        now=now,
    )


async def _own_address(session: AsyncSession, order: Order) -> dict[str, Any]:
    """Where who pays is at home: of a present it is their usual address, not that of whom it goes to."""
    if order.present is None:
        return order.address or {}
    usual = select(Address.place).where(Address.user_id == order.user_id, Address.is_default)
    return await session.scalar(usual.order_by(Address.id).limit(1)) or {}


async def write_refund(
    session: AsyncSession, order: Order, refund: Refund, *, policy: Policy, now: datetime
) -> Receipt | None:
    """The receipt of money of a locked order that went back just now (its items are loaded).

    None where there is no receipt of the sale: its money came before there were receipts, or was never the order's.
    """
    if refund.actor == NOT_OF_THE_SALE:
        return None
    receipts = list(await session.scalars(_OF_ORDER, {"order": order.id}))
    sale = next((one for one in receipts if one.kind is ReceiptKind.SALE), None)
    if sale is None or refund.currency != sale.currency:
        return None
    sold = content_of(sale)
    before = _gone(receipts)
    left = {one.rate: one.gross - before.get(one.rate, 0) for one in sold.rates}
    item = next((item for item in order.items if item.id == refund.item_id), None)
    goes: dict[int, int] = {}
    if item is not None and item.tax_rate in left:
        goes[item.tax_rate] = min(refund.amount, left[item.tax_rate])
    rest = {rate: amount - goes.get(rate, 0) for rate, amount in left.items()}
    more = min(refund.amount - sum(goes.values()), sum(rest.values()))
    for rate, amount in by_largest_remainder(more, rest).items():
        goes[rate] = goes.get(rate, 0) + amount
    rates = part(sold.rates, before, goes)
    return await _issue(
        session,
        _about(
            sale,
            sold,
            kind=ReceiptKind.REFUND,
            source=f"refund:{refund.id}",
            total=sum(one.gross for one in rates),
            content=Printed(
                seller=sold.seller,
                vat_id=sold.vat_id,
                buyer=sold.buyer,
                day=_day(policy, now),
                rates=rates,
                tip=refund.amount - sum(one.gross for one in rates),
                of=sale.called,
                of_id=sale.id,
                goods=None if item is None else f"{refund.units} × {item.name}",
            ),
            now=now,
        ),
        policy=policy,
        now=now,
    )


async def write_reversal(session: AsyncSession, refund: Refund, *, policy: Policy, now: datetime) -> Receipt | None:
    """What takes the receipt of a refund back, because its money did not arrive after all; None where there is none."""
    told = await session.scalar(_ABOUT, {"about": f"refund:{refund.id}"})
    if told is None:
        return None
    said = content_of(told)
    content = Printed(
        seller=said.seller,
        vat_id=said.vat_id,
        buyer=said.buyer,
        day=_day(policy, now),
        rates=said.rates,
        tip=said.tip,
        of=told.called,
        of_id=told.id,
        goods=said.goods,
    )
    source = f"failed:{refund.id}"
    about = _about(told, said, kind=ReceiptKind.REVERSAL, source=source, total=told.total, content=content, now=now)
    return await _issue(session, about, policy=policy, now=now)


def _about(
    other: Receipt, _said: Printed, *, kind: ReceiptKind, source: str, total: int, content: Printed, now: datetime
) -> Receipt:
    """A receipt that refers to another one: of the same seller and order, in the same language."""
    return Receipt(
        owner_id=other.owner_id,
        kind=kind,
        source=source,
        order_id=other.order_id,
        currency=other.currency,
        total=total,
        tax=sum(one.tax for one in content.rates),
        language=other.language,
        content=kept(content),
        issued_at=now,
    )


async def _issue(session: AsyncSession, receipt: Receipt, *, policy: Policy, now: datetime) -> Receipt:
    receipt.year, receipt.number = await next_number(session, receipt.owner_id, zone=policy.timezone, now=now)
    session.add(receipt)
    await session.flush()
    return receipt


def _gone(receipts: Sequence[Receipt]) -> dict[int, int]:
    """What went back at each rate until now."""
    gone: dict[int, int] = {}
    for one in receipts:
        if one.kind is not ReceiptKind.SALE:
            sign = 1 if one.kind is ReceiptKind.REFUND else -1
            for rated in content_of(one).rates:
                gone[rated.rate] = gone.get(rated.rate, 0) + sign * rated.gross
    return gone


def _day(policy: Policy, now: datetime) -> str:
    return now.astimezone(policy.timezone).date().isoformat()
