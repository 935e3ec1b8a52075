"""The doctor finds nothing in a sound shop, and names every kind of damage."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AttemptState, Broadcast, Order, Payment, PaymentAttempt, PaymentStatus, Product
from shop import reviews, stock
from shop.doctor import CHECKS, check
from shop.orders import lifecycle
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, BOB, IVAN, user

LATER = START + timedelta(minutes=1)


async def paid_with(session: AsyncSession, order: Order) -> None:
    """What the till writes about a charge."""
    money = {"currency": "EUR", "created_at": START, "updated_at": START, "order_id": order.id}
    session.add(
        Payment(
            **money,
            amount=order.total_price,
            refunded_amount=0,
            payment_status=PaymentStatus.COMPLETED,
            payment_method="telegram",
            payment_date=START,
        )
    )
    session.add(
        PaymentAttempt(
            **money,
            provider="telegram",
            reference=f"pretend-{order.id}",
            charge_id=f"charge-{order.id}",
            idempotency_key=f"key-{order.id}",
            state=AttemptState.PAID,
            amount=order.total_price,
            captured_amount=order.total_price,
            captured_currency="EUR",
            request={},
        )
    )
    await session.flush()


async def a_sound_shop(session: AsyncSession) -> None:
    """Order 1 is pending, 2 processing, 3 completed and reviewed; product 1 is tea, 2 a parent with 3 to 5 below."""
    ann, bob = await user(session, ANN), await user(session, BOB)
    tea = await a_product(session, stock=10, sku="TEA")
    await a_product_with_variants(session)
    await place(session, ann, tea, 2)
    bought = [await place(session, bob, tea, quantity) for quantity in (1, 3)]
    for order in bought:
        await pay(session, order)
        await paid_with(session, order)
    moved = await lifecycle.move(
        session,
        bought[-1].id,
        lifecycle.COMPLETED,
        from_=lifecycle.PROCESSING,
        actor="owner:1",
        cause="done",
        now=START,
    )
    assert moved
    await reviews.rate(session, bob, tea.id, 5, now=START)
    news = Broadcast(owner_id=0, text="New tea", segment=[], state="done", actor="operator:9", created_at=START)
    session.add(news)
    await session.flush()


async def said_by(session: AsyncSession, name: str, damage: str) -> list[str]:
    """Do the damage behind the shop's back, let one check look, and undo it."""
    look = next(each for each in CHECKS if each.__name__ == name)
    async with session.begin_nested() as undo:
        await session.execute(text(damage))
        found = [str(finding) for finding in await look(session, LATER)]
        await undo.rollback()
    return found


async def unguarded(session: AsyncSession) -> None:
    """Let SQLite write what CHECKs and foreign keys would refuse."""
    await session.execute(text("PRAGMA ignore_check_constraints=ON"))
    await session.execute(text("PRAGMA defer_foreign_keys=ON"))


PROMOTION = (
    "INSERT INTO promotions (owner_id, name, kind, value, currency, buy_units, free_units, automatic, min_amount,"
    " first_order, used, created_at) VALUES (1, 'TEA', 'percent', 10, 'EUR', 0, 0, 0, 0, 0, 3, '2020-01-01')"
)
BROADCAST = (
    "INSERT INTO broadcast_recipients (broadcast_id, user_id, state, updated_at) VALUES (1, 1, 'waiting', '2020-01-01')"
)
REDEMPTION = (
    "INSERT INTO redemptions (order_id, promotion_id, user_id, amount, created_at, released_at)"
    " VALUES (1, 1, 1, 0, '2020-01-01', '2020-01-01')"
)
REFUND = (
    "INSERT INTO refunds (order_id, attempt_id, amount, currency, reason, actor, state, idempotency_key, attempts,"
    " run_at, created_at, updated_at) VALUES (2, 1, 100, 'EUR', '', 'x', '{state}', 'k', 0, '2020-01-01', '2020-01-01',"
    " '2020-01-01')"
)


RECEIPT = (
    "INSERT INTO receipts (owner_id, year, number, kind, source, order_id, currency, total, tax, content, issued_at)"
    " VALUES (1, 2020, 2, 'sale', 'order:2', 2, 'EUR', 1, 0, '{}', '2020-01-01')"
)


RETURN = (
    "INSERT INTO returns (order_id, owner_id, status, reason, words, answer, reminded, created_at, updated_at)"
    " VALUES (2, 1, 'asked', 'mind', '', '', 0, '2020-01-01', '2020-01-01')"
)
DEPARTURE = "INSERT INTO departures (user_id, keeps_reviews, left_at) VALUES (1, 1, '2020-01-01')"


ACCOUNT = (
    "INSERT INTO credit_accounts (user_id, owner_id, currency, balance, updated_at)"
    " VALUES (1, 1, 'EUR', 5, '2020-01-01')"
)
CARD = (
    "INSERT INTO gift_cards (owner_id, digest, ending, value, currency, said, place, actor, redeemed_by, redeemed_at,"
    " created_at) VALUES (1, 'd', 'WXYZ', 5, 'EUR', 's', 0, 'x', 1, '2020-01-01', '2020-01-01')"
)


SUBSCRIPTION = (
    "INSERT INTO subscriptions (user_id, owner_id, product_id, order_id, payload, charge_id, price, state, paid_until,"
    " tries, created_at, updated_at) VALUES (1, 1, 1, 1, 'p', 'c', 250, 'active', '2020-01-01', 0, '2020-01-01',"
    " '2020-01-01')"
)


DAMAGES = [
    ("credit_adds_up", "credit account 1 of user 1", ACCOUNT),
    ("held_credit_is_of_open_orders", "order 1", "UPDATE orders SET credit = 1 WHERE id = 1"),
    ("cards_count_once", "gift card 1", CARD),
    ("months_are_paid", "order 3", "UPDATE orders SET month = 'renewed' WHERE id = 3"),
    ("subscriptions_end", "subscription 1", SUBSCRIPTION),
    ("returned_is_bought", "order 2, line 2", "UPDATE order_items SET returned = 1 WHERE order_id = 2"),
    ("returns_are_told", "return 1 of order 2", RETURN),
    ("who_left_is_forgotten", "user 1", DEPARTURE),
    ("receipts_have_no_gaps", "seller 1, 2020", RECEIPT),
    ("receipts_add_up", "order 2", RECEIPT),
    ("paid_orders_have_receipts", "order 3", RECEIPT),
    ("stock_within_bounds", "product 1", "UPDATE inventory SET quantity_reserved = 99 WHERE product_id = 1"),
    ("stock_equals_movements", "product 1", "UPDATE inventory SET quantity_in_stock = 60 WHERE product_id = 1"),
    ("held_equals_pending", "product 1", "UPDATE inventory SET quantity_reserved = 1 WHERE product_id = 1"),
    ("sold_equals_orders", "order 2, product 1", "DELETE FROM stock_movements WHERE order_id = 2"),
    ("sold_equals_orders", "order 2, product 1", "UPDATE orders SET status = 'pending' WHERE id = 2"),
    ("sellable_has_inventory", "product 1 (TEA)", "DELETE FROM inventory WHERE product_id = 1"),
    ("sellable_has_inventory", "product 3 under 1", "UPDATE products SET parent_id = 1 WHERE id = 3"),
    ("hidden_ones_are_off", "category 1", "UPDATE categories SET hidden = true WHERE id = 1"),
    ("hidden_ones_are_off", "category 1", "UPDATE categories SET off = true WHERE id = 1"),
    ("totals_add_up", "order 1", "UPDATE orders SET subtotal = 1 WHERE id = 1"),
    ("taxes_add_up", "order 2", "UPDATE orders SET tax_within = 3 WHERE id = 2"),
    ("taxes_add_up", "order 3", "UPDATE order_items SET tax = 1 WHERE order_id = 3"),
    ("totals_add_up", "order 3", "UPDATE order_items SET price = 1 WHERE order_id = 3"),
    ("timeline_is_complete", "order 2", "UPDATE orders SET status = 'shipped' WHERE id = 2"),
    ("holds_end", "order 1", "UPDATE orders SET expires_at = '2020-01-01' WHERE id = 1"),
    ("holds_end", "order 1", "UPDATE orders SET expires_at = NULL WHERE id = 1"),
    ("sellers_sell_their_own", "order 1, product 1", "UPDATE orders SET owner_id = 1 WHERE id = 1"),
    ("reviews_are_by_buyers", "review 1 of product 1", "UPDATE reviews SET user_id = 1"),
    ("reviews_are_by_buyers", "review 1 of product 4", "UPDATE reviews SET product_id = 4"),
    ("ratings_add_up", "product 1", "UPDATE products SET rating_sum = 50 WHERE id = 1"),
    ("ratings_add_up", "product 1", "UPDATE reviews SET hidden_at = '2026-01-01'"),
    ("presents_have_receivers", "order 2", "UPDATE orders SET present = 'For you' WHERE id = 2"),
    ("discounts_add_up", "order 1", "UPDATE order_items SET discount = 1 WHERE order_id = 1"),
    ("promotions_are_counted", "promotion 1", PROMOTION),
    ("ended_orders_use_nothing", "order 1, promotion 1", REDEMPTION),
    ("free_units_are_stock", "product 1", "UPDATE products SET pooled_at = '2020-01-01' WHERE id = 1"),
    ("sold_units_are_lines", "order 2, product 1", "UPDATE products SET pooled_at = '2020-01-01' WHERE id = 1"),
    ("ledger_adds_up", "order 2", "UPDATE payments SET amount = 1 WHERE order_id = 2"),
    ("ledger_adds_up", "order 2", "DELETE FROM payment_attempts WHERE order_id = 2"),
    ("refunds_add_up", "order 2, attempt 1", "UPDATE payment_attempts SET refunded_amount = 5 WHERE id = 1"),
    ("refunds_add_up", "order 2, attempt 1", REFUND.format(state="succeeded")),
    ("money_is_not_kept_for_nothing", "order 2", "UPDATE orders SET status = 'cancelled' WHERE id = 2"),
    (
        "money_is_not_kept_for_nothing",
        "order 2",
        "UPDATE payment_attempts SET captured_currency = 'USD' WHERE order_id = 2",
    ),
    ("nobody_pays_twice", "order 3", "UPDATE payments SET amount = 99999 WHERE order_id = 3"),
    ("goods_are_paid_for", "order 2", "UPDATE payments SET payment_date = NULL WHERE order_id = 2"),
    (
        "providers_are_heard",
        "payment event 1",
        (
            "INSERT INTO payment_events (provider, event_id, type, payload, attempts, received_at, run_at)"
            " VALUES ('stripe', 'evt', 'paid', '{}', 1, '2020-01-01', '2020-01-01')"
        ),
    ),
    ("broadcasts_arrive", "broadcast 1", BROADCAST),
    ("refunds_arrive", "order 2, refund 1", REFUND.format(state="manual")),
    ("refunds_arrive", "order 2, refund 1", REFUND.format(state="created")),
    ("moves_are_told", "order 2", "DELETE FROM notifications WHERE dedupe_key LIKE 'order:2:pending>%'"),
    (
        "messages_leave",
        "notification 1 for user",
        "UPDATE notifications SET run_at = '2020-01-01' WHERE id = 1",
    ),
    (
        "updates_are_handled",
        "update 7",
        (
            "INSERT INTO telegram_updates (update_id, kind, payload, attempts, received_at, run_at)"
            " VALUES (7, 'successful_payment', '{}', 0, '2020-01-01', '2020-01-01')"
        ),
    ),
]


@pytest.mark.sqlite_alone
async def test_damage_is_named_with_its_place_and_a_remedy(session: AsyncSession) -> None:
    await a_sound_shop(session)
    await unguarded(session)

    missed = []
    for name, where, damage in DAMAGES:
        found = await said_by(session, name, damage)
        if not any(line.startswith(where) and ". " in line for line in found):
            missed.append((name, where, damage, found))

    assert missed == []


def test_every_check_has_a_damage_that_it_names() -> None:
    assert {name for name, _, _ in DAMAGES} == {each.__name__ for each in CHECKS}


@pytest.mark.one_database
async def test_a_hundred_wounds_are_told_in_twenty_lines(session: AsyncSession) -> None:
    for number in range(25):
        await a_product(session, f"Tea {number}", seller=IVAN)

    damage = "UPDATE inventory SET quantity_in_stock = quantity_in_stock + 1"

    assert len(await said_by(session, "stock_equals_movements", damage)) == 20


async def test_a_sound_shop_is_healthy(session: AsyncSession) -> None:
    await a_sound_shop(session)

    assert await check(session, now=LATER) == []
    tea = (await session.scalars(select(Product.id).where(Product.sku == "TEA"))).one()
    await stock.hold(session, {tea: 1}, now=START)
    assert [finding.check for finding in await check(session, now=LATER)] == ["held_equals_pending"]
