"""Orders at the desk: found and read by who may, and moved by the use cases of the chat."""

import re
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import func, select, update

from db.models import AdminEvent, Message, Order, OrderNote, OrderStatus, Permission, StaffMember, User
from db.models.staff import written
from db.session import Database
from tests.web.desk.conftest import URL, Browser
from tests.world.clock import START

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]


@pytest.fixture
async def order_id(database: Database, people: dict[str, User]) -> int:
    """Ann's order of Olga's tea, paid in the chat and waiting to be sent."""
    from db.models import OrderItem, Payment, PaymentStatus
    from tests.world.goods import a_product

    async with database.begin() as session:
        tea = await a_product(session, "Green tea", price=450)
        order = Order(
            user_id=people["Ann"].id,
            owner_id=people["Olga"].id,
            status=OrderStatus.PROCESSING,
            kind="physical",
            subtotal=900,
            total_price=900,
            currency="EUR",
            checkout_key="k1",
            payment_method="telegram",
            address={"name": "Ann", "street_line1": "Lindenstraße 1", "city": "Berlin", "country_code": "DE"},
            created_at=START,
            updated_at=START,
        )
        session.add(order)
        await session.flush()
        session.add(OrderItem(order_id=order.id, product_id=tea.id, name="Green tea", quantity=2, price=450))
        session.add(
            Payment(
                order_id=order.id,
                payment_status=PaymentStatus.COMPLETED,
                amount=900,
                currency="EUR",
                payment_method="telegram",
                payment_date=START,
                created_at=START,
                updated_at=START,
            )
        )
    return order.id


async def signed_in(browser: Opens, link_of: Links, name: str) -> Browser:
    """Somebody with the desk before them."""
    opened = browser()
    await opened.comes_by(await link_of(name))
    return opened


async def permitted(database: Database, people: dict[str, User], *permissions: Permission) -> None:
    """Bob may do this for Olga, and nothing else."""
    async with database.begin() as session:
        mine = update(StaffMember).where(StaffMember.user_id == people["Bob"].id)
        await session.execute(mine.values(permissions=written(frozenset(permissions))))


async def status_of(database: Database, order_id: int) -> OrderStatus:
    """Where it stands."""
    async with database.read() as session:
        return (await session.scalars(select(Order.status).where(Order.id == order_id))).one()


async def test_an_order_is_listed_found_and_read(browser: Opens, link_of: Links, order_id: int) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    for path in ("/orders", "/orders?status=to-do", "/orders?q=ann", "/orders?q=green+tea", "/orders?q=%40ann"):
        assert f"/orders/{order_id}" in (await olga.get(path)).text, path
    for path in ("/orders?status=shipped", "/orders?q=bob"):
        assert f"/orders/{order_id}" not in (await olga.get(path)).text
    assert (await olga.get(f"/orders?q=%23{order_id}")).headers["location"] == f"{URL}/orders/{order_id}"
    page = (await olga.get(f"/orders/{order_id}")).text
    for said in ("Lindenstraße 1", "2 × Green tea", "€9.00", "🚚 Ship", "✕ Cancel", "💸 Give money back"):
        assert said in page


async def test_another_seller_sees_and_moves_nothing(
    browser: Opens, link_of: Links, database: Database, order_id: int
) -> None:
    ivan = await signed_in(browser, link_of, "Ivan")
    assert f"/orders/{order_id}" not in (await ivan.get("/orders")).text
    assert (await ivan.get(f"/orders?q={order_id}")).status_code == 200  # no way to it
    assert (await ivan.get(f"/orders/{order_id}")).status_code == 404
    for move in ("ship", "cancel", "refund", "complete", "money", "accept", "nothing"):
        assert (await ivan.get(f"/orders/{order_id}/do/{move}")).status_code == 404
    token = re.findall(r'csrftoken" value="([^"]+)"', (await ivan.get("/account")).text)[0]
    for path in ("write/note", "write/answer", "do/ship", "do/cancel"):
        data = {"csrftoken": token, "text": "mine", "sure": "1", "once": "x"}
        answer = await ivan.http.post(f"{URL}/orders/{order_id}/{path}", data=data)
        assert answer.status_code == 404, path
    assert await status_of(database, order_id) is OrderStatus.PROCESSING


async def test_staff_ship_where_they_may_and_give_nothing_back(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], order_id: int
) -> None:
    bob = await signed_in(browser, link_of, "Bob")
    page = (await bob.get(f"/orders/{order_id}")).text
    assert "🚚 Ship" in page
    assert "Give money back" not in page
    assert "✕ Cancel" not in page  # its money would go back
    for move in ("refund", "cancel", "money"):
        assert (await bob.get(f"/orders/{order_id}/do/{move}")).status_code == 403, move
    await permitted(database, people, Permission.STOCK)
    assert (await bob.get(f"/orders/{order_id}")).status_code == 403
    assert (await bob.get("/orders")).status_code == 403
    await permitted(database, people, Permission.ORDERS)
    page = (await bob.get(f"/orders/{order_id}/do/ship")).text
    await _confirm(bob, page, f"/orders/{order_id}/do/ship", text="DHL 00340434161094042557")
    assert await status_of(database, order_id) is OrderStatus.SHIPPED
    async with database.read() as session:
        event = (await session.scalars(select(AdminEvent))).one()
    assert (event.actor, event.action) == (f"staff:{people['Bob'].id}", "order.shipped")


async def test_a_question_counts_for_what_it_showed(
    browser: Opens, link_of: Links, database: Database, order_id: int
) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    page = (await olga.get(f"/orders/{order_id}/do/complete")).text
    assert "It was not marked as sent" in page
    async with database.begin() as session:
        await session.execute(update(Order).where(Order.id == order_id).values(status=OrderStatus.SHIPPED))
    again = await _confirm(olga, page, f"/orders/{order_id}/do/complete")
    assert "has changed meanwhile" in again
    assert await status_of(database, order_id) is OrderStatus.SHIPPED
    await _confirm(olga, again, f"/orders/{order_id}/do/complete")
    assert await status_of(database, order_id) is OrderStatus.COMPLETED


async def test_what_is_written_is_kept_once_and_shown_as_it_was_written(
    browser: Opens, link_of: Links, database: Database, order_id: int
) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    page = (await olga.get(f"/orders/{order_id}")).text
    evil = "<script>alert(1)</script>"
    for path in ("write/note", "write/answer", "write/answer"):
        await _confirm(olga, page, f"/orders/{order_id}/{path}", text=evil)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Message)) == 1
        assert await session.scalar(select(func.count()).select_from(OrderNote)) == 1
    page = (await olga.get(f"/orders/{order_id}")).text
    assert evil not in page
    assert "&lt;script&gt;alert(1)" in page


async def test_a_page_of_orders_is_turned_along_their_numbers(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], order_id: int
) -> None:
    async with database.begin() as session:
        for n in range(60):
            order = Order(
                user_id=people["Ann"].id,
                owner_id=people["Olga"].id,
                status=OrderStatus.COMPLETED,
                kind="physical",
                subtotal=100,
                total_price=100,
                currency="EUR",
                checkout_key=f"more-{n}",
                created_at=START,
                updated_at=START,
            )
            session.add(order)
    olga = await signed_in(browser, link_of, "Olga")
    seen: set[str] = set()
    path, pages = "/orders", 0
    while path:
        page = (await olga.get(path)).text
        pages += 1
        found = re.findall(r'data-desk-order="(\d+)"', page)
        assert not seen & set(found)
        seen |= set(found)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = "/orders" + older[1].replace("&amp;", "&") if older else ""
    assert (pages, len(seen)) == (3, 61)
    for odd in ("before=x", "before=-1", "after=99999999999999999999", "status=%00", "q=%00", "q=" + "x" * 500):
        assert (await olga.get(f"/orders?{odd}")).status_code == 200, odd


async def _confirm(opened: Browser, page: str, path: str, **more: str) -> str:
    """Send the form of a page; the page that comes next."""
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = await opened.http.post(f"{URL}{path}", data={**fields, **more})
    if answer.status_code == 303:
        answer = await opened.http.get(answer.headers["location"])
    assert answer.status_code == 200, answer.text[:300]
    return answer.text
