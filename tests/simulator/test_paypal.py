"""The pretend PayPal refuses what PayPal refuses, remembers request ids, and tells what happened, signed."""

import base64
import json
import zlib
from collections.abc import AsyncIterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from simulator.paypal import PayPalError
from tests.simulator.paypal_world import WEBHOOK, World, amount, body, issue, money, running

ITEM = {"name": "Sencha", "quantity": "2", "unit_amount": money("12.50")}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


@pytest.mark.parametrize(
    ("changes", "status", "why"),
    [
        ({"amount": amount("24.99", item_total="25.00")}, 422, "AMOUNT_MISMATCH"),
        ({"amount": amount("30.00", item_total="24.00", shipping="6.00")}, 422, "ITEM_TOTAL_MISMATCH"),
        ({"amount": money("25.00")}, 422, "ITEM_TOTAL_REQUIRED"),
        ({"amount": money("12.50", "JPY"), "items": None}, 422, "DECIMALS_NOT_SUPPORTED"),
        ({"amount": money("12.505"), "items": None}, 422, "DECIMAL_PRECISION"),
        ({"amount": money("12.50", "KWD"), "items": None}, 422, "INVALID_CURRENCY_CODE"),
        ({"amount": money("0.00"), "items": None}, 422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
        ({"amount": money("10000000.00"), "items": None}, 422, "MAX_VALUE_EXCEEDED"),
        ({"amount": money("12,50"), "items": None}, 400, "INVALID_PARAMETER_SYNTAX"),
        ({"amount": {"value": "1.00"}}, 400, "MISSING_REQUIRED_PARAMETER"),
        ({"items": [ITEM | {"name": "x" * 128}]}, 400, "INVALID_STRING_LENGTH"),
        ({"items": [ITEM | {"quantity": "0"}]}, 400, "INVALID_PARAMETER_SYNTAX"),
        ({"custom": "attempt-1"}, 400, "UNKNOWN_FIELD"),
    ],
)
async def test_an_order_that_does_not_add_up_is_refused(
    world: World, changes: dict[str, object], status: int, why: str
) -> None:
    got, said = await world.call("POST", "/v2/checkout/orders", body(**changes))

    assert (got, issue(said)) == (status, why)
    assert world.paypal.account.orders == {}


async def test_a_discount_is_taken_off(world: World) -> None:
    whole = amount("27.90", item_total="25.00", shipping="4.90", discount="2.00")

    assert (await world.call("POST", "/v2/checkout/orders", body(amount=whole)))[0] == 201


async def test_the_same_request_id_hears_how_it_stands_now_for_six_hours(world: World) -> None:
    first, opened = await world.call("POST", "/v2/checkout/orders", body(), key="attempt-1")
    world.paypal.approve(opened["id"])
    again, seen = await world.call("POST", "/v2/checkout/orders", body(), key="attempt-1")
    other, refusal = await world.call("POST", "/v2/checkout/orders", body(custom_id="other"), key="attempt-1")
    world.clock.advance(6 * 3600)
    later, anew = await world.call("POST", "/v2/checkout/orders", body(), key="attempt-1")

    assert (first, again, seen["id"], seen["status"]) == (201, 200, opened["id"], "APPROVED")
    assert (other, issue(refusal)) == (422, "DUPLICATE_REQUEST_ID")
    assert later == 201
    assert anew["id"] != opened["id"]


async def test_money_moves_when_the_merchant_captures_and_once(world: World) -> None:
    order = await world.opened()
    path = f"/v2/checkout/orders/{order}/capture"
    _, early = await world.call("POST", path)
    world.paypal.approve(order)
    assert world.paypal.account.captures == {}

    done, captured = await world.call("POST", path, key="capture-1")
    again, replayed = await world.call("POST", path, key="capture-1")
    _, twice = await world.call("POST", path, key="capture-2")

    assert issue(early) == "ORDER_NOT_APPROVED"
    assert (done, again, captured["status"], replayed["status"]) == (201, 200, "COMPLETED", "COMPLETED")
    assert issue(twice) == "ORDER_ALREADY_CAPTURED"
    assert len(world.paypal.account.captures) == 1


async def test_a_declined_card_leads_the_payer_back_to_choose_another(world: World) -> None:
    order = await world.opened()
    path = f"/v2/checkout/orders/{order}/capture"
    world.paypal.approve(order, "declined")

    status, said = await world.call("POST", path, key="capture-1")
    _, now = await world.call("GET", f"/v2/checkout/orders/{order}")
    world.paypal.approve(order, "pays")
    done, _ = await world.call("POST", path, key="capture-1")

    assert (status, issue(said), said["links"][0]["rel"]) == (422, "INSTRUMENT_DECLINED", "redirect")
    assert (now["status"], done) == ("PAYER_ACTION_REQUIRED", 201)


@pytest.mark.parametrize(
    ("way", "at_once", "then", "events"),
    [
        ("pending", "PENDING", "COMPLETED", ["PENDING", "COMPLETED"]),
        ("denied", "PENDING", "DECLINED", ["PENDING", "DENIED"]),
        ("capture_declined", "DECLINED", "DECLINED", ["DECLINED"]),
    ],
)
async def test_a_completed_order_is_not_yet_money(
    world: World, way: str, at_once: str, then: str, events: list[str]
) -> None:
    capture = await world.captured(way)
    _, before = await world.call("GET", f"/v2/payments/captures/{capture}")
    world.clock.advance(60)
    _, after = await world.call("GET", f"/v2/payments/captures/{capture}")

    told = [one.type.removeprefix("PAYMENT.CAPTURE.") for one in world.paypal.account.events.values()]
    assert (before["status"], after["status"]) == (at_once, then)
    assert told[1:] == events
    assert next(iter(world.paypal.account.orders.values())).status == "COMPLETED"


async def test_an_invoice_id_is_paid_once(world: World) -> None:
    await world.captured(invoice_id="1042")
    second = await world.opened(invoice_id="1042")
    world.paypal.approve(second)

    _, said = await world.call("POST", f"/v2/checkout/orders/{second}/capture")

    assert issue(said) == "DUPLICATE_INVOICE_ID"


async def test_nobody_can_agree_to_or_capture_what_is_three_hours_old(world: World) -> None:
    idle, agreed = await world.opened(), await world.opened()
    world.paypal.approve(agreed)
    world.clock.advance(3 * 3600)

    gone, _ = await world.call("GET", f"/v2/checkout/orders/{idle}")
    _, late = await world.call("POST", f"/v2/checkout/orders/{agreed}/capture")

    assert (gone, issue(late)) == (404, "ORDER_NOT_APPROVED")
    assert [one.type for one in world.paypal.account.events.values()][-1] == "CHECKOUT.PAYMENT-APPROVAL.REVERSED"
    with pytest.raises(PayPalError):
        world.paypal.approve(idle)


async def test_refunds_stay_within_their_limits(world: World) -> None:
    capture = await world.captured()
    path = f"/v2/payments/captures/{capture}/refund"

    made, part = await world.call("POST", path, {"amount": money("10.00")}, key="refund-1")
    again, same = await world.call("POST", path, {"amount": money("10.00")}, key="refund-1")
    _, more = await world.call("POST", path, {"amount": money("15.01")})
    _, other = await world.call("POST", path, {"amount": money("1.00", "USD")})
    world.paypal.next_refund("INSUFFICIENT_FUNDS")
    _, poor = await world.call("POST", path, {}, key="refund-2")
    rest, whole = await world.call("POST", path, {}, key="refund-2")
    _, nothing = await world.call("POST", path, {})

    assert (made, again, same["id"]) == (201, 200, part["id"])
    assert (issue(more), issue(other)) == ("REFUND_AMOUNT_EXCEEDED", "CURRENCY_MISMATCH")
    assert (issue(poor), rest, whole["amount"]["value"]) == ("REFUND_FAILED_INSUFFICIENT_FUNDS", 201, "15.00")
    assert issue(nothing) == "CAPTURE_FULLY_REFUNDED"


@pytest.mark.parametrize("why", ["PENDING_CAPTURE", "TRANSACTION_DISPUTED", "REFUND_TIME_LIMIT_EXCEEDED"])
async def test_what_cannot_be_given_back_now_is_refused(world: World, why: str) -> None:
    capture = await world.captured("review" if why == "PENDING_CAPTURE" else "pays")
    if why == "TRANSACTION_DISPUTED":
        world.paypal.dispute(capture)
    if why == "REFUND_TIME_LIMIT_EXCEEDED":
        world.clock.advance(180 * 86_400)

    _, said = await world.call("POST", f"/v2/payments/captures/{capture}/refund", {})

    assert issue(said) == why


async def test_a_token_ends_and_a_stranger_gets_none(world: World) -> None:
    token = await world.token()
    world.clock.advance(9 * 3600)

    late, _ = await world.call("GET", "/v2/checkout/orders/none", token=token)
    stranger = await world.http.post("/v1/oauth2/token", data={"grant_type": "client_credentials"})

    assert (late, stranger.status_code, stranger.json()["error"]) == (401, 401, "invalid_client")


async def test_webhooks_are_signed_over_their_very_bytes(world: World) -> None:
    await world.captured()
    await world.paypal.deliver_pending()
    raw, headers = world.shop.posts[0]
    shown = await world.http.get(headers["paypal-cert-url"])
    key = x509.load_pem_x509_certificate(shown.content).public_key()
    assert isinstance(key, rsa.RSAPublicKey)

    told = [headers["paypal-transmission-id"], headers["paypal-transmission-time"], WEBHOOK, str(zlib.crc32(raw))]
    signature = base64.b64decode(headers["paypal-transmission-sig"])
    key.verify(signature, "|".join(told).encode(), padding.PKCS1v15(), hashes.SHA256())  # raises when it is not

    assert [json.loads(post)["event_type"] for post, _ in world.shop.posts] == [
        "CHECKOUT.ORDER.APPROVED",
        "PAYMENT.CAPTURE.COMPLETED",
    ]


@pytest.mark.parametrize(
    ("fault", "types"),
    [
        ("drop", ["PAYMENT.CAPTURE.COMPLETED"]),
        ("duplicate", ["CHECKOUT.ORDER.APPROVED", "CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED"]),
        ("reorder", ["PAYMENT.CAPTURE.COMPLETED", "CHECKOUT.ORDER.APPROVED"]),
        ("delay", ["PAYMENT.CAPTURE.COMPLETED"]),
    ],
)
async def test_webhooks_are_lost_doubled_reordered_and_late(world: World, fault: str, types: list[str]) -> None:
    world.paypal.switch_on(fault, type="CHECKOUT.ORDER.APPROVED")
    await world.captured()
    await world.paypal.deliver_pending()

    assert [json.loads(post)["event_type"] for post, _ in world.shop.posts] == types
    _, listed = await world.call("GET", "/v1/notifications/webhooks-events?page_size=1")
    assert [one["event_type"] for one in listed["events"]] == ["PAYMENT.CAPTURE.COMPLETED"]
    assert [link["rel"] for link in listed["links"]] == ["next"]


async def test_an_answer_is_lost_after_the_work_was_done(world: World) -> None:
    world.paypal.switch_on("fail_after_commit", method="POST", path="/v2/checkout/orders")

    lost, _ = await world.call("POST", "/v2/checkout/orders", body(), key="attempt-1")
    found, order = await world.call("POST", "/v2/checkout/orders", body(), key="attempt-1")

    assert (lost, found, list(world.paypal.account.orders)) == (500, 200, [order["id"]])


async def test_a_person_agrees_and_comes_back_through_the_control_api_and_the_page(world: World) -> None:
    order = await world.opened()
    page = await world.http.get(f"/checkoutnow/{order}")
    data = (await world.http.get(f"/checkoutnow/{order}/data")).json()
    agreed = await world.http.post(f"/checkoutnow/{order}/approve", json={"way": "pays"})
    state = (await world.http.get("/control/state")).json()

    assert page.status_code == 200
    assert (data["amount"]["value"], data["items"][0]["name"]) == ("25.00", "Sencha")
    assert agreed.json()["redirect"].startswith("https://t.me/pretend_bot?start=paid_abc&token=")
    assert [one["status"] for one in state["orders"]] == ["APPROVED"]
