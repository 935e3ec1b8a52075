"""The database goes away for a minute and comes back: people hear a sentence, nothing is charged, nothing is lost."""

import asyncio
import math

import pytest

from tests.stories.test_an_order import card_of, opened, placed
from tests.stories.test_figures import asked, figures
from tests.world.branches import branches
from tests.world.clock import ManualClock
from tests.world.goods import a_category, a_product
from tests.world.people import ANN, BOB, OLGA, user
from tests.world.shop import open_shop
from tests.world.wire import wire_to

pytestmark = [pytest.mark.server_databases, pytest.mark.every_database]

SORRY = "The shop cannot be reached for a moment"


async def test_a_payment_that_was_under_way_is_booked_and_what_came_behind_it_is_served(
    database_url: str, clock: ManualClock
) -> None:
    """Guards: money is stored before it is confirmed, and an offset moves on only after that."""
    async with wire_to(database_url) as wire, open_shop(wire.url, clock) as shop:
        await opened(shop)
        await placed(shop)
        await shop.bob.says("/start")
        paying = asyncio.create_task(shop.simulator.pay(ANN.telegram_id))  # noqa: TID251  awaited below
        while not shop.simulator.calls("answerPreCheckoutQuery"):
            await asyncio.sleep(0)
        wire.cut()  # Telegram has been told yes, and takes the money
        assert (await paying).state == "paid"

        await shop.bob.taps("Catalogue", hurried=True)
        clock.pass_by(seconds=60)
        wire.mend()
        await shop.simulator.wait_for(ANN.telegram_id, lambda chat: chat.shows("Being prepared"), 60)
        await shop.tick()

        assert "New order" in shop.olga.newest
        assert "Tea" in " ".join(shop.bob.keyboard)
        await shop.keeps_its_promises()
        assert {str(entry["event"]) for entry in shop.incidents()} <= {"database_away"}


async def test_taps_are_apologised_for_and_a_sheet_that_is_paid_meanwhile_is_declined(
    database_url: str, clock: ManualClock
) -> None:
    """Guards: away is told from broken; whatever goes wrong before a charge, the answer is no, in time."""
    async with wire_to(database_url) as wire, open_shop(wire.url, clock) as shop:
        await opened(shop)
        await placed(shop)
        await shop.bob.says("/start")
        sheet = shop.simulator.open_sheet(ANN.telegram_id)
        wire.cut()

        await shop.bob.taps("Cart", hurried=True)
        await shop.simulator.wait_for(BOB.telegram_id, lambda chat: chat.toasts, 60)
        assert SORRY in shop.bob.toast
        declined = await shop.simulator.pay_sheet(sheet)
        assert declined.state != "paid"
        wire.mend()

        assert (await shop.ann.pays()).state == "paid"
        await shop.tick()
        assert "Being prepared" in card_of(shop.ann).words
        await shop.keeps_its_promises()
        assert {str(entry["event"]) for entry in shop.incidents()} == {"database_away", "incident"}


async def test_replicas_ask_telegram_to_bring_it_again_and_tick_on_afterwards(
    database_url: str, clock: ManualClock
) -> None:
    """Guards: an update that met no database is answered 500; a failed tick leaves its rows to the next."""
    async with wire_to(database_url) as wire, branches(wire.url, clock) as shop:
        db = shop.each[0].front.db
        async with db.begin() as session:
            await a_product(session, "Green tea", stock=5, category=await a_category(session, "Tea"))
            for who in (ANN, OLGA):
                await user(session, who)
        ann = shop.guest(ANN)
        await ann.says("/start")
        await ann.taps("Catalogue", "Tea", "Green tea")

        wire.cut()
        await ann.taps("Add to cart", hurried=True)
        while not shop.balancer.statuses[500]:
            await asyncio.sleep(0.01)
        for branch in shop.each:
            await branch.tick()
        assert ann.sees(SORRY)
        clock.pass_by(seconds=60)
        wire.mend()
        await shop.settle()

        assert any("1 in the cart" in label for label in ann.keyboard), "the same tap came again, and was served"
        assert {500} <= set(shop.balancer.statuses) <= {200, 500}
        await shop.tick()
        assert all(sum(branch.ran(task) for branch in shop.each) for task in shop.each[0].tasks)
        assert set(shop.went_wrong()) <= {"database_away", "task_failed"}


@pytest.mark.parametrize("away", ["hangs up", "is not heard"])
async def test_whoever_watches_is_told_soon_and_the_counted_figures_stay(
    database_url: str, clock: ManualClock, away: str
) -> None:
    """Guards: health, readiness and figures never wait for a database that does not answer."""
    async with wire_to(database_url) as wire, open_shop(wire.url, clock) as shop:
        await opened(shop)
        await shop.bob.says("/start")
        shop.front.metrics.patience = 0.2
        if away == "hangs up":
            wire.cut()
        else:
            wire.stall()

        async with asyncio.timeout(10):
            assert (await asked(shop.front, "/healthz")).status_code == 200
            unready = await asked(shop.front, "/readyz")
            seen = await figures(shop.front)
        wire.mend()

        assert (unready.status_code, unready.json()["checks"]) == (503, {"database": "failing"})
        assert seen["storefront_database_up"] == 0
        assert math.isnan(seen["storefront_outbox_waiting"])
        assert seen['storefront_answer_seconds_count{screen="/start"}'] >= 1
        assert (await asked(shop.front, "/readyz")).status_code == 200
        assert (await figures(shop.front))["storefront_database_up"] == 1
