"""Who is at the door: the row of a person, remembered for a minute so that a tap does not ask the database again."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple
from sqlalchemy import bindparam, select

from bot.intake.reading import Person
from db.models import StaffMember, User
from db.prepared import PreparedRead
from db.session import Database
from shop.clock import Clock
from shop.people import users
from shop.people.permissions import EMPLOYER, WORKS, Employment, employment_of

FRESH = timedelta(seconds=60)

# A person taps on while they look around, and a language or role that another replica changed shows after this much;
# before somebody acts on a role, it is read again in any case.
AMONG_OTHERS = timedelta(seconds=2)
REMEMBERED = 4096
_COLUMNS = User.__table__.c
_NAMES = [column.name for column in _COLUMNS]
_ROW = PreparedRead(
    select(*_COLUMNS, *WORKS)
    .select_from(User)
    .outerjoin(StaffMember, StaffMember.user_id == User.id)
    .outerjoin(EMPLOYER, EMPLOYER.id == StaffMember.owner_id)
    .where(_COLUMNS.telegram_id == bindparam("telegram_id"))
)

_WHOLE = (
    select(User, *WORKS)
    .outerjoin(StaffMember, StaffMember.user_id == User.id)
    .outerjoin(EMPLOYER, EMPLOYER.id == StaffMember.owner_id)
    .where(User.telegram_id == bindparam("telegram_id"))
)
_NOWHERE = (None,) * len(WORKS)


class _Known(Struct, frozen=True):
    person: Person
    user: User
    employment: Employment | None
    row: tuple[Any, ...]
    until: datetime


class People:
    """Recognises people; what Telegram tells anew (a name, a username) is written down at once."""

    def __init__(self, db: Database, clock: Clock, *, fresh: timedelta = FRESH) -> None:
        """`fresh`: how long a row is remembered: briefly where another replica may change it meanwhile."""
        self._db = db
        self._clock = clock
        self._fresh = fresh
        self._known: OrderedDict[int, _Known] = OrderedDict()

    async def recognise(self, person: Person, *, afresh: bool = False) -> User:
        """The person's row, detached and at most as old as `fresh`; `afresh` reads it now (before acting on a role)."""
        return (await self.meet(person, afresh=afresh))[0]

    async def meet(self, person: Person, *, afresh: bool = False) -> tuple[User, Employment | None]:
        """The same, and for whom they work: read with the row."""
        now = self._clock.now()
        known = self._known.get(person.telegram_id)
        if known is not None and not afresh and known.person == person:
            if now < known.until:
                return known.user, known.employment
            if self._is_current(known.user, person) and await self._read(person.telegram_id) == [known.row]:
                self._keep(known.person, known.user, known.employment, known.row, now)
                return known.user, known.employment
        user, employment = await self._look(person) or await self._write(person, now)
        works = _NOWHERE if employment is None else astuple(employment)
        self._keep(person, user, employment, (*[getattr(user, name) for name in _NAMES], *works), now)
        return user, employment

    def _keep(
        self, person: Person, user: User, employment: Employment | None, row: tuple[Any, ...], now: datetime
    ) -> None:
        self._known[person.telegram_id] = _Known(person, user, employment, row, now + self._fresh)
        self._known.move_to_end(person.telegram_id)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    async def _look(self, person: Person) -> tuple[User, Employment | None] | None:
        async with self._db.read() as session:
            row = (await session.execute(_WHOLE, {"telegram_id": person.telegram_id})).one_or_none()
        if row is None or not self._is_current(row[0], person):
            return None
        works: tuple[Any, ...] = tuple(row[1:])
        return row[0], Employment(*works) if works[0] is not None else None

    async def _read(self, telegram_id: int) -> list[tuple[Any, ...]]:
        return await self._db.look(_ROW, {"telegram_id": telegram_id})

    def _is_current(self, user: User, person: Person) -> bool:
        return users.is_current(user, username=person.username, name=person.name, now=self._clock.now())

    async def _write(self, person: Person, now: datetime) -> tuple[User, Employment | None]:
        user = await self._db.transact(
            lambda session: users.recognise(
                session,
                telegram_id=person.telegram_id,
                username=person.username,
                name=person.name,
                language=person.language,
                now=now,
            )
        )
        is_new = user.created_at == now  # and works for nobody yet
        return user, None if is_new else await employment_of(self._db, user.id)

    def forget(self, telegram_id: int) -> None:
        """Read this person again next time (their language or role was changed here)."""
        self._known.pop(telegram_id, None)
