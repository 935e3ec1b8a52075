"""The courier: in the reader's language, within the flood limit, an order's card edited where it stands."""

from collections.abc import Callable

import pytest

from bot.application import BotApp
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.sending.reply import Reply, Screen
from db.models import Notification, Order, ProductKind, User
from db.session import Database
from shop.notifications import deliver_due
from shop.notifications.outbox import enqueue
from simulator.server import Simulator
from tests.bot.conftest import Meet
from tests.world.clock import START, ManualClock
from tests.world.people import ANN, BOB, OLGA, user

pytestmark = pytest.mark.one_database

Told = Callable[[str], None]


@pytest.fixture
def notices(shop_bot: BotApp) -> Router:
    """Two kinds of this test's own."""
    router = shop_bot._router

    @router.notice("greeting")
    async def greeting(visit: Visit, notification: Notification) -> Reply:
        return Screen(visit.words("👋 Hello, {name}.", name=notification.data["name"]))

    @router.notice("card")
    async def card(_visit: Visit, notification: Notification) -> Reply:
        return Screen(notification.data["text"], remember_card=notification.data["order_id"])

    return router


async def _tell(database: Database, who: User, kind: str, key: str, **data: object) -> None:
    async with database.begin() as session:
        await enqueue(session, user_id=who.id, kind=kind, data=data, dedupe_key=key, now=START)


async def test_people_are_told_in_their_language(
    meet: Meet, notices: Router, shop_bot: BotApp, database: Database, clock: ManualClock
) -> None:
    bob = meet(BOB)
    await bob.says("/help")
    async with database.begin() as session:
        row = await user(session, BOB)
        row.language = "de"

    await _tell(database, row, "greeting", "1", name="<Bob>")

    assert await deliver_due(database, shop_bot.courier, clock) == 1
    assert bob.newest == "👋 Hallo, <Bob>."


async def test_an_orders_card_is_edited_where_it_stands(
    meet: Meet, notices: Router, shop_bot: BotApp, database: Database, clock: ManualClock
) -> None:
    ann = meet(ANN)
    await ann.says("/help")
    async with database.begin() as session:
        row = await user(session, ANN)
        seller = await user(session, OLGA)
        order = Order(
            user_id=row.id,
            owner_id=seller.id,
            kind=ProductKind.PHYSICAL,
            subtotal=450,
            total_price=450,
            currency="EUR",
            checkout_key="1.1.1.physical",
            created_at=START,
            updated_at=START,
        )
        session.add(order)
    for number, text in enumerate(("placed", "sent", "arrived")):
        await _tell(database, row, "card", f"card {number}", order_id=order.id, text=text)

    for _ in range(3):
        await deliver_due(database, shop_bot.courier, clock)

    assert ann.newest == "arrived"
    assert len(ann.chat.said) == 2


async def test_who_blocked_the_bot_is_left_alone(
    meet: Meet, notices: Router, shop_bot: BotApp, database: Database, clock: ManualClock, simulator: Simulator
) -> None:
    ann = meet(ANN)
    await ann.says("/help")
    async with database.begin() as session:
        row = await user(session, ANN)
    simulator.fail("sendMessage", "500")
    await _tell(database, row, "greeting", "1", name="Ann")
    assert await deliver_due(database, shop_bot.courier, clock) == 0
    ann.blocks_the_bot()
    clock.pass_by(minutes=1)

    assert await deliver_due(database, shop_bot.courier, clock) == 0

    clock.pass_by(hours=1)
    calls = len(simulator.calls("sendMessage"))
    assert await deliver_due(database, shop_bot.courier, clock) == 0
    assert len(simulator.calls("sendMessage")) == calls


async def test_every_kind_of_notification_that_the_shop_writes_is_worded(shop_bot: BotApp) -> None:
    kinds = {
        "order_card",
        "order_shipped",
        "order_cancelled",
        "order_expired",
        "new_order",
        "refund_done",
        "money_problem",
        "operator_alert",
        "review_request",
        "low_stock",
        "back_in_stock",
        "problem",
        "problem_answer",
        "question",
        "question_answer",
        "digital_delivery",
        "order_withdrawn",
    }

    assert kinds <= set(shop_bot._router.notices)
