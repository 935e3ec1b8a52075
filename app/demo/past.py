"""What happened in the demo shop before you came: orders in every state, reviews, an answer from the seller.

The story goes through the shop's own use cases, paid in cash and on the pretend pages, so it adds up like the real
thing; the weeks around it are rows (weeks.py).
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct, field
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from app.demo.buying import asking, check_out
from app.demo.returned import came_back
from app.demo.weeks import Weeks
from db.models import Notification, Order, User
from db.session import Database
from shop import carts, checkout, orders, promotions, reviews
from shop.payments import confirming
from shop.payments.attempts import open_payment
from shop.payments.checking import check_order
from shop.people import addresses
from shop.policy import Policy
from shop.ports import Provider

ADDRESSES = {
    "Ann": {
        "country_code": "DE",
        "state": "",
        "city": "Berlin",
        "street_line1": "Oranienstr. 25",
        "post_code": "10999",
        "phone_number": "+49 30 5550142",
    },
    "Bob": {"country_code": "AT", "state": "", "city": "Wien", "street_line1": "Lindengasse 4", "post_code": "1070"},
}
RECEIVER = {
    "name": "Hilde Sommer",
    "country_code": "DE",
    "state": "",
    "city": "Lübeck",
    "street_line1": "Mühlenstr. 8",
    "post_code": "23552",
}
SOMEWHERE = {"country_code": "DE", "state": "", "city": "Hamburg", "street_line1": "Marktstr. 12", "post_code": "20357"}


class Told(Struct, frozen=True):
    """One past order: who bought what (article, which variant, how many), how long ago, and how far it came."""

    buyer: str
    seller: str
    lines: tuple[tuple[str, int, int], ...]
    days_ago: float
    until: str  # waiting, cancelled, paid, shipped, completed
    tracking: str = ""
    words: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # article → stars and what they said
    answer: str = ""
    code: str | None = None
    method: str = "cash"
    present: str | None = None  # the message to whom it goes, who is RECEIVER


class Tills(Struct, frozen=True):
    """How the past was paid: the providers by name, and how a customer pays on the page of one of them, named both."""

    providers: Mapping[str, Provider]
    agree: Callable[[str, str], Awaitable[None]]


STORY = (
    Told(
        "Mira",
        "Olga",
        (("Stoneware mug", 0, 2), ("Sencha, first harvest", 0, 1)),
        19,
        "completed",
        "LX 4711 0815 DE",
        {
            "Stoneware mug": (5, "The glaze is even nicer than in the picture. Bought a second pair."),
            "Sencha, first harvest": (5, "Tastes like a meadow. Mind the temperature."),
        },
        "Thank you, Mira. That makes the potter happy, too.",
    ),
    Told(
        "Jonas",
        "Ivan",
        (("Wool scarf", 0, 1),),
        16,
        "completed",
        "LX 4711 0822 DE",
        {"Wool scarf": (4, "Warm and really does not itch. I would have liked it a little wider.")},
        "Thank you, Jonas. The long one is also five centimetres wider.",
    ),
    Told(
        "Lena",
        "Ivan",
        (("Dotted notebook", 0, 1), ("Fountain pen", 0, 1)),
        12,
        "completed",
        "LX 4711 0904 DE",
        {"Dotted notebook": (5, "Lies flat, as promised."), "Fountain pen": (4, "Writes at once, a bit wet.")},
    ),
    Told(
        "Ann",
        "Olga",
        (("Assam, second flush", 0, 2),),
        9,
        "completed",
        "LX 4711 0911 DE",
        {"Assam, second flush": (5, "My Monday is saved.")},
        code="TEA10",
    ),
    Told(
        "Tom",
        "Ivan",
        (("Monstera in a clay pot", 0, 1),),
        8,
        "completed",
        "LX 4711 0917 DE",
        {"Monstera in a clay pot": (3, "Pretty, but one leaf was bent.")},
        "Sorry about that, Tom. A new one is on its way.",
    ),
    Told("Jonas", "Ivan", (("Beeswax candle", 0, 2),), 5, "cancelled"),
    Told("Ann", "Ivan", (("Desk lamp", 0, 1),), 2, "shipped", "DHL 0034 0434 1610 9404 2557"),
    Told("Bob", "Olga", (("Enamel kettle", 0, 1),), 0.6, "paid"),
    Told(
        "Lena",
        "Olga",
        (("Stoneware mug", 0, 1),),
        0.4,
        "paid",
        method="paypal",
        present="Happy birthday, Grandma!\nMay your tea never get cold. Your Lena",
    ),
    Told("Jonas", "Ivan", (("Desk lamp", 0, 1),), 0.3, "paid", method="crypto"),
    Told("Tom", "Ivan", (("Knitted socks", 1, 2),), 0.2, "waiting"),
)


class At:
    """A clock that stands at one moment of the past."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment."""
        return self.moment


async def happened(
    db: Database,
    people: Mapping[str, User],
    goods: Mapping[str, list[int]],
    tills: Tills,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    """Write the whole past: eight weeks of orders, and the story in its place among them."""
    weeks = Weeks(people, goods, policy=policy, now=now)
    async with db.begin() as session:
        await weeks.begin(session)
    for told in STORY:
        async with db.begin() as session:
            await weeks.write(session, until=now - timedelta(days=told.days_ago))
        await _order(db, people, goods, tills, told, policy=policy, now=now)
    async with db.begin() as session:
        await weeks.write(session, until=now)
    await came_back(db, people, goods, tills.providers, policy=policy, now=now)


async def hold_back(session: AsyncSession, *, now: datetime) -> None:
    """Everything that would have been told then, and asked for, was."""
    await session.execute(update(Notification).values(sent_at=now))
    await session.execute(update(Order).where(Order.completed_at.is_not(None)).values(review_asked_at=now))


async def _order(
    db: Database,
    people: Mapping[str, User],
    goods: Mapping[str, list[int]],
    tills: Tills,
    told: Told,
    *,
    policy: Policy,
    now: datetime,
) -> None:
    buyer, seller = people[told.buyer], people[told.seller]
    clock = At(now - timedelta(days=told.days_ago))

    async def place(session: AsyncSession) -> int:
        for article, variant, quantity in told.lines:
            await carts.set_quantity(session, buyer, goods[article][variant], quantity, now=clock.now())
        if told.code is not None:
            await promotions.apply_code(session, buyer, told.code, now=clock.now())
        order = await check_out(
            session,
            buyer,
            seller.id,
            method=told.method,
            present=told.present,
            policy=policy,
            hold=policy.manual_hold,
            now=clock.now(),
        )
        at_home = {"name": told.buyer, **ADDRESSES.get(told.buyer, SOMEWHERE)}
        address = at_home if told.present is None else RECEIVER
        option = policy.shipping[0].id
        await checkout.choose_shipping(
            session, order, option_id=option, address=address, policy=policy, now=clock.now()
        )
        label = None if told.present is None else "Grandma"
        await addresses.remember(session, buyer.id, address, option_id=option, label=label, now=clock.now())
        return order.id

    order_id = await db.transact(place)
    _, opening = await open_payment(
        db,
        tills.providers,
        told.method,
        order_id,
        asking(buyer.id, buyer.telegram_id or 0),
        policy=policy,
        clock=clock,
    )
    if not tills.providers[told.method].by_hand:
        await tills.agree(told.method, opening.reference)
        await check_order(db, tills.providers, order_id, clock=clock, policy=policy)
    async with db.begin() as session:
        await _go_on(session, told, order_id, buyer, seller, goods, policy, clock)


async def _go_on(
    session: AsyncSession,
    told: Told,
    order_id: int,
    buyer: User,
    seller: User,
    goods: Mapping[str, list[int]],
    policy: Policy,
    clock: At,
) -> None:
    """Let the order come as far as it is told."""
    if told.until == "cancelled":
        clock.moment += timedelta(hours=1)
        await orders.cancel_by_customer(session, buyer, order_id, now=clock.now())
    if told.until in {"waiting", "cancelled"}:
        return
    clock.moment += timedelta(hours=2)
    if told.method == "cash":
        await confirming.confirm_money(session, order_id, by=seller, policy=policy, now=clock.now())
    if told.until == "paid":
        return
    clock.moment += timedelta(hours=20)
    await orders.ship(session, seller, order_id, told.tracking, now=clock.now())
    if told.until == "shipped":
        return
    clock.moment += timedelta(days=2)
    await orders.complete(session, seller, order_id, now=clock.now())
    clock.moment += timedelta(days=1)
    for article, (stars, words) in told.words.items():
        product_id = goods[article][0]
        await reviews.rate(session, buyer, product_id, stars, now=clock.now())
        review = await reviews.comment(session, buyer, product_id, words, now=clock.now())
        if told.answer:
            await reviews.reply(session, seller, review.id, told.answer, now=clock.now() + timedelta(hours=3))
