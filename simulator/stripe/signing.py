"""What a webhook of Stripe's looks like on the wire: the event as JSON, and a signature over its bytes."""

import hashlib
import hmac
import json
from collections.abc import Mapping

from simulator.delivery import Endpoint
from simulator.stripe.records import Event
from simulator.stripe.shapes.aftermath import event_json


def sign(payload: bytes, secret: str, timestamp: int) -> str:
    """Return the `Stripe-Signature` header (docs.stripe.com/webhooks#verify-manually)."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def pack(event: Event, endpoint: Endpoint, timestamp: int) -> tuple[bytes, Mapping[str, str]]:
    """Return the body of a delivery and its headers."""
    payload = json.dumps(event_json(event, 1), indent=2, ensure_ascii=False).encode()
    return payload, {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": sign(payload, endpoint.secret, timestamp),
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    }
