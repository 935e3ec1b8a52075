"""The hosted payment page: one HTML page, its data as JSON, and the buttons a buyer presses on it."""

import json
import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.stripe import lifecycle
from simulator.stripe.cards import METHODS
from simulator.stripe.errors import StripeError, invalid
from simulator.stripe.money import exponent
from simulator.stripe.paying import Buyer
from simulator.stripe.pretend import PretendStripe
from simulator.stripe.records import Session, Shipping
from simulator.stripe.shapes import Json

_STATIC = Path(__file__).with_name("static")
_ADDRESS = ("line1", "line2", "city", "postal_code", "state", "country")


def routes(stripe: PretendStripe) -> list[Route | Mount]:
    """Return the page and what it calls."""
    page = Hosted(stripe)
    return [
        Route("/pay/{id}", page.show, methods=["GET"]),
        Route("/pay/{id}/data", page.data, methods=["GET"]),
        Route("/pay/{id}/confirm", page.confirm, methods=["POST"]),
        Route("/pay/{id}/authenticate", page.authenticate, methods=["POST"]),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]


class Hosted:
    """The page of every session."""

    def __init__(self, stripe: PretendStripe) -> None:
        self.stripe = stripe

    async def show(self, _: Request) -> Response:
        """The page itself is the same for all sessions."""
        return FileResponse(_STATIC / "pay.html", media_type="text/html")

    async def data(self, request: Request) -> Response:
        """What the page shows."""
        lifecycle.sweep(self.stripe.account)
        try:
            session = self.stripe.account.session(request.path_params["id"])
        except StripeError as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        return JSONResponse(_page_data(session))

    async def confirm(self, request: Request) -> Response:
        """The Pay button."""
        identifier = request.path_params["id"]
        try:
            body = await read_json(request)
            session = self.stripe.pay(identifier, str(body.get("card") or ""), read_buyer(body))
        except StripeError as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        return JSONResponse({"status": self._status(session), "redirect": _after(session)})

    async def authenticate(self, request: Request) -> Response:
        """The buttons of the second step."""
        try:
            body = await read_json(request)
            session = self.stripe.authenticate(request.path_params["id"], passed=body.get("passed") is True)
        except StripeError as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        return JSONResponse({"status": self._status(session), "redirect": _after(session)})

    def _status(self, session: Session) -> str:
        if session.status == "complete":
            return "paid" if session.payment_status == "paid" else "processing"
        return self.stripe.account.intent(session.payment_intent or "").status


async def read_json(request: Request) -> Json:
    """Read a JSON object; raises StripeError for anything else."""
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as mistake:
        raise invalid("The body is not JSON.") from mistake
    if not isinstance(body, dict):
        raise invalid("The body must be a JSON object.")
    return body


def read_buyer(body: Json) -> Buyer:
    """Read what a buyer filled in: `email`, `name`, `address` (with Stripe's field names) and `rate`."""
    address, rate = body.get("address"), body.get("rate", 0)
    name = str(body.get("name") or "Ann Example")
    shipping = None
    if isinstance(address, dict):
        shipping = Shipping(name, {key: str(address[key]) if address.get(key) else None for key in _ADDRESS})
    return Buyer(
        email=str(body.get("email") or "ann@example.com"),
        name=name,
        shipping=shipping,
        rate=rate if isinstance(rate, int) else -1,
        phone=re.sub(r"[\s()./-]", "", str(body.get("phone") or "")),
    )


def _after(session: Session) -> str:
    return session.success_url.replace("{CHECKOUT_SESSION_ID}", session.id)


def _page_data(session: Session) -> Json:
    return {
        "status": session.status,
        "payment_status": session.payment_status,
        "currency": session.currency,
        "exponent": exponent(session.currency),
        "subtotal": session.subtotal,
        "lines": [
            {
                "name": line.name,
                "description": line.description,
                "image": line.images[0] if line.images else None,
                "quantity": line.quantity,
                "unit_amount": line.unit_amount,
                "amount": line.amount,
            }
            for line in session.lines
        ],
        "email": session.customer_email,
        "phone": session.phone,
        "countries": session.countries,
        "rates": [{"name": rate.name, "amount": rate.amount, "estimate": rate.estimate} for rate in session.rates],
        "success_url": _after(session),
        "cancel_url": session.cancel_url,
        "expires_at": session.expires_at,
        "methods": [
            {"key": method.key, "number": method.number, "label": method.label, "kind": method.kind}
            for method in METHODS
            if method.kind in session.method_kinds
        ],
    }
