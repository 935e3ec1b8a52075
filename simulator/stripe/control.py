"""The control API of the pretend Stripe: set the webhook, move payments along, switch chaos on, read everything."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.stripe import disputes
from simulator.stripe.errors import StripeError, invalid
from simulator.stripe.hosted import read_buyer, read_json
from simulator.stripe.pretend import PretendStripe
from simulator.stripe.records import RefundStatus
from simulator.stripe.shapes import Json
from simulator.stripe.shapes.aftermath import event_json, refund_json
from simulator.stripe.shapes.payment import intent_json
from simulator.stripe.shapes.session import session_json

_OUTCOMES: tuple[RefundStatus, ...] = ("succeeded", "pending", "failed", "canceled")


def routes(stripe: PretendStripe) -> list[Route]:
    """Return the control routes; each takes and gives JSON, and README.md lists them."""
    control = Control(stripe)
    posts: dict[str, Callable[[Json], Awaitable[Json]]] = {
        "webhook": control.webhook,
        "chaos": control.chaos,
        "calm": control.calm,
        "pay": control.pay,
        "authenticate": control.authenticate,
        "settle": control.settle,
        "expire": control.expire,
        "refunds": control.refunds,
        "disputes": control.disputes,
        "deliver": control.deliver,
        "resend": control.resend,
    }
    return [
        *(Route(f"/control/{name}", _posted(act), methods=["POST"]) for name, act in posts.items()),
        Route("/control/state", control.state, methods=["GET"]),
    ]


class Control:
    """One method for each thing a test or a demo does from outside."""

    def __init__(self, stripe: PretendStripe) -> None:
        self.stripe = stripe

    async def webhook(self, body: Json) -> Json:
        """`{url, secret?, events?}`: send webhooks there; answers with the signing secret."""
        events = body.get("events")
        wanted = tuple(str(name) for name in events) if isinstance(events, list) else ("*",)
        secret = _text(body, "secret")
        endpoint = self.stripe.register_webhook(_need(body, "url"), secret or None, wanted)
        return {"id": endpoint.id, "url": endpoint.url, "secret": endpoint.secret}

    async def chaos(self, body: Json) -> Json:
        """`{fault, times?, path?, method?, type?, seconds?}`: switch a fault on."""
        try:
            self.stripe.switch_on(_need(body, "fault"), **{key: body[key] for key in body if key != "fault"})
        except (TypeError, ValueError) as mistake:
            raise invalid(str(mistake)) from mistake
        return {"on": [fault.fault for fault in self.stripe.account.chaos.faults]}

    async def calm(self, _: Json) -> Json:
        """`{}`: switch every fault off and let hanging answers go."""
        self.stripe.account.chaos.clear()
        return {"on": []}

    async def pay(self, body: Json) -> Json:
        """`{session, card?, email?, name?, address?, rate?}`: press Pay on the hosted page."""
        session_id = _need(body, "session")
        return session_json(self.stripe.pay(session_id, _text(body, "card") or "pays", read_buyer(body)))

    async def authenticate(self, body: Json) -> Json:
        """`{session, passed}`: finish the second step."""
        return session_json(self.stripe.authenticate(_need(body, "session"), passed=body.get("passed") is not False))

    async def settle(self, body: Json) -> Json:
        """`{session, succeeded}`: let the bank answer about a debit."""
        return session_json(self.stripe.settle(_need(body, "session"), succeeded=body.get("succeeded") is not False))

    async def expire(self, body: Json) -> Json:
        """`{session}`: close a session early."""
        return session_json(self.stripe.expire(_need(body, "session")))

    async def refunds(self, body: Json) -> Json:
        """`{outcome}` decides the next refund; `{refund, status}` moves one that exists."""
        if "refund" in body:
            return refund_json(self.stripe.move_refund(_need(body, "refund"), _outcome(body, "status")))
        self.stripe.next_refund(_outcome(body, "outcome"))
        return {"next": list(self.stripe.account.refund_outcomes)}

    async def disputes(self, body: Json) -> Json:
        """`{payment, reason?}` opens a dispute; `{dispute, won}` decides one."""
        if "dispute" in body:
            dispute = self.stripe.close_dispute(_need(body, "dispute"), won=body.get("won") is True)
        else:
            dispute = self.stripe.dispute(_need(body, "payment"), _text(body, "reason") or "fraudulent")
        return disputes.full_json(self.stripe.account, dispute)

    async def deliver(self, _: Json) -> Json:
        """`{}`: send every webhook that is due now."""
        return {"sent": await self.stripe.deliver_pending()}

    async def resend(self, body: Json) -> Json:
        """`{event}`: send an event again, as the dashboard can."""
        return {"endpoints": self.stripe.account.deliveries.send_again(_need(body, "event"))}

    async def state(self, _: Request) -> Response:
        """Everything: sessions, intents, refunds, disputes, events, deliveries and API calls, oldest first."""
        account = self.stripe.account
        sent = account.deliveries
        return JSONResponse(
            {
                "sessions": [session_json(session) for session in account.sessions.values()],
                "payment_intents": [intent_json(intent) for intent in account.intents.values()],
                "refunds": [refund_json(refund) for refund in account.refunds.values()],
                "disputes": [disputes.full_json(account, dispute) for dispute in account.disputes.values()],
                "events": [event_json(event, sent.waiting(event.id)) for event in account.events.values()],
                "deliveries": [
                    {
                        "event": delivery.event.id,
                        "type": delivery.event.type,
                        "url": delivery.endpoint.url,
                        "state": delivery.state,
                        "answers": delivery.answers,
                    }
                    for delivery in sent.log
                ],
                "calls": [
                    {"method": method, "path": path, "status": status} for method, path, status in self.stripe.api.calls
                ],
            }
        )


def _posted(act: Callable[[Json], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        try:
            return JSONResponse(await act(await read_json(request)))
        except StripeError as refusal:
            return JSONResponse(refusal.body(), refusal.status)

    return handle


def _text(body: Json, key: str) -> str:
    return str(body.get(key) or "")


def _need(body: Json, key: str) -> str:
    value = _text(body, key)
    if not value:
        raise invalid(f"Missing required param: {key}.", key, "parameter_missing")
    return value


def _outcome(body: Json, key: str) -> RefundStatus:
    for outcome in _OUTCOMES:
        if outcome == body.get(key):
            return outcome
    raise invalid(f"{key} must be one of {', '.join(_OUTCOMES)}", key)
