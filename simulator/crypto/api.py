"""The methods of the pretend Crypto Pay, and the control API beside them."""

import json
import re
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.crypto.invoices import CryptoError, Invoice, Json, read
from simulator.crypto.pretend import PretendCrypto

_TOKEN = re.compile(r"\d+:[\w-]+")
_STATUSES = ("active", "paid", "expired")


def routes(crypto: PretendCrypto) -> list[Route]:
    """Return the routes of `/api/…` and `/control/…`."""
    api = Api(crypto)
    return [
        Route("/api/{method}", api.answer, methods=["GET", "POST"]),
        Route("/control/state", api.state, methods=["GET"]),
        Route("/control/{act}", api.control, methods=["POST"]),
    ]


class Api:
    """Answers for one app."""

    def __init__(self, crypto: PretendCrypto) -> None:
        self.crypto = crypto

    async def answer(self, request: Request) -> Response:
        """One method of the API."""
        name = request.path_params["method"]
        fault = self.crypto.chaos.for_request("POST", f"/api/{name}")
        try:
            if not _TOKEN.fullmatch(request.headers.get("Crypto-Pay-API-Token", "")):
                raise CryptoError("UNAUTHORIZED", 401)  # noqa: TRY301  the same
            _stumble(fault.fault if fault else "", "fail_before")
            raw = await request.body()
            body: Json = {**request.query_params, **(json.loads(raw) if raw else {})}
            root = f"{request.url.scheme}://{request.headers['Host']}{request.scope.get('root_path', '')}"
            result = self._run(name, body, root)
            _stumble(fault.fault if fault else "", "fail_after_commit")
        except CryptoError as refusal:
            self.crypto.calls.append((name, refusal.code))
            return JSONResponse({"ok": False, "error": {"code": refusal.code, "name": refusal.name}}, refusal.code)
        self.crypto.calls.append((name, 200))
        return JSONResponse({"ok": True, "result": result})

    def _run(self, name: str, body: Json, root: str) -> object:
        crypto = self.crypto
        crypto.sweep()
        methods: dict[str, Callable[[], object]] = {
            "getMe": lambda: {"app_id": 1, "name": "Pretend", "payment_processing_bot_username": "CryptoTestnetBot"},
            "createInvoice": lambda: self._create(body, root).json(),
            "getInvoices": lambda: {"items": [invoice.json() for invoice in self._list(body)]},
            "deleteInvoice": lambda: self._delete(body),
        }
        if name not in methods:
            raise CryptoError("METHOD_NOT_FOUND", 405)
        return methods[name]()

    def _create(self, body: Json, root: str) -> Invoice:
        invoice = read(body, number=self.crypto.made + 1, now=self.crypto.clock.now(), pages=root)
        self.crypto.made += 1
        self.crypto.invoices[invoice.id] = invoice
        return invoice

    def _delete(self, body: Json) -> bool:
        self.crypto.delete(_number(body, "invoice_id"))
        return True

    def _list(self, body: Json) -> list[Invoice]:
        """Newest first, as far as asked for."""
        found = list(reversed(self.crypto.invoices.values()))
        if "invoice_ids" in body:
            wanted = {int(one) for one in str(body["invoice_ids"]).split(",") if one.isdigit()}
            found = [invoice for invoice in found if invoice.id in wanted]
        if "status" in body:
            if body["status"] not in _STATUSES:
                raise CryptoError("STATUS_INVALID")
            found = [invoice for invoice in found if invoice.status == body["status"]]
        begin, count = _number(body, "offset", 0), _number(body, "count", 100)
        if not 1 <= count <= 1000:
            raise CryptoError("COUNT_INVALID")
        return found[begin : begin + count]

    async def state(self, _: Request) -> Response:
        """Every invoice, delivery and call, oldest first."""
        log = self.crypto.deliveries.log
        sent = [{"event": one.event.id, "state": one.state, "answers": one.answers} for one in log]
        invoices = [invoice.json() for invoice in self.crypto.invoices.values()]
        return JSONResponse({"invoices": invoices, "deliveries": sent, "calls": self.crypto.calls})

    async def control(self, request: Request) -> Response:
        """`webhook {url, token}`, `pay {invoice, asset}`, `chaos {fault, …}`, `calm {}`."""
        body = json.loads(await request.body() or b"{}")
        try:
            match request.path_params["act"]:
                case "webhook":
                    self.crypto.register_webhook(str(body["url"]), str(body["token"]))
                case "pay":
                    self.crypto.pay(int(body["invoice"]), str(body.get("asset") or "USDT"))
                case "chaos":
                    self.crypto.switch_on(body.pop("fault"), **body)
                case "calm":
                    self.crypto.chaos.clear()
                case _:
                    raise CryptoError("METHOD_NOT_FOUND", 404)  # noqa: TRY301  a refusal like any other
        except CryptoError as refusal:
            return JSONResponse({"error": refusal.name}, refusal.code)
        return JSONResponse({"ok": True})


def _stumble(fault: str, where: str) -> None:
    if fault == "rate_limit" and where == "fail_before":
        raise CryptoError("TOO_MANY_REQUESTS", 429)
    if fault == where:
        raise CryptoError("INTERNAL_ERROR", 500)


def _number(body: Json, name: str, default: int | None = None) -> int:
    value = str(body.get(name, "" if default is None else default))
    if not value.isdigit():
        raise CryptoError(f"{name.upper()}_INVALID")
    return int(value)
