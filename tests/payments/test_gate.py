"""The gate before a charge: exactly the right person, order, sum and moment, or a clear no."""

import dataclasses

import pytest
from msgspec.structs import replace

from db.models import Order
from shop.payments import gate
from shop.payments.gate import Sheet
from shop.refusals import (
    AddressNeeded,
    AlreadyPaid,
    AmountMismatch,
    BeingPaid,
    NotDeliverable,
    NotFound,
    OrderExpired,
    Refusal,
)
from tests.payments.counter import HOME, POSTAGE, Counter
from tests.payments.tills import paid
from tests.world.people import ANN, BOB

pytestmark = pytest.mark.one_database
TEA = 450
TOTAL = TEA + POSTAGE


async def ask(counter: Counter, sheet: Sheet) -> Order:
    """Telegram asks whether it may charge."""
    return await counter.run(
        lambda session: gate.check_pre_checkout(session, sheet, policy=counter.policy, now=counter.clock.now())
    )


async def open_sheet(counter: Counter, *, address: bool = True) -> tuple[Order, Sheet]:
    """Ann has ordered a tea, and her sheet is open."""
    order = await counter.order(await counter.stock_up(), address=address)
    attempt, _ = await counter.open(order)
    return order, Sheet(attempt.idempotency_key, ANN.telegram_id, "EUR", TOTAL)


async def test_the_right_sheet_passes_and_keeps_the_stock_held(counter: Counter) -> None:
    order, sheet = await open_sheet(counter)
    counter.clock.pass_by(minutes=30)

    await ask(counter, sheet)

    seen = await counter.see(order)
    assert seen.expires_at is not None
    assert seen.expires_at >= counter.clock.now() + counter.policy.checkout_extension
    counter.clock.pass_by(minutes=15)
    assert await counter.expire() == 0


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"telegram_id": BOB.telegram_id}, NotFound),
        ({"payload": "forged"}, NotFound),
        ({"currency": "USD"}, AmountMismatch),
        ({"total": TOTAL - 1}, AmountMismatch),
        ({"total": TOTAL + 1}, AmountMismatch),
    ],
)
async def test_a_wrong_sheet_is_refused(counter: Counter, wrong: dict[str, object], refusal: type[Refusal]) -> None:
    _, sheet = await open_sheet(counter)

    with pytest.raises(refusal):
        await ask(counter, replace(sheet, **wrong))


async def test_a_paid_order_is_not_charged_again(counter: Counter) -> None:
    """Fault 12, before the money moves."""
    order, sheet = await open_sheet(counter)
    await counter.settle(paid(await counter.request(order)))

    with pytest.raises(AlreadyPaid):
        await ask(counter, sheet)


async def test_an_expired_order_is_not_charged(counter: Counter) -> None:
    """Fault 8, before the money moves: both before and after the schedule came by."""
    _, sheet = await open_sheet(counter)
    counter.clock.pass_by(hours=1)
    with pytest.raises(OrderExpired):
        await ask(counter, sheet)

    await counter.expire()

    with pytest.raises(OrderExpired):
        await ask(counter, sheet)


async def test_two_sheets_of_one_order_do_not_charge_together(counter: Counter) -> None:
    """Fault 12. Guard: an approved attempt keeps the order's other attempts out for a minute."""
    order, first = await open_sheet(counter)
    counter.others["other"] = dataclasses.replace(counter.till, name="other")
    await ask(counter, first)

    with pytest.raises(BeingPaid):
        await counter.open(order, method="other")
    await ask(counter, first)  # the same sheet may try again: its card was declined


async def test_the_address_in_the_sheet_becomes_the_orders(counter: Counter) -> None:
    order, sheet = await open_sheet(counter, address=False)
    sheet = replace(sheet, total=TEA + 990, shipping_option="courier", address={**HOME, "name": "Ann"})

    await ask(counter, sheet)

    seen = await counter.see(order)
    assert (seen.shipping_option, seen.total_price) == ("courier", TEA + 990)
    assert seen.address is not None
    assert seen.address["name"] == "Ann"


async def test_goods_without_an_address_are_not_charged(counter: Counter) -> None:
    _, sheet = await open_sheet(counter, address=False)

    with pytest.raises(AddressNeeded):
        await ask(counter, replace(sheet, total=TEA))


async def test_only_options_that_serve_the_country_are_offered(counter: Counter) -> None:
    _, sheet = await open_sheet(counter, address=False)

    async def options(country: str) -> list[str]:
        _, found = await counter.run(
            lambda session: gate.shipping_options(
                session,
                payload=sheet.payload,
                telegram_id=ANN.telegram_id,
                country=country,
                policy=counter.policy,
                now=counter.clock.now(),
            )
        )
        return [option.id for option in found]

    assert await options("DE") == ["post", "courier"]
    assert await options("AT") == ["post"]
    with pytest.raises(NotDeliverable):
        await options("FR")
