"""Saved answers: short texts of a seller's shop, with the customer's name and the order's number filled in on use."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import SavedAnswer, User
from db.writes import changed
from shop.forms.writing import clean
from shop.messages.threads import Thread
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import CannotRead, NotFound

LENGTH = 400  # characters
MOST = 8  # of one seller
NAME, NUMBER = "{name}", "{number}"


async def of_seller(session: AsyncSession, by: By) -> Sequence[SavedAnswer]:
    """Those of the shop in which somebody acts, the oldest first; `MOST` at most. One statement."""
    acting = ask(by, Permission.ORDERS)
    mine = select(SavedAnswer).where(SavedAnswer.owner_id == acting.owner_id)
    return list(await session.scalars(mine.order_by(SavedAnswer.id).limit(MOST)))


async def get(session: AsyncSession, by: By, answer_id: int) -> SavedAnswer:
    """One of them. Raises NotFound."""
    acting = ask(by, Permission.ORDERS)
    mine = select(SavedAnswer).where(SavedAnswer.id == answer_id, SavedAnswer.owner_id == acting.owner_id)
    answer = await session.scalar(mine)
    if answer is None:
        raise NotFound(answer_id=answer_id)
    return answer


def filled(answer: SavedAnswer, thread: Thread) -> str:
    """The words for this customer; without an order its number is left out."""
    number = "" if thread.order_id is None else str(thread.order_id)
    # the number first: a customer may be called "{number}"
    return answer.text.replace(NUMBER, number).replace(NAME, thread.customer.name)


async def add(session: AsyncSession, by: By, text: str, *, now: datetime) -> None:
    """Keep one more. Raises CannotRead (empty, too long, or there are `MOST`)."""
    acting, text = ask(by, Permission.ORDERS), _read(text)
    # one after the other, or two at once would both be the last that fits
    await session.scalar(select(User.id).where(User.id == acting.owner_id).with_for_update())
    if len(await of_seller(session, acting)) >= MOST:
        raise CannotRead(field="answer", given="", hint="answers_full", limit=MOST)
    session.add(SavedAnswer(owner_id=acting.owner_id, text=text, created_at=now))
    _note(session, acting, "", text, now)


async def change(session: AsyncSession, by: By, answer_id: int, text: str, *, now: datetime) -> None:
    """Write one anew. Raises NotFound, CannotRead."""
    acting, text = ask(by, Permission.ORDERS), _read(text)
    before = (await get(session, acting, answer_id)).text
    if text != before:
        await changed(session, update(SavedAnswer).where(SavedAnswer.id == answer_id).values(text=text))
        _note(session, acting, before, text, now)


async def remove(session: AsyncSession, by: By, answer_id: int, *, now: datetime) -> None:
    """Keep one no longer. Raises NotFound, also when somebody else removed it."""
    acting = ask(by, Permission.ORDERS)
    before = (await get(session, acting, answer_id)).text
    if not await changed(session, delete(SavedAnswer).where(SavedAnswer.id == answer_id)):
        raise NotFound(answer_id=answer_id)
    _note(session, acting, before, "", now)


def _read(text: str) -> str:
    text = clean(text)
    if not text:
        raise CannotRead(field="answer", given="", hint="empty")
    if len(text) > LENGTH:
        raise CannotRead(field="answer", given=text[:40], hint="too_long", limit=LENGTH)
    return text


def _note(session: AsyncSession, acting: Acting, before: str, text: str, now: datetime) -> None:
    data = {"answer": events.pair(before, text)}
    subject = f"user:{acting.owner_id}"
    events.write(session, acting.actor, "answers.changed", subject, owner_id=acting.owner_id, data=data, now=now)
