"""Fills the demo shop's database: people, shelves, and a past."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.demo import catalogue, news, owners, past, weeks
from db.migrate import upgrade
from db.models import User
from db.session import Database
from shop.people import staff, users
from shop.policy import Policy

SELLERS = {"Olga": 1003, "Ivan": 1004}
OPERATOR = ("Oscar", 1005)
# The first two are in the pretend Telegram's cast; the others bought before, and are not in the room.
STAFF = {"Nina": 1011}
CUSTOMERS = {"Ann": 1001, "Bob": 1002, "Mira": 9101, "Jonas": 9102, "Lena": 9103, "Tom": 9104}
CUSTOMERS |= {name: number for number, name in enumerate(weeks.BUYERS, 9105)}
LANGUAGES = {"Bob": "de"}


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
            await news.tell(session, people["Olga"], now=now)
            await past.hold_back(session, now=now)
    finally:
        await db.close()


async def _people(session: AsyncSession, *, now: datetime) -> dict[str, User]:
    name, telegram_id = OPERATOR
    operator = await _person(session, name, telegram_id, now=now)
    people = {name: operator}
    for name, telegram_id in {**SELLERS, **STAFF, **CUSTOMERS}.items():
        people[name] = await _person(session, name, telegram_id, now=now)
    for telegram_id in SELLERS.values():
        await staff.appoint(session, operator=operator, telegram_id=telegram_id, now=now)
    return people


async def _person(session: AsyncSession, name: str, telegram_id: int, *, now: datetime) -> User:
    return await users.recognise(
        session,
        telegram_id=telegram_id,
        username=name.lower(),
        name=name,
        language=LANGUAGES.get(name, "en"),
        now=now,
    )
