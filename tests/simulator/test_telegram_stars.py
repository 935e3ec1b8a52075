"""Stars: the balance, refunds, the list of movements."""

import asyncio

from simulator.acts.sheets import Sheet
from simulator.server import Simulator
from simulator.telegram.wire import Json
from tests.simulator.telegram_world import ANN, BOB, Api, invoice


async def pay_stars(api: Api, amount: int = 300) -> Sheet:
    """Let Ann pay in Stars."""
    prices: Json = [{"label": "Book", "amount": amount}]
    await api.ask("sendInvoice", **invoice(currency="XTR", provider_token="", prices=prices, payload=f"book-{amount}"))
    async with asyncio.TaskGroup() as group:
        paying = group.create_task(api.simulator.pay(ANN))
        query = next(u["pre_checkout_query"] for u in await api.updates(timeout=5) if "pre_checkout_query" in u)
        assert isinstance(query, dict)
        await api.ask("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    await api.updates(offset=api.simulator.world.bot(api.token).updates.next_id)
    return paying.result()


async def test_stars_move_from_the_person_to_the_bot_and_back_once(simulator: Simulator, api: Api) -> None:
    before = simulator.person(ANN).stars
    sheet = await pay_stars(api)
    assert (simulator.person(ANN).stars, await api.ask("getMyStarBalance")) == (before - 300, {"amount": 300})
    refund: dict[str, Json] = {"user_id": ANN, "telegram_payment_charge_id": sheet.charge_id}
    assert await api.ask("refundStarPayment", **refund) is True

    assert (simulator.person(ANN).stars, await api.ask("getMyStarBalance")) == (before, {"amount": 0})
    assert await api.refused("refundStarPayment", **refund) == (400, "Bad Request: CHARGE_ALREADY_REFUNDED")
    message = (await api.updates())[0]["message"]
    assert isinstance(message, dict)
    assert message["refunded_payment"]["telegram_payment_charge_id"] == sheet.charge_id


async def test_a_charge_is_refunded_to_whoever_paid_it_only(api: Api) -> None:
    sheet = await pay_stars(api)

    assert await api.refused("refundStarPayment", user_id=BOB, telegram_payment_charge_id=sheet.charge_id) == (
        400,
        "Bad Request: CHARGE_ID_INVALID",
    )


async def test_the_list_shows_payments_and_refunds_in_order_and_in_pages(api: Api) -> None:
    first, second = await pay_stars(api, 100), await pay_stars(api, 200)
    await api.ask("refundStarPayment", user_id=ANN, telegram_payment_charge_id=first.charge_id)
    listed = await api.make("getStarTransactions")
    page = await api.make("getStarTransactions", offset=1, limit=1)

    assert isinstance(listed["transactions"], list)
    rows = [(row["id"], row["amount"], "receiver" in row) for row in listed["transactions"]]
    assert sorted(rows) == sorted(
        [(first.charge_id, 100, False), (second.charge_id, 200, False), (first.charge_id, 100, True)]
    )
    assert page["transactions"] == listed["transactions"][1:2]


async def test_whoever_lacks_stars_cannot_pay_and_the_bot_is_not_asked(simulator: Simulator, api: Api) -> None:
    simulator.person(ANN).stars = 5
    prices: Json = [{"label": "Book", "amount": 6}]
    await api.ask("sendInvoice", **invoice(currency="XTR", provider_token="", prices=prices))
    sheet = await simulator.pay(ANN)

    assert (sheet.state, sheet.error) == ("declined", "Ann has only 5 Stars")
    assert await api.updates() == []
