"""The table of receipts: a row for each rate of tax on each of them, what went back below zero."""

from collections.abc import AsyncIterator
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Receipt, ReceiptKind
from shop.exporting.scope import Page, Row, Scope, first_id, in_pages, major, names_of
from shop.receipts import Rated, content_of
from shop.taxes import written_rate

RECEIPTS = (
    "receipt",
    "day",
    "kind",
    "order",
    "refers_to",
    "tax_rate",
    "without_tax",
    "tax",
    "with_tax",
    "currency",
    "receipt_total",
    "vat_id",
)


async def receipts(session: AsyncSession, scope: Scope) -> AsyncIterator[Page]:
    """In the order in which they were issued; the numbers of a seller and year have no gap."""
    sellers: dict[int, str] = {}
    mine = () if scope.owner_id is None else (Receipt.owner_id == scope.owner_id,)
    query = select(Receipt.id, Receipt).where(*mine, *scope.within(Receipt.issued_at))
    async for rows in in_pages(
        session, query, Receipt.id, await first_id(session, Receipt.id, scope, Receipt.issued_at)
    ):
        called = await names_of(session, {row.Receipt.owner_id for row in rows}, sellers)
        yield [one | {"seller": called[row.Receipt.owner_id]} for row in rows for one in _rows(row.Receipt)]
        session.expunge_all()


def _rows(receipt: Receipt) -> list[Row]:
    content = content_of(receipt)
    sign = -1 if receipt.kind is ReceiptKind.REFUND else 1
    return [
        {
            "receipt": receipt.called,
            "day": content.day,
            "kind": receipt.kind.value,
            "order": receipt.order_id,
            "refers_to": content.of,
            "tax_rate": Decimal(written_rate(one.rate)),
            "without_tax": major(sign * (one.gross - one.tax), receipt.currency),
            "tax": major(sign * one.tax, receipt.currency),
            "with_tax": major(sign * one.gross, receipt.currency),
            "currency": receipt.currency,
            "receipt_total": major(sign * receipt.total, receipt.currency),
            "vat_id": content.vat_id or None,
        }
        for one in content.rates or (Rated(0, 0, 0),)
    ]
