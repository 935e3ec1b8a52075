"""The control API of the pretend PayPal: set the webhook, move payments along, switch chaos on, read everything."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.paypal import orders
from simulator.paypal.errors import PayPalError, invalid, missing
from simulator.paypal.hosted import read_json
from simulator.paypal.pretend import PretendPayPal
from simulator.paypal.records import Json, RefundStatus
from simulator.paypal.shapes import capture_json, dispute_json, event_json, refund_json

_STATUSES: tuple[RefundStatus, ...] = ("COMPLETED", "PENDING", "FAILED", "CANCELLED")


def routes(paypal: PretendPayPal) -> list[Route]:
    """Return the control routes; each takes and gives JSON, and README.md lists them."""
    control = Control(paypal)
    acts = [
        *(control.webhook, control.chaos, control.calm, control.approve, control.settle),
        *(control.refunds, control.disputes, control.deliver, control.resend, control.tokens),
    ]
    posts = [Route(f"/control/{act.__name__}", _posted(act), methods=["POST"]) for act in acts]
    return [*posts, Route("/control/state", control.state, methods=["GET"])]


class Control:
    """What can be done to the pretend PayPal from outside."""

    def __init__(self, paypal: PretendPayPal) -> None:
        self.paypal = paypal

    async def webhook(self, body: Json) -> Json:
        """`{url, id?, events?}`: where events go, and what the webhook is called."""
        events = body.get("events")
        names = tuple(str(name) for name in events) if isinstance(events, list) else ("*",)
        endpoint = self.paypal.register_webhook(_need(body, "url"), _text(body, "id") or None, names)
        return {"id": endpoint.secret, "url": endpoint.url}

    async def chaos(self, body: Json) -> Json:
        """`{fault, times?, path?, method?, type?, seconds?}`: switch a fault on."""
        try:
            self.paypal.switch_on(_need(body, "fault"), **{key: body[key] for key in body if key != "fault"})
        except (TypeError, ValueError) as mistake:
            raise invalid("/", "INVALID_PARAMETER_VALUE", str(mistake)) from mistake
        return {"on": [fault.fault for fault in self.paypal.account.chaos.faults]}

    async def calm(self, _: Json) -> Json:
        """`{}`: switch every fault off and let hanging answers go."""
        self.paypal.account.chaos.clear()
        return {"on": []}

    async def approve(self, body: Json) -> Json:
        """`{order, way?}`: agree on the page."""
        return orders.show(self.paypal.account, self.paypal.approve(_need(body, "order"), _text(body, "way") or "pays"))

    async def settle(self, body: Json) -> Json:
        """`{capture, succeeded}`: let the bank answer about a capture that is pending."""
        capture = self.paypal.settle(_need(body, "capture"), succeeded=body.get("succeeded") is not False)
        return capture_json(capture, self.paypal.account.orders[capture.order], whole=True)

    async def refunds(self, body: Json) -> Json:
        """`{outcome}` decides the next refund; `{refund, status}` moves one; `{capture}` makes one by hand."""
        if "refund" in body:
            return refund_json(self.paypal.move_refund(_need(body, "refund"), _status(body)))
        if "capture" in body:
            return refund_json(self.paypal.refund_elsewhere(_need(body, "capture")))
        self.paypal.next_refund(_need(body, "outcome"))
        return {"next": list(self.paypal.account.refund_outcomes)}

    async def disputes(self, body: Json) -> Json:
        """`{capture, reason?}` opens a dispute; `{dispute, won}` decides one."""
        if "dispute" in body:
            return dispute_json(self.paypal.close_dispute(_need(body, "dispute"), won=body.get("won") is True))
        reason = _text(body, "reason") or "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"
        return dispute_json(self.paypal.dispute(_need(body, "capture"), reason))

    async def deliver(self, _: Json) -> Json:
        """`{}`: send every webhook that is due now."""
        return {"sent": await self.paypal.deliver_pending()}

    async def resend(self, body: Json) -> Json:
        """`{event}`: send an event again, as the dashboard can."""
        return {"endpoints": self.paypal.account.deliveries.send_again(_need(body, "event"))}

    async def tokens(self, body: Json) -> Json:
        """`{lifetime?}`: end every token now; new ones live so many seconds."""
        self.paypal.api.tokens.end_all()
        lifetime = body.get("lifetime")
        if isinstance(lifetime, int):
            self.paypal.api.tokens.lifetime = lifetime
        return {"lifetime": self.paypal.api.tokens.lifetime}

    async def state(self, _: Request) -> Response:
        """Everything: orders, refunds, disputes, events, deliveries and API calls, oldest first."""
        account, api = self.paypal.account, self.paypal.api
        sent = account.deliveries.log
        return JSONResponse(
            {
                "orders": [orders.show(account, order) for order in account.orders.values()],
                "refunds": [refund_json(refund) for refund in account.refunds.values()],
                "disputes": [dispute_json(dispute) for dispute in account.disputes.values()],
                "events": [event_json(event) for event in account.events.values()],
                "deliveries": [
                    {"event": one.event.id, "type": one.event.type, "state": one.state, "answers": one.answers}
                    for one in sent
                ],
                "calls": [{"method": method, "path": path, "status": status} for method, path, status in api.calls],
            }
        )


def _posted(act: Callable[[Json], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        try:
            return JSONResponse(await act(await read_json(request)))
        except PayPalError as refusal:
            return JSONResponse(refusal.body(), refusal.status)

    return handle


def _text(body: Json, key: str) -> str:
    return str(body.get(key) or "")


def _need(body: Json, key: str) -> str:
    value = _text(body, key)
    if not value:
        raise missing(f"/{key}")
    return value


def _status(body: Json) -> RefundStatus:
    for status in _STATUSES:
        if status == body.get("status"):
            return status
    raise invalid("/status", "INVALID_PARAMETER_VALUE", f"One of {', '.join(_STATUSES)}.", body.get("status"))
