"""Stars that nobody told of are found in the list of transactions, and so is what Telegram gave back by itself."""

from datetime import timedelta

import pytest

from db.models import OrderStatus, PaymentStatus, ProductKind
from payments.stars import Stars
from shop.payments.ledger import DifferenceKind
from shop.payments.reconcile import reconcile
from shop.ports import InvoiceSheet
from tests.payments.contract import PretendStarsApi
from tests.payments.counter import Counter

pytestmark = pytest.mark.one_database


async def test_stars_that_nobody_told_of_are_found_and_settled_once(counter: Counter) -> None:
    """Fault 14: more than a day of silence, and Telegram has forgotten its message. Guard: transactions are listed."""
    api = PretendStarsApi()
    counter.others["stars"] = Stars(api, hold=timedelta(minutes=15))
    book = await counter.stock_up(kind=ProductKind.DIGITAL, price=250)
    order = await counter.order(book)
    _, opening = await counter.open(order, "stars")
    assert isinstance(opening, InvoiceSheet)
    api.charge(opening.reference, 250, "star-charge-1")
    counter.clock.pass_by(hours=30)
    await counter.expire()
    assert await counter.status(order) is OrderStatus.CANCELLED

    first = await reconcile(counter.db, counter.providers, counter.clock, counter.policy)
    second = await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert [(one.kind, one.order_id, one.there) for one in first] == [(DifferenceKind.FOUND_PAID, order.id, 250)]
    assert second == []
    assert await counter.status(order) is OrderStatus.COMPLETED
    assert (await counter.money(order)).amount == 250


async def test_stars_that_telegram_gave_back_are_booked_and_told_to_the_operator(counter: Counter) -> None:
    api = PretendStarsApi()
    counter.others["stars"] = Stars(api, hold=timedelta(minutes=15))
    order = await counter.order(await counter.stock_up(kind=ProductKind.DIGITAL, price=250))
    _, opening = await counter.open(order, "stars")
    api.charge(opening.reference, 250, "star-charge-1")
    await reconcile(counter.db, counter.providers, counter.clock, counter.policy)
    back = {"id": "star-charge-1", "amount": 250, "date": api.transactions[0]["date"], "receiver": {"type": "user"}}
    api.transactions.append(back)

    await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    money = await counter.money(order)
    assert (money.refunded_amount, money.payment_status) == (250, PaymentStatus.REFUNDED)
    assert "refund_from_outside" in await counter.problems()


@pytest.mark.parametrize(
    "given",
    [
        {"transaction_type": "gift_purchase", "gift": {"id": "g1"}},
        {"transaction_type": "premium_purchase", "premium_subscription_duration": 3},
        {"transaction_type": "paid_media_payment"},
        {"transaction_type": "business_account_transfer"},
    ],
)
async def test_what_the_bot_gives_to_people_is_no_refund(counter: Counter, given: dict[str, object]) -> None:
    """Guard: the type of the transaction. Even when its id is that of a charge, as nothing promises it is not."""
    api = PretendStarsApi()
    counter.others["stars"] = Stars(api, hold=timedelta(minutes=15))
    order = await counter.order(await counter.stock_up(kind=ProductKind.DIGITAL, price=250))
    _, opening = await counter.open(order, "stars")
    api.charge(opening.reference, 250, "star-charge-1")
    date = api.transactions[0]["date"]
    api.transactions.append(
        {"id": "star-charge-1", "amount": 250, "date": date, "receiver": {"type": "user", "user": {"id": 1}, **given}}
    )

    await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert (await counter.money(order)).refunded_amount == 0


async def test_a_transaction_that_nobody_can_read_hides_no_payment(counter: Counter) -> None:
    api = PretendStarsApi()
    counter.others["stars"] = Stars(api, hold=timedelta(minutes=15))
    order = await counter.order(await counter.stock_up(kind=ProductKind.DIGITAL, price=250))
    _, opening = await counter.open(order, "stars")
    api.transactions.append({"id": "odd", "amount": None, "date": "yesterday", "source": "what"})
    api.charge(opening.reference, 250, "star-charge-1")

    await reconcile(counter.db, counter.providers, counter.clock, counter.policy)

    assert (await counter.money(order)).amount == 250
