"""What the owners of the demo shop set up: a helper who packs, seats that are handed out once, a sale, offers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.amounts import parse_amount
from db.models import Category, OrderStatus, PromotionKind, User
from shop import favourites, orders, promotions, units
from shop.messages import answers
from shop.orders import notes
from shop.orders.pages import Turn
from shop.people import hours, permissions, team
from shop.people.permissions import Acting, Permission
from shop.policy import Policy
from shop.products import sales, tree
from shop.products.sales import SaleDraft
from shop.promotions import PromotionDraft

SEATS = tuple(f"TEA-{number:02}-{'KMWXHR'[number % 6]}{number * 37 % 90 + 10}" for number in range(1, 13))
PERCENT, SALE_DAYS = 20, 6
ONCE = 25  # codes that count once
MORNING = 8  # o'clock
HIDDEN = "Winter"  # the category that comes back when the year does
ANSWERS = (
    "Hello {name}, your order {number} is packed and leaves with today's post.",
    "Hello {name}, thank you! Keep the tea dry and away from coffee, it is easily offended.",
)
LIKED = {"Ann": ("Stoneware mug", "Beeswax candle"), "Bob": ("Desk lamp",), "Lena": ("Stoneware mug",)}
NOTE = "Called: please leave it with the neighbour on the left."


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

    Ivan hid his winter things until then. Olga's day begins with a look that comes by itself. She keeps two answers,
    and Nina noted something about an order.
    """
    olga, ivan, nina = people["Olga"], people["Ivan"], people["Nina"]
    _, secret = await team.invite(session, olga, frozenset({Permission.ORDERS}), now=now)
    await team.accept(session, nina.id, secret, operators=policy.operators, now=now)
    olgas = permissions.ask(olga, Permission.MONEY)
    await hours.choose_digest(session, olgas, MORNING, zone=policy.timezone, now=now)
    for text in ANSWERS:
        await answers.add(session, olga, text, now=now)
    for order in (await orders.list_for_owner(session, olga, Turn(size=1), status=OrderStatus.PROCESSING)).orders:
        await notes.add(session, Acting(nina.id, olga.id, frozenset({Permission.ORDERS})), order.id, NOTE, now=now)
    seats = [units.NewUnit(code, line) for line, code in enumerate(SEATS, 1)]
    await units.add(session, olga, goods["Tea tasting online, a seat"][0], seats, now=now)
    winter = (await session.scalars(select(Category.id).where(Category.name == HIDDEN))).one()
    await tree.hide(session, ivan, winter, hidden=True, now=now)
    for name, wished in LIKED.items():
        for article in wished:
            await favourites.add(session, people[name], goods[article][0], now=now)
    until = now + timedelta(days=SALE_DAYS)
    await sales.put_on_sale(session, ivan, goods["Beeswax candle"][0], SaleDraft(percent=PERCENT, ends=until), now=now)
