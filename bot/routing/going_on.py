"""Goes on with long lists of products, and shows their sender how far they are in the message that they tapped."""

import structlog
from telegram.error import TelegramError

from bot.intake.reading import Shown
from bot.routing.permitted import permitted
from bot.routing.router import Router
from bot.routing.visit import House
from bot.sending.limits import FloodLimit
from bot.sending.reply import Screen
from bot.sending.sender import Sender
from db.models import ImportRun, Notification, User
from shop.importing import LARGEST, TAKEN, going_on
from shop.people.permissions import employment_of

log = structlog.get_logger()


class GoingOn:
    """One list after another; the edits are a courtesy, what became of a list is told by a message of its own."""

    def __init__(self, house: House, router: Router, sender: Sender, limit: FloodLimit) -> None:
        self._house, self._router, self._sender, self._limit = house, router, sender, limit

    async def run(self) -> bool:
        """Bring the oldest list that nobody is at to its end; whether there was one."""
        house = self._house
        return await going_on.run(house.db, self._read, self._tell, house.clock, house.settings.policy)

    async def _read(self, file_id: str) -> bytes:
        return await self._house.files.read(file_id, most=LARGEST)

    async def _tell(self, run_id: int) -> None:
        async with self._house.db.read() as session:
            run = await session.get_one(ImportRun, run_id)
            person = await session.get(User, run.user_id) if run.user_id is not None else None
        if person is None or person.telegram_id is None or run.message_id is None or run.bot_id != self._house.bot_id:
            return
        employment = await employment_of(self._house.db, person.id)
        visit = self._house.visit(person, person.telegram_id, employment=employment)
        told = Notification(kind=TAKEN, data={"run_id": run_id}, user_id=person.id)
        screen = permitted(self._router, visit, await self._router.notices[TAKEN].handle(visit, told))
        if not isinstance(screen, Screen):
            return
        try:
            async with self._limit.turn(visit.telegram_id):
                await self._sender.edit(visit.telegram_id, screen, Shown(run.message_id, "text"))
        except TelegramError as error:
            log.info("list_not_shown", run_id=run_id, error=str(error))
