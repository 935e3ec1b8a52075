"""What is paid every month: strict links, renewals by the calendar, who may cancel, and who may take that back."""

import asyncio

import aiogram.types
import pytest

from simulator.acts.refusals import CannotDo
from simulator.clock import ManualClock
from simulator.server import Simulator
from simulator.telegram.subscriptions import PERIOD
from simulator.telegram.wire import Json, JsonObject
from tests.simulator.telegram_world import ANN, BOB, Api, invoice

REFUSED: list[tuple[dict[str, Json], str]] = [
    ({"subscription_period": 86_400}, "SUBSCRIPTION_PERIOD_INVALID"),
    ({"currency": "EUR", "provider_token": "1:TEST:x"}, "SUBSCRIPTION_PERIOD_INVALID"),
    ({"prices": [{"label": "x", "amount": 10_001}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ({"prices": [{"label": "x", "amount": 5}, {"label": "y", "amount": 5}]}, "STARS_INVOICE_INVALID"),
]


def monthly(**changes: Json) -> JsonObject:
    """The parameters of a link for 250 Stars a month."""
    given = invoice(currency="XTR", provider_token="", prices=[{"label": "Club", "amount": 250}], payload="club-1")
    given |= {"subscription_period": PERIOD, **changes}
    return {name: value for name, value in given.items() if name not in {"chat_id", "start_parameter"}}


async def subscribe(api: Api, who: int = ANN) -> str:
    """Follow a link and agree; the first charge."""
    link = await api.ask("createInvoiceLink", **monthly())
    async with asyncio.TaskGroup() as group:
        paying = group.create_task(api.simulator.pay(who, link=str(link)))
        query = next(u["pre_checkout_query"] for u in await api.updates(timeout=5) if "pre_checkout_query" in u)
        assert isinstance(query, dict)
        await api.ask("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    return paying.result().charge_id


async def news(api: Api, kind: str) -> list[Json]:
    """All updates of a kind that wait."""
    return [update[kind] for update in await api.updates() if kind in update]


async def payments(api: Api) -> list[JsonObject]:
    """What was paid, as the bot is told."""
    told = [message["successful_payment"] for message in await news(api, "message") if isinstance(message, dict)]
    return [one for one in told if isinstance(one, dict)]


@pytest.fixture
def month(simulator: Simulator) -> ManualClock:
    """The calendar, which is moved by hand."""
    simulator.world.calendar = clock = ManualClock(simulator.world.clock.now())
    simulator.person(ANN).stars = 600
    return clock


@pytest.mark.parametrize(("changes", "words"), REFUSED)
async def test_a_link_that_telegram_would_not_make_is_refused(changes: dict[str, Json], words: str, api: Api) -> None:
    assert await api.refused("createInvoiceLink", **monthly(**changes)) == (400, f"Bad Request: {words}")


async def test_it_is_charged_every_month_while_there_are_stars(
    simulator: Simulator, api: Api, month: ManualClock
) -> None:
    first = await subscribe(api)
    began = int(month.now())
    month.advance(PERIOD - 1)
    assert simulator.renew() == 0
    month.advance(1)
    assert simulator.renew() == 1
    assert simulator.renew() == 0

    one, two = await payments(api)
    assert (one["is_first_recurring"], one["subscription_expiration_date"]) == (True, began + PERIOD)
    assert "is_first_recurring" not in two
    assert (two["is_recurring"], two["subscription_expiration_date"]) == (True, began + 2 * PERIOD)
    assert (two["invoice_payload"], two["telegram_payment_charge_id"] == first) == ("club-1", False)
    listed = await api.make("getStarTransactions")
    assert isinstance(listed["transactions"], list)
    assert [row["source"]["subscription_period"] for row in listed["transactions"]] == [PERIOD, PERIOD]

    month.advance(PERIOD)
    assert simulator.renew() == 0  # 100 Stars are left
    (told,) = await news(api, "subscription")
    aiogram.types.BotSubscriptionUpdated.model_validate(told, strict=False)
    assert isinstance(told, dict)
    assert (told["state"], told["invoice_payload"]) == ("failed", "club-1")
    assert simulator.subscriptions(ANN)[0].over


async def test_nobody_subscribes_twice_by_one_link(simulator: Simulator, api: Api, month: ManualClock) -> None:
    await subscribe(api)
    (slug,) = simulator.world.bot(api.token).invoice_links
    with pytest.raises(CannotDo, match="already"):
        simulator.open_sheet(ANN, link=slug)
    simulator.open_sheet(BOB, link=slug)


async def test_its_person_cancels_and_takes_it_back(simulator: Simulator, api: Api, month: ManualClock) -> None:
    charge = await subscribe(api)
    simulator.cancel_subscription(ANN, charge)
    simulator.restore_subscription(ANN, charge)
    simulator.cancel_subscription(ANN, charge)
    month.advance(PERIOD)
    simulator.renew()

    states = [told["state"] for told in await news(api, "subscription") if isinstance(told, dict)]
    assert states == ["canceled", "active", "canceled"]
    assert simulator.person(ANN).stars == 350


async def test_what_the_bot_cancelled_goes_on_when_both_say_so(
    simulator: Simulator, api: Api, month: ManualClock
) -> None:
    charge = await subscribe(api)
    mine: dict[str, Json] = {"user_id": ANN, "telegram_payment_charge_id": charge}
    assert await api.ask("editUserStarSubscription", **mine, is_canceled=True) is True
    with pytest.raises(CannotDo, match="the bot cancelled"):
        simulator.restore_subscription(ANN, charge)
    assert await api.ask("editUserStarSubscription", **mine, is_canceled=False) is True
    assert simulator.subscriptions(ANN)[0].canceled
    simulator.restore_subscription(ANN, charge)
    assert simulator.subscriptions(ANN)[0].canceled is False

    words = "Bad Request: CHARGE_ID_INVALID"
    assert await api.refused("editUserStarSubscription", **{**mine, "user_id": BOB}, is_canceled=True) == (400, words)
    simulator.cancel_subscription(ANN, charge)
    month.advance(PERIOD)
    simulator.renew()
    words = "Bad Request: SUBSCRIPTION_NOT_ACTIVE"
    assert await api.refused("editUserStarSubscription", **mine, is_canceled=True) == (400, words)
