"""The endpoints of the API: for each, its path, what it does, and how it shows what was made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from simulator.paypal import creating, orders, refunds
from simulator.paypal.account import Account
from simulator.paypal.errors import invalid, not_found
from simulator.paypal.records import Json
from simulator.paypal.shapes import capture_json, dispute_json, event_json, refund_json

EVENTS_KEPT_SECONDS = 30 * 86_400


@dataclass(slots=True)
class Call:
    """One request: `id` is the object in the path, `made` what it (or the same request before it) made."""

    account: Account
    id: str
    root: str
    query: dict[str, str]
    minimal: bool = False
    body: object = field(default_factory=dict)
    made: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the API; `makes`: it heeds `PayPal-Request-Id`."""

    method: str
    path: str
    run: Callable[[Call], str]
    show: Callable[[Call], Json]
    status: int = 200
    makes: bool = False


def _order(call: Call) -> Json:
    return orders.show(call.account, call.account.order(call.made), minimal=call.minimal)


def _captured(call: Call) -> Json:
    return orders.show(call.account, call.account.order(call.made))


def _capture(call: Call) -> Json:
    capture = call.account.capture(call.made)
    return capture_json(capture, call.account.orders[capture.order], whole=True)


def _refund(call: Call) -> Json:
    return refund_json(call.account.refund(call.made))


def _event(call: Call) -> Json:
    event = call.account.events.get(call.made)
    if event is None or event.created <= call.account.now() - EVENTS_KEPT_SECONDS:
        raise not_found()
    return event_json(event)


def _events(call: Call) -> Json:
    """`GET /v1/notifications/webhooks-events`: newest first, 30 days, `page_size` at a time."""
    size = int(call.query.get("page_size", "10"))
    if not 1 <= size <= 300:
        raise invalid("page_size", "INVALID_PARAMETER_VALUE", "Between 1 and 300.", size)
    start = _moment(call, "start_time") or call.account.now() - EVENTS_KEPT_SECONDS
    oldest = max(start, call.account.now() - EVENTS_KEPT_SECONDS)
    found = [event for event in reversed(call.account.events.values()) if event.created >= oldest]
    begin = int(call.query.get("page_token", "0"))
    links = []
    if len(found) > begin + size:
        href = f"{call.root}/v1/notifications/webhooks-events?page_size={size}&page_token={begin + size}"
        if "start_time" in call.query:
            href += f"&start_time={call.query['start_time']}"
        links.append({"href": href, "rel": "next", "method": "GET"})
    page = [event_json(event) for event in found[begin : begin + size]]
    return {"events": page, "count": len(page), "links": links}


def _moment(call: Call, name: str) -> int | None:
    text = call.query.get(name)
    if text is None:
        return None
    try:
        return int(datetime.fromisoformat(text).timestamp())
    except ValueError as mistake:
        raise invalid(name, "INVALID_PARAMETER_SYNTAX", "RFC 3339 is expected.", text) from mistake


def _resend(call: Call) -> str:
    if call.id not in call.account.events:
        raise not_found()
    call.account.deliveries.send_again(call.id)
    return call.id


ENDPOINTS = (
    Endpoint(
        "POST",
        "/v2/checkout/orders",
        lambda call: creating.create(call.account, call.body, call.root).id,
        _order,
        status=201,
        makes=True,
    ),
    Endpoint("GET", "/v2/checkout/orders/{id}", lambda call: orders.find(call.account, call.id).id, _order),
    Endpoint(
        "POST",
        "/v2/checkout/orders/{id}/capture",
        lambda call: orders.capture(call.account, call.id).id,
        _captured,
        status=201,
        makes=True,
    ),
    Endpoint("GET", "/v2/payments/captures/{id}", lambda call: call.account.capture(call.id).id, _capture),
    Endpoint(
        "POST",
        "/v2/payments/captures/{id}/refund",
        lambda call: refunds.create(call.account, call.id, call.body).id,
        _refund,
        status=201,
        makes=True,
    ),
    Endpoint("GET", "/v2/payments/refunds/{id}", lambda call: call.account.refund(call.id).id, _refund),
    Endpoint(
        "GET",
        "/v1/customer/disputes/{id}",
        lambda call: call.account.dispute(call.id).id,
        lambda call: dispute_json(call.account.dispute(call.made)),
    ),
    Endpoint("GET", "/v1/notifications/webhooks-events", lambda _: "", _events),
    Endpoint("GET", "/v1/notifications/webhooks-events/{id}", lambda call: call.id, _event),
    Endpoint("POST", "/v1/notifications/webhooks-events/{id}/resend", _resend, _event, status=202),
)
