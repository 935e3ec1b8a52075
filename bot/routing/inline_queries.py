"""What people look for in other chats: answered at once or not at all, and nobody is written down for having asked."""

import structlog
from msgspec import Struct
from telegram.error import TelegramError

from bot.intake.reading import Incoming
from bot.routing.incidents import Incidents
from bot.routing.router import Router
from bot.routing.said import InlineAsked
from bot.routing.visit import House
from bot.sending.api import Caller
from bot.sending.inline import Cards, answer_data
from bot.words import words_for
from db.session import is_away

KEPT = 10  # seconds that Telegram may give the same answer: what is not for sale any more is offered no longer

log = structlog.get_logger()


class InlineQueries(Struct, frozen=True, kw_only=True):
    """Handles one inline query; lets no error out. A phone asks with every letter: what fails is not brought again."""

    house: House
    router: Router
    bot: Caller
    incidents: Incidents

    async def handle(self, incoming: Incoming, asked: InlineAsked) -> str:
        """Answer it; how it ended, for the figures."""
        policy = self.house.settings.policy
        words = words_for(incoming.person.language, policy.timezone)
        outcome, offered = "done", Cards(())
        try:
            offered = await self.router.inlines[""].handle(self.house, words, asked)
        except Exception as error:  # noqa: BLE001  an empty list is better than one that never ends
            outcome = "failed"
            if not is_away(error):
                await self.incidents.report(error, doing="answering an inline query", update_id=incoming.update_id)
        try:
            await self.bot.call("answerInlineQuery", answer_data(asked.query_id, offered, seconds=KEPT))
        except TelegramError as error:
            log.info("inline_query_not_answered", error=str(error))  # too late, most often: they wrote on
        return outcome
