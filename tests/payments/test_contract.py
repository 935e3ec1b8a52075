"""Every provider keeps the same promises; adding one is a file, a section of the configuration and a row."""

from collections.abc import AsyncGenerator

import pytest

from shop.ports import EventKind, Instructions, InvoiceSheet, PaymentPage, ProviderError, RefundNotSupported
from tests.payments.contract import TABLE, Bench, Row, refund_of, request_for

IDS = [f"{row.bench.__name__}-{row.name}" for row in TABLE]


@pytest.fixture(params=TABLE, ids=IDS)
def row(request: pytest.FixtureRequest) -> Row:
    found = request.param
    assert isinstance(found, Row)
    return found


@pytest.fixture
async def bench(row: Row) -> AsyncGenerator[Bench]:
    async with row.bench() as ready:
        yield ready


async def test_it_is_known_by_its_name_and_holds_stock_as_long_as_it_can_be_paid(row: Row, bench: Bench) -> None:
    assert bench.provider.name == row.name
    assert bench.provider.hold >= bench.provider.lifetime


async def test_it_takes_what_it_may_and_nothing_else(row: Row, bench: Bench) -> None:
    assert [order for order in row.takes if not bench.provider.accepts(order)] == []
    assert [order for order in row.refuses if bench.provider.accepts(order)] == []


async def test_opening_the_same_request_twice_opens_one_payment(row: Row, bench: Bench) -> None:
    for number, order in enumerate(row.takes):
        request = request_for(order, f"payload-{number}")

        first, second = await bench.provider.open(request), await bench.provider.open(request)

        assert isinstance(first, InvoiceSheet | PaymentPage | Instructions)
        assert first == second


async def test_asked_before_and_after_it_tells_the_amount_in_our_units(row: Row, bench: Bench) -> None:
    for number, order in enumerate(row.takes):
        request = request_for(order, f"payload-{number}")
        opening = await bench.provider.open(request)
        assert await bench.provider.look_up(opening.reference) is None

        await bench.pay(request, opening)

        said = await bench.provider.look_up(opening.reference)
        assert (said is not None) == row.answers
        if said is not None:
            assert (said.kind, said.provider, said.payload) == (EventKind.PAID, row.name, request.payload)
            assert (said.amount, said.currency) == (request.total, request.currency)


async def test_a_closed_payment_cannot_be_paid_and_a_paid_one_says_so(row: Row, bench: Bench) -> None:
    unpaid, paid = (request_for(row.takes[0], payload) for payload in ("unpaid", "paid"))
    first, second = await bench.provider.open(unpaid), await bench.provider.open(paid)
    await bench.pay(paid, second)

    closed, too_late = await bench.provider.close(first.reference), await bench.provider.close(second.reference)

    assert (closed is not None, too_late is not None) == (row.answers, row.answers)
    if closed is not None and too_late is not None:
        assert (closed.kind, too_late.kind) == (EventKind.EXPIRED, EventKind.PAID)


async def test_giving_back_twice_gives_back_once_or_says_that_people_must(row: Row, bench: Bench) -> None:
    request = request_for(row.takes[0])
    order = refund_of(request, await bench.pay(request, await bench.provider.open(request)))
    if not row.gives_back:
        with pytest.raises(RefundNotSupported):
            await bench.provider.refund(order)
        return

    assert await bench.provider.refund(order) == await bench.provider.refund(order)


async def test_a_part_goes_back_where_that_is_promised(row: Row, bench: Bench) -> None:
    request = request_for(row.takes[0])
    order = refund_of(request, await bench.pay(request, await bench.provider.open(request)), 100)
    if row.gives_back and bench.provider.partial_refunds:
        assert (await bench.provider.refund(order)).reference
        return
    with pytest.raises(RefundNotSupported):
        await bench.provider.refund(order)


async def test_its_words_hold_no_secrets(row: Row, bench: Bench) -> None:
    opening = await bench.provider.open(request_for(row.takes[0]))
    words = [repr(bench.provider), repr(opening)]
    for wrong in ("nonsense", ""):
        try:
            words.append(repr(await bench.provider.look_up(wrong)))
        except ProviderError as error:
            words.append(f"{error} {error!r}")

    assert [secret for secret in row.secrets for said in words if secret in said] == []
