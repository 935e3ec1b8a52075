"""Fills the demo shop's database: people, shelves, and a past."""

from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from app.demo import catalogue, gift_cards, news, owners, past, weeks
from app.demo.cast import ANN, BOB, IVAN, NINA, OLGA, OSCAR, SELLERS, Someone
from app.demo.freight import order_by_freight
from db.migrate import upgrade
from db.models import User
from db.session import Database
from shop.people import staff, users
from shop.policy import Policy

BEFORE = ("Mira", "Jonas", "Lena", "Tom", *weeks.BUYERS)  # who bought, and is not in the room
GUESTS = tuple(Someone(number, name, name.lower()) for number, name in enumerate(BEFORE, 9101))
EVERYBODY = (OSCAR, OLGA, IVAN, NINA, ANN, replace(BOB, language="de"), *GUESTS)


async def seed(url: str, tills: past.Tills, *, policy: Policy, now: datetime) -> None:
    """Make the tables and write everything, once; `tills` are what the past was paid with."""
    await upgrade(url)
    db = Database(url)
    try:
        begun = now - timedelta(days=weeks.DAYS + 1)
        async with db.begin() as session:
            people = await _people(session, now=begun)
            goods = await catalogue.put_on_sale(session, people, currency=policy.currency, now=begun)
            await owners.make_offers(session, people["Olga"], currency=policy.currency, now=begun)
        await past.happened(db, people, goods, tills, policy=policy, now=now)
        async with db.begin() as session:
            await owners.set_up(session, people, goods, policy=policy, now=now)
            await order_by_freight(session, people, goods, policy=policy, now=now)
            await gift_cards.issue(session, people, currency=policy.currency, now=now)
            await news.tell(session, people["Olga"], now=now)
            await past.hold_back(session, now=now)
    finally:
        await db.close()


async def _people(session: AsyncSession, *, now: datetime) -> dict[str, User]:
    people = {who.name: await _person(session, who, now=now) for who in EVERYBODY}
    for seller in SELLERS:
        await staff.appoint(session, operator=people[OSCAR.name], telegram_id=seller.telegram_id, now=now)
    return people


async def _person(session: AsyncSession, who: Someone, *, now: datetime) -> User:
    return await users.recognise(
        session,
        telegram_id=who.telegram_id,
        username=who.username,
        name=who.name,
        language=who.language,
        now=now,
    )
