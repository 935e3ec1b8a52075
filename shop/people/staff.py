"""Those who sell: operators list, appoint and dismiss them, and say what becomes of what a dismissed one had."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Product, Role, StaffMember, User
from db.writes import changed, insert_once
from shop.forms import dialogs
from shop.notifications.chats import lose_those_of
from shop.notifications.outbox import enqueue
from shop.people import events
from shop.people.handing_over import belongings, hand_over
from shop.people.leaving import dissolve
from shop.people.signing_out import sign_out
from shop.people.users import find_by_telegram_id
from shop.refusals import IsOperator, NotFound


async def list_owners(session: AsyncSession) -> list[User]:
    """Everybody who sells, in the order in which they came."""
    return list(await session.scalars(select(User).where(User.role == Role.ADMIN).order_by(User.id)))


async def list_left(session: AsyncSession, operators: Collection[int]) -> list[User]:
    """Who has goods here and may sell no more: operators whose id left the configuration, for example."""
    owning: list[int] = []
    beyond = select(Product.owner_id).order_by(Product.owner_id).limit(1)
    # from one owner to the next along the index: goods are many, owners are few
    while (owner_id := await session.scalar(beyond.where(Product.owner_id > (owning or [0])[-1]))) is not None:
        owning.append(owner_id)
    gone = select(User).where(User.id.in_(owning), User.role != Role.ADMIN).order_by(User.id)
    return [person for person in await session.scalars(gone) if person.telegram_id not in operators]


async def appoint(session: AsyncSession, *, operator: User, telegram_id: int, now: datetime) -> User:
    """Let a person sell; somebody we have not met yet is written down, and may sell from their first word on."""
    unknown = {"telegram_id": telegram_id, "name": "", "role": Role.ADMIN, "reachable": True}
    await insert_once(session, User, **unknown, created_at=now, updated_at=now)
    person = await find_by_telegram_id(session, telegram_id)
    if person is None:
        raise NotFound(telegram_id=telegram_id)
    data: dict[str, object] = {"role": events.pair(person.role, Role.ADMIN)}
    person.role = Role.ADMIN
    person.updated_at = now
    employer = await session.scalar(select(StaffMember.owner_id).where(StaffMember.user_id == person.id))
    if employer is not None:  # who sells works for nobody
        await changed(session, delete(StaffMember).where(StaffMember.user_id == person.id))
        await lose_those_of(session, employer, person.id, now=now)
    event = _note(session, operator, "appoint", person, data, now)
    await session.flush()
    await _tell(session, person, "appointed", event, {}, now)
    return person


async def dismiss(
    session: AsyncSession,
    *,
    operator: User,
    telegram_id: int,
    taker: User,
    archive: bool = False,
    operators: Collection[int],
    now: datetime,
) -> User:
    """Let a person sell no more; their goods (off sale with `archive`) and all their orders go to the taker.

    Their open form ends, news that wait for them go to the taker, and both are told.
    Raises NotFound (who, or the taker, does not sell; nothing is left to be handed over), IsOperator.
    """
    both = select(User).where((User.telegram_id == telegram_id) | (User.id == taker.id)).order_by(User.id)
    locked = list(await session.scalars(both.with_for_update().execution_options(populate_existing=True)))
    person = next((one for one in locked if one.telegram_id == telegram_id), None)
    receiver = next((one for one in locked if one.id == taker.id and one.telegram_id != telegram_id), None)
    if person is None or receiver is None or not _may_sell(receiver, operators):
        raise NotFound(telegram_id=telegram_id)
    if telegram_id in operators:
        raise IsOperator(name=person.name)
    left = await belongings(session, person.id)
    sells = (User.id == person.id, User.role == Role.ADMIN)
    stripped = await changed(session, update(User).where(*sells).values(role=Role.CUSTOMER, updated_at=now))
    if not stripped and not left.products and not left.open_orders:
        raise NotFound(telegram_id=telegram_id)
    await hand_over(session, person.id, receiver.id, archive=archive, now=now)
    await dissolve(session, person.id, f"operator:{operator.id}", now=now)
    await sign_out(session, [person.id])
    await dialogs.finish(session, person)
    await dialogs.forget(session, person, "add_product")
    await session.refresh(person)
    data: dict[str, object] = {
        "role": [Role.ADMIN, Role.CUSTOMER] if stripped else [Role.CUSTOMER, Role.CUSTOMER],
        "to": receiver.id,
        "products": left.products,
        "open_orders": left.open_orders,
        "archived": archive,
    }
    event = _note(session, operator, "dismiss", person, data, now)
    await session.flush()
    if stripped:
        await _tell(session, person, "dismissed", event, {}, now)
    if receiver.id != operator.id and (left.products or left.open_orders):
        told = {key: value for key, value in data.items() if key != "role"}
        await _tell(session, receiver, "handed_over", event, {**told, "from": person.name}, now)
    return person


def _may_sell(person: User, operators: Collection[int]) -> bool:
    return person.role is Role.ADMIN or person.telegram_id in operators


def _note(
    session: AsyncSession, operator: User, action: str, person: User, data: dict[str, object], now: datetime
) -> AdminEvent:
    actor, subject = f"operator:{operator.id}", f"user:{person.id}"
    return events.write(session, actor, action, subject, owner_id=None, data=data, now=now)


async def _tell(
    session: AsyncSession, person: User, kind: str, event: AdminEvent, data: dict[str, object], now: datetime
) -> None:
    await enqueue(session, user_id=person.id, kind=kind, data=data, dedupe_key=f"{kind}:{event.id}", now=now)
