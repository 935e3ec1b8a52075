"""The orders of a very large shop, and everything that they left behind."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, case, literal, null

from db.models import (
    Notification,
    Order,
    OrderEvent,
    OrderItem,
    Payment,
    PaymentAttempt,
    PaymentEvent,
    Refund,
    Review,
    StockMovement,
    TelegramUpdate,
)
from tests.world.plenty import HOT, ROUND, Number, Size, named, write

IN_HAND = 30  # of each: orders that are unpaid, paid, shipped, and not asked for stars yet
CANCELLED = 25  # one of so many
REFUNDED = 5
OF_REGULAR = 10  # one of so many is the regular customer's
PRICE = 1000
TAX = 190


def write_orders(connection: Connection, size: Size, number: Number, start: int, count: int) -> None:
    """Orders with one item each, the last and the first ones in hand, the others completed, or cancelled unpaid."""
    then = size.long_ago(start)
    age = size.orders - number  # 0 is the newest
    forgotten = number <= IN_HAND  # to be shipped, and the oldest of all
    cancelled = (number % CANCELLED == 0) & (age >= 3 * IN_HAND) & ~forgotten
    unpaid = age < IN_HAND
    status = case(
        (unpaid, "pending"),
        (forgotten, "processing"),
        (age < 3 * IN_HAND, "shipped"),
        (cancelled, "cancelled"),
        else_="completed",
    )
    done = ~cancelled & ~forgotten & (age >= 3 * IN_HAND)
    paid = ~cancelled & ~unpaid
    moment = literal(then, Order.created_at.type)
    buyer = case((number % OF_REGULAR == 0, size.regular), else_=number % size.customers + size.first_customer)
    hot = number % 10 == 0
    product = case((hot, HOT), else_=(number * 7) % (size.products // ROUND) * ROUND + HOT)
    write(
        connection,
        Order,
        count,
        id=number,
        user_id=buyer,
        owner_id=size.seller,
        status=status,
        kind="physical",
        subtotal=PRICE,
        discount=0,
        shipping=0,
        tax=0,
        total_price=PRICE,
        currency="EUR",
        checkout_key=named("bulk.", number),
        payment_method="stripe",
        address={"country_code": "DE", "city": "Berlin"},
        cancel_reason=case((cancelled, "payment_expired"), else_=null()),
        card_message_id=number,
        expires_at=case((unpaid, literal(size.now.replace(year=2100), Order.expires_at.type)), else_=null()),
        created_at=then,
        updated_at=then,
        completed_at=case((done, moment), else_=null()),
        review_asked_at=case((done & (age >= 4 * IN_HAND), moment), else_=null()),
    )
    write(connection, OrderItem, count, order_id=number, product_id=product, name="Product", quantity=1, price=PRICE)
    event: dict[str, Any] = {"order_id": number, "actor": "system:test", "cause": "test", "created_at": then}
    write(connection, OrderEvent, count, to_status="pending", **event)
    write(connection, OrderEvent, count, ~unpaid, from_status="pending", to_status="processing", **event)
    write(connection, OrderEvent, count, done, from_status="shipped", to_status="completed", **event)
    sold: dict[str, Any] = {"product_id": product, "order_id": number, "created_at": then}
    write(connection, StockMovement, count, paid, delta=-1, reason="sold", actor="provider:stripe", **sold)
    _money(connection, number, count, paid, then)
    written: dict[str, Any] = {"created_at": then, "updated_at": then}
    stars = paid & (number % 10 == 0) & (number <= size.customers * 10)
    reviewer = number // 10 + size.first_customer - 1
    review: dict[str, Any] = {"product_id": HOT, "user_id": reviewer, "order_id": number, "owner_id": size.seller}
    review["comment"] = "Fine."
    write(connection, Review, count, stars, rating=5, **review, **written)
    told: dict[str, Any] = {
        "user_id": buyer,
        "data": {},
        "attempts": 1,
        "run_at": then,
        "sent_at": then,
        "created_at": then,
    }
    card: dict[str, Any] = {"dedupe_key": named("bulk:card:", number), "message_id": number}
    write(connection, Notification, count, kind="order_card", **card, **told)
    asked: dict[str, Any] = {**told, "user_id": size.seller, "dedupe_key": named("bulk:new:", number)}
    write(connection, Notification, count, kind="new_order", **asked)
    handled: dict[str, Any] = {
        "kind": "payment",
        "payload": {},
        "attempts": 1,
        "received_at": then,
        "run_at": then,
        "done_at": then,
    }
    write(connection, TelegramUpdate, count, paid, update_id=number, **handled)


def _money(connection: Connection, number: Number, count: int, paid: ColumnElement[bool], then: object) -> None:
    back = paid & (number % REFUNDED == 2)
    refunded = case((back, PRICE), else_=0)
    written: dict[str, Any] = {"order_id": number, "currency": "EUR", "created_at": then, "updated_at": then}
    write(
        connection,
        Payment,
        count,
        paid,
        payment_status=case((back, "refunded"), else_="completed"),
        amount=PRICE,
        refunded_amount=refunded,
        tip=0,
        payment_method="stripe",
        payment_date=then,
        **written,
    )
    write(
        connection,
        PaymentAttempt,
        count,
        id=number,
        provider="stripe",
        reference=named("cs_bulk_", number),
        charge_id=case((paid, named("pi_bulk_", number)), else_=null()),
        idempotency_key=named("bulk:", number),
        state=case((paid, "paid"), else_="expired"),
        amount=PRICE,
        captured_amount=case((paid, PRICE), else_=0),
        captured_currency=case((paid, "EUR"), else_=null()),
        refunded_amount=refunded,
        request={},
        paid_at=case((paid, literal(then, Order.created_at.type)), else_=null()),
        expires_at=then,
        **written,
    )
    write(
        connection,
        PaymentEvent,
        count,
        paid,
        provider="stripe",
        event_id=named("evt_bulk_", number),
        type="paid",
        reference=named("cs_bulk_", number),
        payload={},
        attempts=1,
        received_at=then,
        run_at=then,
        processed_at=then,
    )
    refund: dict[str, Any] = {
        "attempt_id": number,
        "amount": PRICE,
        "reason": "test",
        "actor": "system:test",
        "state": "succeeded",
    }
    key: dict[str, Any] = {"idempotency_key": named("refund:", number), "attempts": 1, "run_at": then}
    write(connection, Refund, count, back, **refund, **key, **written)
