"""The questions Telegram asks before it takes money: answered within three seconds, with a sentence when it is a no."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from telegram.error import BadRequest, TelegramError

from bot.routing.incidents import Incidents
from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.said import PreCheckout, ShippingAsked
from bot.routing.visit import Visit
from bot.sending.api import Caller
from bot.sending.cutting import TOAST, fit_plain
from bot.sending.markup import as_json
from db.session import retrying
from shop.refusals import Refusal

DEADLINE = 3.0  # seconds; Telegram gives up after ten and there is no second try

log = structlog.get_logger()


class PaymentQueries:
    """Runs the gate and the shipping question, and answers for them whatever happens inside."""

    def __init__(self, bot: Caller, router: Router, incidents: Incidents, deadline: float = DEADLINE) -> None:
        """A handler has `deadline` seconds."""
        self._bot = bot
        self._deadline = deadline
        self._router = router
        self._incidents = incidents

    async def pre_checkout(self, visit: Visit, asked: PreCheckout) -> None:
        """Agree that Telegram takes the money, or decline in the customer's words."""
        gate = self._router.pre_checkouts[""]
        no = await self._ask(visit, asked.payload, lambda: gate.handle(visit, asked))
        await self._answer("answerPreCheckoutQuery", "pre_checkout_query_id", asked.query_id, no, {})

    async def shipping(self, visit: Visit, asked: ShippingAsked) -> None:
        """Offer the ways to send the goods to the address, or say that there is none."""
        question = self._router.shippings[""]
        options: list[dict[str, object]] = []

        async def ask() -> None:
            options.clear()
            options.extend(
                {"id": way.id, "title": way.title, "prices": [{"label": way.title, "amount": way.amount}]}
                for way in await question.handle(visit, asked)
            )

        no = await self._ask(visit, asked.payload, ask)
        if no is None and not options:
            no = visit.words.plain("We do not deliver there.")
        more = {} if no else {"shipping_options": as_json(options)}
        await self._answer("answerShippingQuery", "shipping_query_id", asked.query_id, no, more)

    async def decline(self, asked: PreCheckout | ShippingAsked, no: str) -> None:
        """Say no without asking anybody: nothing is charged."""
        if isinstance(asked, PreCheckout):
            await self._answer("answerPreCheckoutQuery", "pre_checkout_query_id", asked.query_id, no, {})
        else:
            await self._answer("answerShippingQuery", "shipping_query_id", asked.query_id, no, {})

    async def _ask(self, visit: Visit, payload: str, work: Callable[[], Awaitable[None]]) -> str | None:
        """Run the handler; None when it agreed, else the sentence for the customer."""
        try:
            async with asyncio.timeout(self._deadline):
                await retrying(work)
        except Refusal as refusal:
            log.info("payment_declined", code=refusal.code, payload=payload)
            return say(visit.words, refusal)
        except Exception as error:  # noqa: BLE001  a silent query costs the customer the payment and us the reason
            number = await self._incidents.report(error, doing="before a payment", payload=payload)
            return visit.words.plain(
                "Something went wrong on our side, and nothing was charged. Please try again. Code {code}.", code=number
            )
        return None

    async def _answer(self, method: str, name: str, query_id: str, no: str | None, more: Mapping[str, object]) -> None:
        data = {name: query_id, "ok": no is None, **more}
        if no is not None:
            data["error_message"] = fit_plain(no, TOAST)
        for attempt in (1, 2):
            try:
                await self._bot.call(method, data)
            except BadRequest as error:
                log.warning("payment_query_refused", method=method, error=str(error))  # too late, most likely
                return
            except TelegramError as error:
                log.warning("payment_query_not_answered", method=method, error=str(error), attempt=attempt)
            else:
                return
