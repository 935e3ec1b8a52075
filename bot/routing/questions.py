"""The one rule for what is asked: whatever opens another screen closes it, or sets a form that lasts aside.

Otherwise a word meant for the search would become the reason of a refund, or what everybody reads in a review.
"""

from collections import OrderedDict
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from bot.intake.repeats import KEPT
from bot.routing.route import CLOSES, WAITS, Route
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.sending.reply import Invoice, Reply, Screen
from db.models import Dialog, User
from db.session import Database
from shop.forms import dialogs
from shop.forms.dialogs import OpenForm

PATIENCE = timedelta(minutes=15)
REMEMBERED = 4096  # people of whom it is known whether anything is asked


class Questions:
    """Knows what each person is asked, and ends it when they go elsewhere.

    Alone, it remembers: browsing then costs no statement. A form comes about by routes that declare so (`asks`,
    `within`) and by nothing else; what an undeclared one asks is never answered, and its author sees that at once.
    """

    def __init__(self, db: Database, router: Router, *, alone: bool) -> None:
        self._db = db
        self._router = router
        self._alone = alone
        self._known: OrderedDict[int, OpenForm | None] = OrderedDict()

    async def open_for(self, visit: Visit) -> OpenForm | None:
        """What this person is asked."""
        if visit.user.id in self._known:
            return self._known[visit.user.id]
        form = await dialogs.open_form(self._db, visit.user)
        self._remember(visit.user, form)
        return form

    def is_forgotten(self, visit: Visit, form: OpenForm) -> bool:
        """Whether it was asked so long ago that a text is hardly its answer; a form that lasts waits for days."""
        return not self._lasts(form.kind) and visit.now() - form.updated_at > PATIENCE

    def is_from_before(self, visit: Visit, form: OpenForm, update_id: int) -> bool:
        """Whether an update is brought again that was served before this was asked.

        Telegram counts updates upwards, but begins anywhere after a week without any.
        """
        older = form.update_id is not None and update_id < form.update_id
        return older and visit.now() - form.updated_at < KEPT

    async def enter(self, visit: Visit, form: OpenForm | None, route: Route[Any] | None) -> Dialog | None:
        """Leave what is asked, unless the route belongs to it; the form to go on with where an older key was tapped."""
        if route is not None:
            if route.stays or (form is not None and form.kind == route.within and _is_its_own(visit, form)):
                return None
            if route.within is not None and self._lasts(route.within):
                if form is not None and form.kind != route.within:
                    await self.leave(visit, form)
                return await self._go_on(visit, route.within, is_open=form is not None and form.kind == route.within)
        if form is not None:
            await self.leave(visit, form)
        return None

    async def leave(self, visit: Visit, form: OpenForm) -> None:
        """The person is elsewhere now."""

        async def work(session: AsyncSession) -> None:
            if self._lasts(form.kind):
                await dialogs.set_aside(session, visit.user, form.kind, now=visit.now())
            else:
                await dialogs.finish(session, visit.user, form.kind)

        await self._db.transact(work)
        self._remember(visit.user, None)

    async def settle(self, visit: Visit, reply: Reply) -> Reply:
        """After a route that may ask: see what is asked now, and mark the screen that does; an invoice asks nothing."""
        if isinstance(reply, Invoice):
            self._remember(visit.user, None)
            return reply
        self.forget(visit.user)
        form = await self.open_for(visit)
        return replace(reply, asks=form.kind) if form is not None and isinstance(reply, Screen) else reply

    async def shown(self, visit: Visit, kind: str, *, message_id: int, update_id: int) -> None:
        """The question is on show in this message."""
        self.forget(visit.user)
        await self._db.transact(
            lambda session: dialogs.shown(session, visit.user, kind, message_id=message_id, update_id=update_id)
        )

    def forget(self, user: User) -> None:
        """Look anew next time."""
        self._known.pop(user.id, None)

    async def _go_on(self, visit: Visit, kind: str, *, is_open: bool) -> Dialog | None:
        self.forget(visit.user)

        async def work(session: AsyncSession) -> Dialog | None:
            if is_open:
                return await dialogs.current(session, visit.user)
            return await dialogs.take_up(session, visit.user, kind, now=visit.now())

        return await self._db.transact(work)

    def _lasts(self, kind: str) -> bool:
        manners = self._router.dialogs.get(kind)
        return (manners.leaves if manners is not None else CLOSES) == WAITS

    def _remember(self, user: User, form: OpenForm | None) -> None:
        if self._alone:
            self._known[user.id] = form
            self._known.move_to_end(user.id)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)


def _is_its_own(visit: Visit, form: OpenForm) -> bool:
    return form.message_id is None or form.message_id == visit.message_id
