"""What the owners of the demo shop set up: a helper who packs, seats that are handed out once, a sale, offers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from db.amounts import parse_amount
from db.models import PromotionKind, User
from shop import promotions, units
from shop.people import hours, permissions, team
from shop.people.permissions import Permission
from shop.policy import Policy
from shop.products import sales
from shop.products.sales import SaleDraft
from shop.promotions import PromotionDraft

SEATS = tuple(f"TEA-{number:02}-{'KMWXHR'[number % 6]}{number * 37 % 90 + 10}" for number in range(1, 13))
PERCENT, SALE_DAYS = 20, 6
ONCE = 25  # codes that count once
MORNING = 8  # o'clock


async def make_offers(session: AsyncSession, olga: User, *, currency: str, now: datetime) -> None:
    """Olga's code for tea, and her shipping that is free from an amount: before the past, which uses them."""
    tenth = PromotionDraft("TEA10", PromotionKind.PERCENT, currency, value=10, code="TEA10")
    sent = PromotionDraft(
        "Free shipping", PromotionKind.FREE_SHIPPING, currency, automatic=True, min_amount=parse_amount("50", currency)
    )
    thanks = PromotionDraft("Thank you", PromotionKind.PERCENT, currency, value=15, per_person=1)
    for draft in (tenth, sent):
        await promotions.create(session, olga, draft, now=now)
    made = await promotions.create(session, olga, thanks, now=now)
    await promotions.generate(session, olga, made.id, ONCE, now=now)


async def set_up(
    session: AsyncSession,
    people: Mapping[str, User],
    goods: Mapping[str, list[int]],
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Nina packs for Olga and sees her orders alone; a tasting has a code for each seat; candles are reduced.

    Olga's day begins with a look that comes by itself.
    """
    olga, ivan, nina = people["Olga"], people["Ivan"], people["Nina"]
    _, secret = await team.invite(session, olga, frozenset({Permission.ORDERS}), now=now)
    await team.accept(session, nina.id, secret, operators=policy.operators, now=now)
    olgas = permissions.ask(olga, Permission.MONEY)
    await hours.choose_digest(session, olgas, MORNING, zone=policy.timezone, now=now)
    seats = [units.NewUnit(code, line) for line, code in enumerate(SEATS, 1)]
    await units.add(session, olga, goods["Tea tasting online, a seat"][0], seats, now=now)
    until = now + timedelta(days=SALE_DAYS)
    await sales.put_on_sale(session, ivan, goods["Beeswax candle"][0], SaleDraft(percent=PERCENT, ends=until), now=now)
