"""While the database is away: people hear a sentence instead of nothing, operators hear of it once, and work waits."""

import time
from collections.abc import Callable

import structlog

from bot.intake.reading import Incoming, Tap
from bot.routing.incidents import Incidents
from bot.routing.payment_queries import PaymentQueries
from bot.routing.said import PreCheckout, Said, ShippingAsked
from bot.sending.reply import Reply, Screen, Silence, Toast
from bot.words import Words
from db.errors import is_full

QUIET = 60.0  # seconds between two sentences to the same person: Telegram repeats what failed
ROOM = 10_000  # people

ADVICE = {
    True: "free some room on the disk of the database: the shop goes on by itself",
    False: "bring the database back: the shop goes on by itself",
}

log = structlog.get_logger()


class Outage:
    """Answers for updates that could not be served because the database cannot be reached, or its disk is full."""

    def __init__(
        self, queries: PaymentQueries, incidents: Incidents, *, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._queries = queries
        self._incidents = incidents
        self._seconds = seconds
        self._told: dict[int, float] = {}

    async def answer(self, error: BaseException, incoming: Incoming, words: Words) -> Reply:
        """What the person sees. A question before a payment is answered with no: nothing is charged."""
        full = is_full(error)
        event = "disk_full" if full else "database_away"
        log.error(event, error=type(error).__name__, update_id=incoming.update_id, advice=ADVICE[full])
        await self._incidents.tell_once(event, ADVICE[full])
        sorry = words.plain("The shop cannot be reached for a moment. Please try again soon.")
        if isinstance(incoming.what, PreCheckout | ShippingAsked):
            await self._queries.decline(incoming.what, sorry)
            return Silence()
        if isinstance(incoming.what, Tap):
            return Toast(sorry, alert=True)
        if isinstance(incoming.what, Said) and self._may_tell(incoming.person.telegram_id):
            return Screen(words("The shop cannot be reached for a moment. Please try again soon."))
        return Silence()

    def _may_tell(self, person: int) -> bool:
        now = self._seconds()
        if now - self._told.get(person, float("-inf")) < QUIET:
            return False
        if len(self._told) >= ROOM:
            self._told.clear()
        self._told[person] = now
        return True
