"""Finding a customer by what somebody typed."""

from bot.routing.visit import Visit
from db.numbers import read_id
from shop import orders
from shop.people import bans, users
from shop.people.bans import Customer
from shop.refusals import NotFound


async def find_customer(visit: Visit, wanted: str) -> Customer | None:
    """By the number of an order, else by Telegram id or @name; a seller finds their own customers only."""
    number = read_id(wanted.removeprefix("#"))
    async with visit.db.read() as session:
        try:
            if number is not None:
                order = await orders.get_for_owner(session, visit.seller, number)
                return await bans.look(session, visit.seller, order.user_id)
        except NotFound:
            pass  # no order: perhaps a person
        person = (
            await users.find_by_telegram_id(session, number)
            if number is not None
            else await users.find_by_username(session, wanted.removeprefix("@")[:64])
        )
        try:
            return await bans.look(session, visit.seller, person.id) if person is not None else None
        except NotFound:
            return None
