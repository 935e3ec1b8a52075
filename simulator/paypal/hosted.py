"""The page on which a payer agrees: one HTML page, its data as JSON, and the buttons pressed on it."""

import json
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from simulator.paypal import orders
from simulator.paypal.errors import PayPalError, invalid
from simulator.paypal.pretend import PretendPayPal
from simulator.paypal.records import Json, Order
from simulator.paypal.ways import WAYS

_STATIC = Path(__file__).with_name("static")


def routes(paypal: PretendPayPal) -> list[Route | Mount]:
    """Return the page and what it calls."""
    page = Hosted(paypal)
    return [
        Route("/checkoutnow/{id}", page.show, methods=["GET"]),
        Route("/checkoutnow/{id}/data", page.data, methods=["GET"]),
        Route("/checkoutnow/{id}/approve", page.approve, methods=["POST"]),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]


class Hosted:
    """The page of every order."""

    def __init__(self, paypal: PretendPayPal) -> None:
        self.paypal = paypal

    async def show(self, _: Request) -> Response:
        """The page itself is the same for all orders."""
        return FileResponse(_STATIC / "approve.html", media_type="text/html")

    async def data(self, request: Request) -> Response:
        """What the page shows."""
        try:
            order = orders.find(self.paypal.account, request.path_params["id"])
        except PayPalError as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        return JSONResponse(self._data(order))

    async def approve(self, request: Request) -> Response:
        """The button that agrees."""
        try:
            body = await read_json(request)
            order = self.paypal.approve(request.path_params["id"], str(body.get("way") or ""))
        except PayPalError as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        return JSONResponse({"redirect": back(order.return_url, token=order.id, PayerID="QYR5Z8XDVJNXQ")})

    def _data(self, order: Order) -> Json:
        capture = self.paypal.account.captures.get(order.capture or "")
        items = order.unit.get("items")
        return {
            "status": order.status,
            "captured": capture.status if capture else None,
            "amount": order.amount.json(),
            "description": order.unit.get("description"),
            "items": items if isinstance(items, list) else [],
            "email": order.email,
            "return_url": back(order.return_url, token=order.id, PayerID="QYR5Z8XDVJNXQ"),
            "cancel_url": back(order.cancel_url, token=order.id),
            "ways": [{"key": way.key, "label": way.label, "detail": way.detail} for way in WAYS],
        }


def back(url: str, **more: str) -> str:
    """Return the merchant's address with what PayPal adds to it."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(more))))
    return urlunsplit(parts._replace(query=query)) if url else ""


async def read_json(request: Request) -> Json:
    """Read a JSON object; refuses anything else."""
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError as mistake:
        raise invalid("/", "MALFORMED_REQUEST_JSON", "The request JSON is not well formed.") from mistake
    if not isinstance(body, dict):
        raise invalid("/", "MALFORMED_REQUEST_JSON", "An object is expected here.")
    return body
