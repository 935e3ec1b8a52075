"""Crypto Pay: only a paid invoice pays, a closed one cannot be paid, and what goes back goes by hand, said plainly."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from db.models import Order, OrderStatus, RefundState
from payments.crypto import CryptoPay
from shop.payments.checking import check_order
from shop.payments.reconcile import reconcile
from shop.ports import BadWebhook, KeyRefused
from simulator.crypto import CryptoError, PretendCrypto
from simulator.crypto.pretend import sign
from tests.payments.counter import POSTAGE, Counter
from tests.payments.pretend_crypto import TOKEN, pretend_crypto

pytestmark = pytest.mark.one_database
TOTAL = 450 + POSTAGE


@dataclass
class Desk:
    """A counter where people pay in coins."""

    counter: Counter
    pretend: PretendCrypto
    crypto: CryptoPay

    async def invoice(self) -> tuple[Order, int]:
        """Ann orders a tea; her invoice's number."""
        order = await self.counter.order(await self.counter.stock_up())
        attempt, _ = await self.counter.open(order, "crypto")
        return order, int(attempt.reference or 0)

    def told(self, number: int) -> tuple[bytes, dict[str, str]]:
        """A webhook about this invoice as it stands."""
        payload = self.pretend.find(number).json()
        body = json.dumps({"update_id": number, "update_type": "invoice_paid", "payload": payload}).encode()
        return body, {"crypto-pay-api-signature": sign(body, TOKEN)}

    async def receive(self, body: bytes, headers: dict[str, str]) -> None:
        """What the webhook and the schedule do with a delivery."""
        await self.counter.receive(self.crypto, body, headers)


@pytest.fixture
async def desk(counter: Counter) -> AsyncGenerator[Desk]:
    async with pretend_crypto(counter.clock) as (pretend, crypto):
        counter.others["crypto"] = crypto
        yield Desk(counter, pretend, crypto)


@pytest.mark.parametrize("by", ["webhook", "coming back", "reconciler"])
async def test_a_paid_invoice_pays_the_order_once(desk: Desk, by: str) -> None:
    counter = desk.counter
    order, number = await desk.invoice()
    desk.pretend.pay(number)
    counter.clock.pass_by(minutes=2)

    for _ in range(2):
        if by == "webhook":
            await desk.receive(*desk.told(number))
        elif by == "coming back":
            await check_order(counter.db, counter.providers, order.id, clock=counter.clock, policy=counter.policy)
        else:
            await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert await counter.status(order) is OrderStatus.PROCESSING
    assert (await counter.money(order)).amount == TOTAL


async def test_an_invoice_that_is_not_paid_pays_nothing_whatever_is_told(desk: Desk) -> None:
    """Guard: what is told is asked, and an active invoice is not a paid one."""
    order, number = await desk.invoice()
    body, _ = desk.told(number)
    lie = body.replace(b'"active"', b'"paid"')

    await desk.receive(*desk.told(number))
    await desk.receive(lie, {"crypto-pay-api-signature": sign(lie, TOKEN)})
    await reconcile(desk.counter.db, desk.counter.providers, desk.counter.clock, desk.counter.policy)

    assert await desk.counter.status(order) is OrderStatus.PENDING
    assert (await desk.counter.money(order)).amount == 0


async def test_an_expired_order_has_an_invoice_that_nobody_can_pay(desk: Desk) -> None:
    order, number = await desk.invoice()
    desk.pretend.invoices[number].expires = None
    desk.counter.clock.pass_by(hours=1)
    await desk.counter.expire()

    with pytest.raises(CryptoError, match="INVOICE_NOT_FOUND"):
        desk.pretend.pay(number)
    assert await desk.counter.status(order) is OrderStatus.CANCELLED


async def test_a_lost_answer_leads_to_the_invoice_that_was_written(desk: Desk) -> None:
    """Guard: there is no key at Crypto Pay, so the invoice is looked for before another one is written."""
    order = await desk.counter.order(await desk.counter.stock_up())
    desk.pretend.switch_on("fail_after_commit", path="/api/createInvoice")
    with pytest.raises(Exception, match="crypto"):
        await desk.counter.open(order, "crypto")

    attempt, _ = await desk.counter.open(order, "crypto")

    assert list(desk.pretend.invoices) == [int(attempt.reference or 0)]


async def test_what_goes_back_is_left_to_people_and_both_hear_of_it(desk: Desk) -> None:
    counter = desk.counter
    order, number = await desk.invoice()
    desk.pretend.pay(number)
    await desk.receive(*desk.told(number))

    (news,) = await counter.refund(order)

    assert news.state is RefundState.MANUAL
    assert await counter.problems() == ["refund_by_hand", "refund_by_hand"]


async def test_what_is_not_signed_with_our_token_is_refused(desk: Desk) -> None:
    _, number = await desk.invoice()
    body, headers = desk.told(number)

    strangers = {"crypto-pay-api-signature": sign(body, "1:other")}
    for wrong, told in ((body + b" ", headers), (body, {}), (body, strangers)):
        with pytest.raises(BadWebhook):
            await desk.crypto.read_webhook(wrong, told)


async def test_a_stumble_is_waited_out_and_a_wrong_token_is_said(desk: Desk) -> None:
    _, number = await desk.invoice()
    desk.pretend.switch_on("rate_limit", path="/api/getInvoices", times=2)

    assert await desk.crypto.look_up(str(number)) is None
    desk.crypto._http.headers["Crypto-Pay-API-Token"] = "nonsense"
    with pytest.raises(KeyRefused) as refused:
        await desk.crypto.look_up(str(number))
    assert "nonsense" not in str(refused.value)
