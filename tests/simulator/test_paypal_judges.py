"""PayPal's own package judges the pretend: it drives it, understands what it says, and knows every field of it."""

import json
from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any

import pytest
from paypalserversdk.exceptions.error_exception import ErrorException

from simulator.paypal import names
from tests.simulator.paypal_world import World, amount, body, judged, money, running


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


def model(module: str) -> Any:
    """A class of PayPal's package."""
    found = import_module(f"paypalserversdk.models.{module}")
    return getattr(found, "".join(part.title() for part in module.split("_")).replace("Paypal", "Paypal"))


def fields(module: str) -> set[str]:
    """The fields that PayPal's package knows of an object, as the API names them."""
    return set(model(module)._names.values())


async def test_an_order_is_opened_captured_and_given_back_through_the_package(world: World) -> None:
    opened = await judged(world.sdk.orders.create_order, {"body": body(), "paypal_request_id": "attempt-1"})
    assert (opened.status, [link.rel for link in opened.links]) == ("PAYER_ACTION_REQUIRED", ["self", "payer-action"])
    world.paypal.approve(opened.id)

    done = await judged(world.sdk.orders.capture_order, {"id": opened.id, "prefer": "return=representation"})
    (capture,) = done.purchase_units[0].payments.captures
    part = {"amount": money("10.00"), "custom_id": "refund-1"}
    refund = await judged(world.sdk.payments.refund_captured_payment, {"capture_id": capture.id, "body": part})
    seen = await judged(world.sdk.payments.get_captured_payment, {"capture_id": capture.id})
    again = await judged(world.sdk.payments.get_refund, {"refund_id": refund.id})
    order = await judged(world.sdk.orders.get_order, {"id": opened.id})

    assert (done.status, capture.status, capture.amount.value) == ("COMPLETED", "COMPLETED", "25.00")
    assert (refund.status, again.id, seen.status) == ("COMPLETED", refund.id, "PARTIALLY_REFUNDED")
    assert order.purchase_units[0].custom_id == "attempt-1"
    assert [one.id for one in order.purchase_units[0].payments.refunds] == [refund.id]


async def test_a_refusal_is_understood_by_the_package(world: World) -> None:
    opened = await judged(world.sdk.orders.create_order, {"body": body()})

    with pytest.raises(ErrorException) as early:
        await judged(world.sdk.orders.capture_order, {"id": opened.id})
    with pytest.raises(ErrorException) as wrong:
        await judged(world.sdk.orders.create_order, {"body": body(amount=amount("24.00", item_total="25.00"))})

    assert (early.value.name, early.value.details[0].issue) == ("UNPROCESSABLE_ENTITY", "ORDER_NOT_APPROVED")
    assert (wrong.value.response_code, wrong.value.details[0].issue) == (422, "AMOUNT_MISMATCH")


async def test_nothing_is_said_that_the_package_does_not_know(world: World) -> None:
    capture = await world.captured()
    _, refund = await world.call("POST", f"/v2/payments/captures/{capture}/refund", {"amount": money("1.00")})
    _, alone = await world.call("GET", f"/v2/payments/captures/{capture}")
    (order_id,) = world.paypal.account.orders
    _, order = await world.call("GET", f"/v2/checkout/orders/{order_id}")
    (unit,) = order["purchase_units"]

    said = {
        "order": order,
        "purchase_unit": unit,
        "payment_collection": unit["payments"],
        "orders_capture": unit["payments"]["captures"][0],
        "captured_payment": alone,
        "refund": refund,
        "item": unit["items"][0],
    }
    assert {name: set(one) - fields(name) for name, one in said.items() if set(one) - fields(name)} == {}


@pytest.mark.parametrize(
    ("table", "module"),
    [
        (names.ORDER, "order_request"),
        (names.UNIT, "purchase_unit_request"),
        (names.AMOUNT, "amount_with_breakdown"),
        (names.BREAKDOWN, "amount_breakdown"),
        (names.ITEM, "item_request"),
        (names.WALLET, "paypal_wallet"),
        (names.EXPERIENCE, "paypal_wallet_experience_context"),
        (names.REFUND, "refund_request"),
    ],
)
def test_the_known_field_names_are_those_of_the_package(table: str, module: str) -> None:
    assert set(table.split()) == fields(module)


async def test_the_package_is_let_in_again_when_its_token_ended(world: World) -> None:
    await judged(world.sdk.orders.create_order, {"body": body()})
    world.paypal.api.tokens.end_all()

    status, said = await world.call("GET", "/v2/checkout/orders/none", token="ended")

    assert (status, json.loads(json.dumps(said))["error"]) == (401, "invalid_token")
