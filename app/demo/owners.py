"""What the owners of the demo shop set up: a helper who packs, seats that are handed out once, a sale."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import User
from shop import units
from shop.people import team
from shop.people.permissions import Permission
from shop.policy import Policy
from shop.products import sales
from shop.products.sales import SaleDraft

SEATS = tuple(f"TEA-{number:02}-{'KMWXHR'[number % 6]}{number * 37 % 90 + 10}" for number in range(1, 13))
PERCENT, SALE_DAYS = 20, 6


async def set_up(
    session: AsyncSession,
    people: Mapping[str, User],
    goods: Mapping[str, list[int]],
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Nina packs for Olga and sees her orders alone; a tasting has a code for each seat; candles are reduced."""
    olga, ivan, nina = people["Olga"], people["Ivan"], people["Nina"]
    _, secret = await team.invite(session, olga, frozenset({Permission.ORDERS}), now=now)
    await team.accept(session, nina.id, secret, operators=policy.operators, now=now)
    seats = [units.NewUnit(code, line) for line, code in enumerate(SEATS, 1)]
    await units.add(session, olga, goods["Tea tasting online, a seat"][0], seats, now=now)
    until = now + timedelta(days=SALE_DAYS)
    await sales.put_on_sale(session, ivan, goods["Beeswax candle"][0], SaleDraft(percent=PERCENT, ends=until), now=now)
