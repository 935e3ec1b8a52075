"""Customers and reviews at the desk: everybody sees and does what the chat shows and lets them do, with their own."""

import re
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, update

from db.models import (
    AdminEvent,
    Ban,
    CustomerNote,
    Notification,
    Order,
    OrderItem,
    OrderStatus,
    Permission,
    Product,
    Review,
    User,
)
from db.session import Database
from shop.people import buyers
from shop.people.permissions import ALL, Acting
from shop.refusals import NotPermitted
from tests.web.desk.conftest import URL, Browser
from tests.web.desk.test_orders import order_id as an_order
from tests.web.desk.test_orders import permitted, signed_in
from tests.web.desk.test_products import send
from tests.world.clock import START

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]
order_id = an_order


@pytest.fixture
async def review(database: Database, people: dict[str, User], order_id: int) -> int:
    """Ann's two stars for Olga's tea."""
    async with database.begin() as session:
        tea = (await session.scalars(select(OrderItem.product_id).where(OrderItem.order_id == order_id))).one()
        stars = {"rating_sum": 2, "rating_count": 1}
        await session.execute(update(Product).where(Product.id == tea).values(stars))
        row = Review(
            product_id=tea,
            user_id=people["Ann"].id,
            order_id=order_id,
            owner_id=people["Olga"].id,
            rating=2,
            comment="Dust <i>only</i>",
            created_at=START,
            updated_at=START,
        )
        session.add(row)
        await session.flush()
        return row.id


async def test_a_customer_is_listed_found_noted_and_not_served(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], order_id: int
) -> None:
    olga, ann = await signed_in(browser, link_of, "Olga"), people["Ann"].id
    card = f"/customers/{ann}"
    for path in ("/customers", "/customers?q=ann", "/customers?q=%00&before=x"):
        assert card in (await olga.get(path)).text, path
    assert card not in (await olga.get("/customers?q=bob")).text
    for query in (f"%23{order_id}", str(order_id), "%40ann"):
        assert (await olga.get(f"/customers?q={query}")).headers["location"] == f"{URL}{card}"
    page = (await olga.get(card)).text
    for said in ("1 order", "1 open", "€9.00", "Take no more orders"):
        assert said in page, said
    assert str(people["Ann"].telegram_id) not in page
    await send(olga, card, f"{card}/note", {"text": "likes <b>green</b>"})
    assert "likes &lt;b&gt;green" in (await olga.get(card)).text

    question = (await olga.get(f"{card}/serving")).text
    assert "1 order that is open goes on" in question
    await send(olga, card, f"{card}/serving", {"sure": "1", "seen": "away"})  # of another question
    assert await _rows(database, Ban) == 0
    for _ in range(2):  # the second of a double click answers a question that is over
        await send(olga, card, f"{card}/serving", {"sure": "1", "seen": "served"})
    assert await _rows(database, Ban) == 1
    assert card in (await olga.get("/customers?who=away")).text
    assert "not served" in (await olga.get("/customers")).text
    await send(olga, card, f"{card}/serving", {"sure": "1", "seen": "away"})
    assert await _rows(database, Ban) == 0
    assert card not in (await olga.get("/customers?who=away")).text
    async with database.read() as session:
        actions = list(await session.scalars(select(AdminEvent.action).order_by(AdminEvent.id)))
    assert actions == ["customer.noted", "ban", "unban"]


async def test_a_review_is_answered_hidden_with_a_reason_and_shown_again(
    browser: Opens, link_of: Links, database: Database, review: int
) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    one = f"/reviews/{review}"
    for which, there in (("a", True), ("u", True), ("2", True), ("1", False), ("h", False), ("odd", True)):
        assert (one in (await olga.get(f"/reviews?which={which}")).text) is there, which
    assert "Dust &lt;i&gt;only" in (await olga.get(one)).text
    await send(olga, one, f"{one}/answer", {"text": "Sorry!"})
    await send(olga, one, f"{one}/standing", {"to": "hidden", "reason": "  "})
    assert "There is nothing in it yet" in (await olga.get(one)).text
    await send(olga, one, f"{one}/standing", {"to": "hidden", "reason": "rude"})
    async with database.read() as session:
        kept = await session.get_one(Review, review)
        told = set(await session.scalars(select(Notification.kind)))
    assert (kept.owner_reply, kept.hidden_reason) == ("Sorry!", "rude")
    assert {"review_answered", "review_hidden"} <= told
    assert one in (await olga.get("/reviews?which=h")).text
    await send(olga, one, f"{one}/standing", {"to": "shown"})
    async with database.read() as session:
        assert (await session.get_one(Review, review)).hidden_at is None


@pytest.mark.parametrize("name", ["Ivan", "Bob"])
async def test_others_neither_see_nor_do_anything(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], review: int, name: str
) -> None:
    them = await signed_in(browser, link_of, name)
    await permitted(database, people, Permission.CATALOGUE, Permission.MONEY, Permission.STOCK, Permission.PROMOTION)
    card, one = f"/customers/{people['Ann'].id}", f"/reviews/{review}"
    for path in ("/customers", "/customers?q=%40ann", "/reviews"):
        answer = await them.get(path)
        assert (answer.status_code, name) in {(200, "Ivan"), (403, "Bob")}
        assert card not in answer.text
        assert one not in answer.text
    status = 404 if name == "Ivan" else 403
    for path in (card, one, f"{card}/serving"):
        assert (await them.get(path)).status_code == status, path
    data = {"text": "mine", "to": "hidden", "reason": "mine", "sure": "1", "seen": "served"}
    for path in (f"{card}/note", f"{card}/serving", f"{one}/answer", f"{one}/standing"):
        await send(them, "/account", path, data)
    async with database.read() as session:
        kept = await session.get_one(Review, review)
    assert (kept.owner_reply, kept.hidden_at) == (None, None)
    assert await _rows(database, Ban) == await _rows(database, CustomerNote) == await _rows(database, AdminEvent) == 0


async def test_everybody_is_on_one_page_with_their_newest_order(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User]
) -> None:
    async with database.begin() as session:
        guests = [User(telegram_id=5_000 + n, name=f"Guest {n}") for n in range(40)]
        for guest in guests:
            guest.created_at = guest.updated_at = START
        session.add_all(guests)
        await session.flush()
        for n in range(3 * buyers.WINDOW):  # the regulars among them come again and again
            guest = guests[n if n < 40 else n % 5]
            session.add(_order(guest.id, people["Olga" if n % 7 else "Ivan"].id, n))
    olga = await signed_in(browser, link_of, "Olga")
    seen: list[str] = []
    path, pages = "/customers", 0
    while path:
        page = (await olga.get(path)).text
        pages += 1
        seen += re.findall(r'/customers/(\d+)"', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = "/customers" + older[1].replace("&amp;", "&") if older else ""
    async with database.read() as session:
        query = select(Order.user_id).where(Order.owner_id == people["Olga"].id).order_by(Order.id.desc())
        newest = list(dict.fromkeys(await session.scalars(query)))
        with pytest.raises(NotPermitted):
            await buyers.list_buyers(session, Acting(9, people["Olga"].id, ALL - {Permission.ORDERS}), limit=5)
    assert [int(one) for one in seen] == newest
    assert pages >= 2
    assert "Guest 33" in (await olga.get("/customers?q=guest+33")).text


def _order(user_id: int, owner_id: int, n: int) -> Order:
    return Order(
        user_id=user_id,
        owner_id=owner_id,
        status=OrderStatus.COMPLETED,
        kind="physical",
        subtotal=100,
        total_price=100,
        currency="EUR",
        checkout_key=f"guest-{n}",
        created_at=START,
        updated_at=START,
    )


async def _rows(database: Database, table: type[Ban | CustomerNote | AdminEvent]) -> int:
    async with database.read() as session:
        return len((await session.scalars(select(table))).all())
