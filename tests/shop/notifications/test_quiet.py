"""In quiet hours a seller's news wait, and nothing else does."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from db.models import Notification
from db.session import Database
from shop.notifications import deliver_due, enqueue
from shop.notifications.quiet import quiet_until
from shop.people import hours
from shop.people.permissions import ALL, Acting
from shop.policy import Policy
from tests.world.clock import ManualClock
from tests.world.people import OLGA, user

POLICY = Policy()
BERLIN = ZoneInfo("Europe/Berlin")


class Postman:
    """Remembers the kinds of news that it brought."""

    def __init__(self) -> None:
        self.brought: list[str] = []

    async def deliver(self, notification: Notification) -> int | None:
        self.brought.append(notification.kind)
        return None


@pytest.mark.parametrize(
    ("begins", "ends", "now", "until"),
    [
        (22, 7, "2026-03-02T20:59", None),
        (22, 7, "2026-03-02T21:00", "2026-03-03T06:00"),
        (22, 7, "2026-03-03T05:59", "2026-03-03T06:00"),
        (22, 7, "2026-03-03T06:00", None),
        (12, 14, "2026-03-03T12:30", "2026-03-03T13:00"),
        (9, 9, "2026-03-03T08:00", None),
        (22, 7, "2026-10-24T20:00", "2026-10-25T06:00"),  # the night of eleven hours
        (22, 2, "2026-03-29T00:30", "2026-03-29T01:00"),  # the end is skipped
    ],
)
def test_quiet_lasts_until_its_hour_on_the_shops_clock(begins: int, ends: int, now: str, until: str | None) -> None:
    found = quiet_until(begins, ends, datetime.fromisoformat(now).replace(tzinfo=UTC), BERLIN)
    assert found == (None if until is None else datetime.fromisoformat(until).replace(tzinfo=UTC))


async def test_news_wait_but_neither_orders_nor_money_nor_what_a_customer_hears(
    database: Database, clock: ManualClock
) -> None:
    """Guard: what is held counts as not tried, or everything after it would wait too."""
    postman = Postman()
    async with database.begin() as session:
        olga = await user(session, OLGA)
        acting = Acting(olga.id, olga.id, ALL)
        await hours.choose_quiet(session, acting, (9, 11), now=clock.now())
        for kind in ("question", "low_stock", "new_order", "operator_alert", "order_card"):
            await enqueue(session, user_id=olga.id, kind=kind, data={}, dedupe_key=kind, now=clock.now())

    for _ in range(3):
        await deliver_due(database, postman, clock, policy=POLICY)
    assert sorted(postman.brought) == ["new_order", "operator_alert", "order_card"]
    clock.pass_by(hours=1)
    async with database.begin() as session:
        await hours.let_orders_pass(session, acting, passing=False, now=clock.now())
        await enqueue(session, user_id=olga.id, kind="new_order", data={}, dedupe_key="2", now=clock.now())
    await deliver_due(database, postman, clock, policy=POLICY)
    assert len(postman.brought) == 3
    clock.pass_by(hours=1)
    await deliver_due(database, postman, clock, policy=POLICY)
    assert postman.brought[3:] == ["low_stock", "new_order", "question"]


@pytest.mark.one_database
async def test_who_ends_the_quiet_hears_at_once_what_waited(database: Database, clock: ManualClock) -> None:
    postman = Postman()
    async with database.begin() as session:
        olga = await user(session, OLGA)
        acting = Acting(olga.id, olga.id, ALL)
        await hours.choose_quiet(session, acting, (9, 8), now=clock.now())
        await enqueue(session, user_id=olga.id, kind="question", data={}, dedupe_key="1", now=clock.now())
    await deliver_due(database, postman, clock, policy=POLICY)
    clock.pass_by(hours=2)
    async with database.begin() as session:
        await hours.choose_quiet(session, acting, None, now=clock.now())
    await deliver_due(database, postman, clock, policy=POLICY)
    assert postman.brought == ["question"]
