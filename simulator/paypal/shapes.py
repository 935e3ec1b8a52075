"""PayPal's JSON for each object."""

from datetime import UTC, datetime

from simulator.paypal.records import Capture, Dispute, Event, Json, Order, Refund

API = "https://api.sandbox.paypal.com"


def iso(seconds: int) -> str:
    """Write Unix seconds as PayPal does: `2026-11-28T17:15:59Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def order_json(order: Order, capture: Capture | None, refunds: list[Refund], *, minimal: bool = False) -> Json:
    """An order, with its payments once there are any."""
    body: Json = {"id": order.id, "status": order.status}
    if order.way is not None or order.wallet:
        wallet: Json = {}
        if order.way is not None:
            wallet = {
                "email_address": order.email,
                "account_id": "QYR5Z8XDVJNXQ",
                "account_status": "VERIFIED",
                "name": {"given_name": "Ann", "surname": "Example"},
                "address": {"country_code": "DE"},
            }
        body["payment_source"] = {"paypal": wallet}
    body["links"] = _order_links(order)
    if minimal:
        return body
    unit: Json = {**order.unit, "amount": _amount(order), "payee": {"merchant_id": "PRETENDMERCHANT"}}
    if capture is not None:
        payments: Json = {"captures": [capture_json(capture, order)]}
        if refunds:
            payments["refunds"] = [refund_json(refund) for refund in refunds]
        unit["payments"] = payments
    body |= {"intent": "CAPTURE", "purchase_units": [unit], "create_time": iso(order.created)}
    body["update_time"] = iso(order.updated)
    if order.way is not None:
        body["payer"] = {
            "email_address": order.email,
            "payer_id": "QYR5Z8XDVJNXQ",
            "name": {"given_name": "Ann", "surname": "Example"},
            "address": {"country_code": "DE"},
        }
    return body


def capture_json(capture: Capture, order: Order, *, whole: bool = False) -> Json:
    """A capture; alone (`whole`) it says which order it belongs to."""
    body: Json = {
        "id": capture.id,
        "status": capture.status,
        "amount": capture.amount.json(),
        "final_capture": True,
        "disbursement_mode": "INSTANT",
        "seller_protection": {"status": "NOT_ELIGIBLE"},
        "links": [
            _link(f"/v2/payments/captures/{capture.id}", "self", "GET"),
            _link(f"/v2/payments/captures/{capture.id}/refund", "refund", "POST"),
            _link(f"/v2/checkout/orders/{order.id}", "up", "GET"),
        ],
        "create_time": iso(capture.created),
        "update_time": iso(capture.updated),
    }
    body |= {name: value for name, value in (("custom_id", order.custom_id), ("invoice_id", order.invoice_id)) if value}
    if capture.reason is not None:
        body["status_details"] = {"reason": capture.reason}
    if whole:
        body["supplementary_data"] = {"related_ids": {"order_id": order.id}}
        body["payee"] = {"merchant_id": "PRETENDMERCHANT"}
    return body


def refund_json(refund: Refund) -> Json:
    """A refund."""
    body: Json = {
        "id": refund.id,
        "status": refund.status,
        "amount": refund.amount.json(),
        "links": [
            _link(f"/v2/payments/refunds/{refund.id}", "self", "GET"),
            _link(f"/v2/payments/captures/{refund.capture}", "up", "GET"),
        ],
        "create_time": iso(refund.created),
        "update_time": iso(refund.updated),
    }
    kept = {"custom_id": refund.custom_id, "invoice_id": refund.invoice_id, "note_to_payer": refund.note}
    body |= {name: value for name, value in kept.items() if value}
    if refund.reason is not None:
        body["status_details"] = {"reason": refund.reason}
    return body


def dispute_json(dispute: Dispute) -> Json:
    """A dispute, with its end once there is one."""
    body: Json = {
        "dispute_id": dispute.id,
        "create_time": iso(dispute.created),
        "update_time": iso(dispute.updated),
        "disputed_transactions": [{"seller_transaction_id": dispute.capture, "seller_protection_eligible": False}],
        "reason": dispute.reason,
        "status": dispute.status,
        "dispute_amount": dispute.amount.json(),
        "dispute_life_cycle_stage": "CHARGEBACK",
        "links": [_link(f"/v1/customer/disputes/{dispute.id}", "self", "GET")],
    }
    if dispute.outcome is not None:
        body["dispute_outcome"] = {"outcome_code": dispute.outcome, "amount_refunded": dispute.amount.json()}
    else:
        body["seller_response_due_date"] = iso(dispute.created + 10 * 86_400)
    return body


def event_json(event: Event) -> Json:
    """An event as webhooks bring it."""
    return {
        "id": event.id,
        "event_version": "1.0",
        "create_time": iso(event.created),
        "resource_type": event.resource_type,
        "resource_version": "2.0",
        "event_type": event.type,
        "summary": event.summary,
        "resource": event.resource,
        "links": [
            _link(f"/v1/notifications/webhooks-events/{event.id}", "self", "GET"),
            _link(f"/v1/notifications/webhooks-events/{event.id}/resend", "resend", "POST"),
        ],
    }


def approval_link(order: Order) -> dict[str, str]:
    """Where the payer agrees."""
    return {"href": order.page, "rel": "payer-action" if order.wallet else "approve", "method": "GET"}


def _amount(order: Order) -> Json:
    """The amount as it was asked for; an order without a breakdown has an empty one, as PayPal's events do."""
    asked = order.unit["amount"]
    breakdown = asked.get("breakdown") if isinstance(asked, dict) else None
    return {**order.amount.json(), "breakdown": breakdown or {}}


def _order_links(order: Order) -> list[dict[str, str]]:
    links = [_link(f"/v2/checkout/orders/{order.id}", "self", "GET")]
    if order.status in ("CREATED", "PAYER_ACTION_REQUIRED"):
        links.append(approval_link(order))
    if order.status == "APPROVED":
        links.append(_link(f"/v2/checkout/orders/{order.id}/capture", "capture", "POST"))
    return links


def _link(path: str, rel: str, method: str) -> dict[str, str]:
    return {"href": API + path, "rel": rel, "method": method}
