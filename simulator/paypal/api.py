"""Answer one API request: who asks, chaos, the request id, the endpoint."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.chaos import Fault
from simulator.paypal import orders
from simulator.paypal.account import Account
from simulator.paypal.endpoints import ENDPOINTS, Call, Endpoint
from simulator.paypal.errors import PayPalError, invalid, new_debug_id, not_found, server_error
from simulator.paypal.request_ids import RequestIds, in_progress
from simulator.paypal.tokens import NotKnown, Tokens

Handler = Callable[[Request], Awaitable[Response]]


class Api:
    """The REST endpoints over one account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.tokens = Tokens(account.clock)
        self.request_ids = RequestIds(account.clock)
        self.calls: list[tuple[str, str, int]] = []

    def routes(self) -> list[Route]:
        """Return a route for each endpoint, and one that refuses every other."""
        known = [Route(one.path, self._handler(one), methods=[one.method]) for one in ENDPOINTS]
        return [
            Route("/v1/oauth2/token", self._token, methods=["POST"]),
            Route("/v1/notifications/certs/{name}", self._certificate, methods=["GET"]),
            *known,
            Route("/v1/{rest:path}", self._unknown, methods=["GET", "POST", "PATCH", "DELETE"]),
            Route("/v2/{rest:path}", self._unknown, methods=["GET", "POST", "PATCH", "DELETE"]),
        ]

    async def _token(self, request: Request) -> Response:
        fault = self.account.chaos.for_request("POST", "/v1/oauth2/token")
        try:
            _fail_early(fault)
            if b"grant_type=client_credentials" not in await request.body():
                return JSONResponse({"error": "unsupported_grant_type", "error_description": "unsupported grant"}, 400)
            return JSONResponse(self.tokens.buy(request.headers.get("Authorization", "")))
        except NotKnown as nobody:
            return JSONResponse(nobody.body, 401)
        except PayPalError as refusal:
            return _respond(refusal.status, refusal.body())

    async def _certificate(self, _: Request) -> Response:
        return Response(self.account.notary.certificate, media_type="application/x-pem-file")

    async def _unknown(self, _: Request) -> Response:
        return _respond(404, not_found().body())

    def _handler(self, endpoint: Endpoint) -> Handler:
        async def handle(request: Request) -> Response:
            return await self._answer(request, endpoint)

        return handle

    async def _answer(self, request: Request, endpoint: Endpoint) -> Response:
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        body = await request.body()
        fault = self.account.chaos.for_request(request.method, path)
        try:
            self.tokens.check(request.headers.get("Authorization", ""))
            _fail_early(fault)
            if fault is not None and fault.fault == "hang_before_commit":
                await _hang(self.account.chaos.released, fault.seconds)
            status, answer = self._run(endpoint, request, path, body)
            if fault is not None and fault.fault == "fail_after_commit":
                raise server_error()
        except NotKnown as nobody:
            status, answer = 401, dict[str, object](nobody.body)
        except PayPalError as refusal:
            status, answer = refusal.status, refusal.body()
        if fault is not None and fault.fault == "hang_after_commit":
            await _hang(self.account.chaos.released, fault.seconds)
        self.calls.append((request.method, path, status))
        return _respond(status, answer)

    def _run(self, endpoint: Endpoint, request: Request, path: str, body: bytes) -> tuple[int, dict[str, object]]:
        """Run the endpoint without an await, so that nothing else happens in between."""
        orders.sweep(self.account)
        request_id = request.headers.get("PayPal-Request-Id") if endpoint.makes else None
        root = f"{request.url.scheme}://{request.headers.get('Host', 'localhost')}{request.scope.get('root_path', '')}"
        minimal = "return=representation" not in request.headers.get("Prefer", "") and endpoint.makes
        call = Call(self.account, request.path_params.get("id", ""), root, dict(request.query_params), minimal=minimal)
        made = self.request_ids.seen(path, request_id, body) if request_id is not None else None
        if made is not None:
            call.made = made
            return 200, endpoint.show(call)
        call.body = _json(body)
        call.made = endpoint.run(call)
        if request_id is not None:
            self.request_ids.keep(path, request_id, body, call.made)
        return endpoint.status, endpoint.show(call)


def _json(body: bytes) -> object:
    try:
        return json.loads(body or b"{}")
    except ValueError as mistake:
        raise invalid("/", "MALFORMED_REQUEST_JSON", "The request JSON is not well formed.") from mistake


def _fail_early(fault: Fault | None) -> None:
    match fault.fault if fault else "":
        case "fail_before":
            raise server_error()
        case "conflict":
            raise in_progress()
        case "rate_limit":
            raise PayPalError("RATE_LIMIT_REACHED", status=429)


async def _hang(released: asyncio.Event, seconds: float) -> None:
    """Say nothing until the switch is cleared or the time is over: real seconds, as a client's timeout counts them."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await released.wait()


def _respond(status: int, body: dict[str, object]) -> Response:
    return JSONResponse(body, status, headers={"Paypal-Debug-Id": new_debug_id()})
