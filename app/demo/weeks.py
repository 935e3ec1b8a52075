"""The weeks before: orders of many customers, written as rows, the way the shop's own use cases leave them.

Use cases would take half a minute for so many. Each day has its usual number of orders and chance is seeded, so every
demo has the same past; `storefront doctor` finds nothing wrong in it.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import count

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.demo import weeks_rows as rows
from app.demo.catalogue import Article, read
from app.demo.weeks_rows import Bought, Line
from db.amounts import parse_amount
from db.models import Order, PaymentAttempt, Product, ProductKind, Refund, StockMovement, User
from shop import receipts
from shop.orders.parts import load_items
from shop.policy import Policy

DAYS = 56
RHYTHM = (2, 2, 2, 2, 3, 4, 3)  # orders a day, from Monday on
YOUNG = timedelta(hours=3)  # what is younger would still have to be paid
SELLERS = ("Olga", "Ivan", "Ivan", "Olga", "Ivan")
BUYERS = {  # and where they live
    "Sofia": "Köln",
    "Emil": "Graz",
    "Nora": "Leipzig",
    "Pavel": "Berlin",
    "Ida": "Kiel",
    "Luca": "Bern",
    "Marta": "Wien",
    "Jakob": "Bremen",
    "Elif": "Berlin",
    "Hugo": "Zürich",
    "Anja": "München",
    "Piotr": "Dresden",
    "Mina": "Hamburg",
    "Theo": "Linz",
}
STREETS = ("Gartenweg", "Lange Gasse", "Bahnhofstr.", "Am Markt")
REGULARS = 5  # of the buyers, those who were there from the beginning; the others come one by one
WANTED = {  # the others as often as one
    "Sencha, first harvest": 5,
    "Assam, second flush": 4,
    "Beeswax candle": 4,
    "Dotted notebook": 3,
    "Stoneware mug": 3,
    "Canvas tote": 2,
    "Knitted socks": 2,
}
LEFT_ALONE = {"Genmaicha", "Glass teapot for one"}  # nearly gone, and not on sale yet
STARS = (5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2)


class Weeks:
    """All of those orders, in the order in which they were placed; written piece by piece between other events."""

    def __init__(
        self, people: Mapping[str, User], goods: Mapping[str, list[int]], *, policy: Policy, now: datetime
    ) -> None:
        self._chance = random.Random(8)  # noqa: S311  the same past every time
        self._people, self._goods, self._policy, self._now = people, goods, policy, now
        self._shelves = {name: [one for one in read() if _is_sold(one, name)] for name in SELLERS}
        self._waiting = list(self._orders())
        self._papers: list[tuple[datetime, int, bool]] = []  # receipts to come: when, of which order, of its refund
        self._reviewed: set[tuple[int, int]] = set()
        self._parents: dict[int, int | None] = {}  # by variant: reviews are kept there

    async def begin(self, session: AsyncSession) -> None:
        """What will be sold arrives first, a part of it every two weeks."""
        above = select(Product.id, Product.parent_id).where(Product.parent_id.is_not(None))
        self._parents = {row[0]: row[1] for row in await session.execute(above)}
        sold = Counter[tuple[int, int]]()
        for one in self._waiting:
            for line in one.lines:
                if not one.is_cancelled:
                    sold[line.product_id, (self._now - one.placed_at).days // 14] += line.quantity
        came = [
            {"product_id": product_id, "delta": units, "reason": "received", "actor": "system:demo"}
            | {"created_at": self._now - timedelta(days=14 * (ago + 1))}
            for (product_id, ago), units in sorted(sold.items(), key=lambda one: -one[0][1])
        ]
        await session.execute(insert(StockMovement), came)

    async def write(self, session: AsyncSession, *, until: datetime) -> None:
        """The orders that were placed before a moment and are not written yet."""
        due = [one for one in self._waiting if one.placed_at < until]
        if not due:
            await self._issue(session, until)
            return
        self._waiting = self._waiting[len(due) :]
        first_order = await session.scalar(select(func.coalesce(func.max(Order.id), 0))) or 0
        first_attempt = await session.scalar(select(func.coalesce(func.max(PaymentAttempt.id), 0))) or 0
        written = rows.Rows(self._now, self._policy.tax)
        for number, one in zip(count(1), due, strict=False):
            written.add(one, first_order + number, first_attempt + number)
            self._review(written, one, first_order + number)
            if not one.is_cancelled:
                self._papers.append((one.placed_at + rows.PAID, first_order + number, False))
                self._papers.append((one.placed_at + rows.PAID + rows.COMPLETED, first_order + number, True))
        for table, values in written.tables():
            await session.execute(insert(table), values)
        for product_id, stars in written.stars.items():
            rated = {
                "rating_sum": Product.rating_sum + sum(stars),
                "rating_count": Product.rating_count + len(stars),
            }
            await session.execute(update(Product).where(Product.id == product_id).values(rated))
        await self._issue(session, until)

    async def _issue(self, session: AsyncSession, until: datetime) -> None:
        """The receipts of what was paid, and given back, before a moment: numbers and days rise together."""
        for at, order_id, is_back in sorted(one for one in self._papers if one[0] < until):
            order = await session.scalar(select(Order).where(Order.id == order_id))
            refund = await session.scalar(select(Refund).where(Refund.order_id == order_id)) if is_back else None
            if order is None or (is_back and refund is None):
                continue
            await load_items(session, order)
            if refund is None:
                await receipts.write_sale(session, order, tip=0, policy=self._policy, now=at)
            else:
                await receipts.write_refund(session, order, refund, policy=self._policy, now=at)
        self._papers = [one for one in self._papers if one[0] >= until]

    def _orders(self) -> Iterator[Bought]:
        zone, today = self._policy.timezone, self._now.astimezone(self._policy.timezone).date()
        for ago in range(DAYS, -1, -1):
            day = today - timedelta(days=ago)
            many = RHYTHM[day.weekday()] + self._chance.choice((-1, 0, 0, 0, 1)) + (ago < DAYS // 3)
            minutes = sorted(self._chance.triangular(7 * 60, 23 * 60, 19 * 60) for _ in range(many))
            for minute in minutes:
                at = _moment(day, minute).replace(tzinfo=zone)
                if at < self._now - YOUNG:
                    yield self._order(at, DAYS - ago)

    def _order(self, at: datetime, day: int) -> Bought:
        chance = self._chance
        seller = chance.choice(SELLERS)
        known = list(BUYERS)[: REGULARS + day * (len(BUYERS) - REGULARS) // DAYS]
        buyer = chance.choice(known)
        shelf = self._shelves[seller]
        weights = [WANTED.get(one.name, 1) for one in shelf]
        articles = list(dict.fromkeys(chance.choices(shelf, weights, k=chance.choice((1, 1, 2)))))
        way = self._policy.shipping[0]
        return Bought(
            buyer=self._people[buyer],
            seller=self._people[seller],
            lines=[self._line(article) for article in articles],
            placed_at=at,
            currency=self._policy.currency,
            shipping_option=way.id,
            shipping_title=way.title,
            shipping=way.price,
            address={
                "name": buyer,
                "country_code": {"Graz": "AT", "Linz": "AT", "Wien": "AT", "Bern": "CH", "Zürich": "CH"}.get(
                    BUYERS[buyer], "DE"
                ),
                "state": "",
                "city": BUYERS[buyer],
                "street_line1": f"{chance.choice(STREETS)} {chance.randint(1, 60)}",
                "post_code": "10115",
            },
            method=chance.choice(("cash", "transfer", "transfer")),
            is_cancelled=chance.random() < 0.05,  # noqa: PLR2004  one of twenty
            given_back=chance.choice((0.0,) * 15 + (1.0, 0.4)),
        )

    def _line(self, article: Article) -> Line:
        place = self._chance.randrange(max(len(article.options), 1))
        option = article.options[place] if article.options else None
        price = option.price if option and option.price else article.price
        name = f"{article.name} ({option.label})" if option else article.name
        many = self._chance.choice((1, 1, 1, 2))
        return Line(
            self._goods[article.name][place], name, many, parse_amount(price, self._policy.currency), article.tax_class
        )

    def _review(self, written: rows.Rows, one: Bought, order_id: int) -> None:
        """Nearly half of those who have their parcel say something, once about each product; the newest wait."""
        about, chance = one.lines[0], self._chance
        told_at = one.placed_at + timedelta(days=5)
        product_id = self._parents.get(about.product_id) or about.product_id
        named = (product_id, one.buyer.id)
        if one.is_cancelled or told_at > self._now or named in self._reviewed or about.name.startswith("Wool scarf"):
            return  # of the scarf the tour tells
        if chance.random() < 0.45:  # noqa: PLR2004  nearly half
            self._reviewed.add(named)
            answered = told_at < self._now - timedelta(days=4)
            written.review(one, order_id, product_id, chance.choice(STARS), told_at, chance=chance, answered=answered)


def _is_sold(article: Article, seller: str) -> bool:
    physical = ProductKind(article.kind) is ProductKind.PHYSICAL
    return article.seller == seller and physical and article.published and article.name not in LEFT_ALONE


def _moment(day: date, minute: float) -> datetime:
    return datetime.combine(day, time(int(minute) // 60, int(minute) % 60))
