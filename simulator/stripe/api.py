"""Answer one API request: who asks, chaos, idempotency, the endpoint, the headers."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.chaos import Fault
from simulator.stripe import lifecycle
from simulator.stripe.account import Account
from simulator.stripe.endpoints import ENDPOINTS, Call, Endpoint
from simulator.stripe.errors import StripeError, server_error
from simulator.stripe.expand import expand
from simulator.stripe.forms import Params, parse
from simulator.stripe.idempotency import Answer, Keys, in_progress
from simulator.stripe.ids import new_id
from simulator.stripe.names import check
from simulator.stripe.shapes.aftermath import API_VERSION

Pairs = tuple[tuple[str, str], ...]
Handler = Callable[[Request], Awaitable[Response]]


class Api:
    """The `/v1` endpoints over one account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.keys = Keys(account.clock)
        self.calls: list[tuple[str, str, int]] = []

    def routes(self) -> list[Route]:
        """Return a route for each path, and one that refuses every other."""
        by_path: dict[str, dict[str, Endpoint]] = {}
        for endpoint in ENDPOINTS:
            by_path.setdefault(endpoint.path, {})[endpoint.method] = endpoint
        known = [Route(path, self._handler(rows), methods=list(rows)) for path, rows in by_path.items()]
        return [*known, Route("/v1/{rest:path}", self._unknown, methods=["GET", "POST", "DELETE"])]

    def _handler(self, rows: dict[str, Endpoint]) -> Handler:
        async def handle(request: Request) -> Response:
            return await self._answer(request, rows["GET" if request.method == "HEAD" else request.method])

        return handle

    async def _unknown(self, request: Request) -> Response:
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        refusal = StripeError(f"Unrecognized request URL ({request.method}: {path}).", status=404)
        return _respond(Answer(404, refusal.body(), new_id("req_")), {})

    async def _answer(self, request: Request, endpoint: Endpoint) -> Response:
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        query = request.url.query if request.method == "GET" else (await request.body()).decode()
        pairs: Pairs = tuple(parse_qsl(query, keep_blank_values=True))
        key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
        fault = self.account.chaos.for_request(request.method, path)
        headers = {"Idempotency-Key": key} if key else {}
        try:
            _authenticate(request)
            _fail_early(fault, key)
            kept = self.keys.begin(key, path, pairs) if key else None
            if kept is not None:
                headers |= {"Idempotent-Replayed": "true", "Original-Request": kept.request_id}
                answer = Answer(kept.status, kept.body, new_id("req_"))
            else:
                if fault is not None and fault.fault == "hang_before_commit":
                    await _hang(self.account.chaos.released, fault.seconds)
                answer = self._run(endpoint, request, pairs, key, fault)
        except StripeError as refusal:
            answer = Answer(refusal.status, refusal.body(), new_id("req_"))
        if fault is not None and fault.fault == "hang_after_commit":
            await _hang(self.account.chaos.released, fault.seconds)
        self.calls.append((request.method, path, answer.status))
        return _respond(answer, headers)

    def _run(self, endpoint: Endpoint, request: Request, pairs: Pairs, key: str | None, fault: Fault | None) -> Answer:
        """Run the endpoint without an await, so that nothing else happens in between."""
        account = self.account
        account.request_id, account.request_key = new_id("req_"), key
        try:
            lifecycle.sweep(account)
            tree = parse(pairs)
            check(tree, endpoint.names)
            params = Params(tree)
            call = Call(account, params, request.path_params.get("id", ""), _pages(request))
            body = expand(account, endpoint.run(call), params.texts("expand"))
            if fault is not None and fault.fault == "fail_after_commit":
                raise server_error()
            answer = Answer(200, body, account.request_id)
        except StripeError as refusal:
            answer = Answer(refusal.status, refusal.body(), account.request_id)
            if key is not None and not refusal.kept:
                self.keys.forget(key)
                return answer
        finally:
            account.request_id = account.request_key = None
        if key is not None:
            self.keys.keep(key, answer)
        return answer


def _authenticate(request: Request) -> None:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        secret = base64.b64decode(secret).decode().partition(":")[0]
    if not secret:
        raise StripeError(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=401,
            kept=False,
        )
    if not secret.startswith(("sk_test_", "rk_test_")):
        raise StripeError(f"Invalid API Key provided: {secret[:3]}****", status=401, kept=False)


def _fail_early(fault: Fault | None, key: str | None) -> None:
    match fault.fault if fault else "":
        case "fail_before":
            raise server_error()
        case "conflict":
            raise in_progress(key or "none")
        case "rate_limit":
            raise StripeError(
                "Request rate limit exceeded. Learn more about rate limits at https://stripe.com/docs/rate-limits.",
                status=429,
                code="rate_limit",
            )


async def _hang(released: asyncio.Event, seconds: float) -> None:
    """Say nothing until the switch is cleared or the time is over: real seconds, as a client's timeout counts them."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await released.wait()


def _pages(request: Request) -> str:
    host = request.headers.get("Host", "localhost")
    return f"{request.url.scheme}://{host}{request.scope.get('root_path', '')}"


def _respond(answer: Answer, headers: dict[str, str]) -> Response:
    fixed = {"Request-Id": answer.request_id, "Stripe-Version": API_VERSION}
    return JSONResponse(answer.body, answer.status, headers=fixed | headers)
