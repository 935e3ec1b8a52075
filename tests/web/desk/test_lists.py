"""Money and the log at the desk: everybody reads their own, and who may not reads nothing."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import update

from db.models import Payment, PaymentStatus, User
from db.session import Database
from shop.payments import listed
from shop.payments.listed import Which
from shop.people.permissions import ALL, Acting, Permission
from shop.refusals import NotPermitted
from tests.web.desk.conftest import Browser
from tests.web.desk.test_orders import order_id as an_order
from tests.web.desk.test_orders import permitted, signed_in

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]
order_id = an_order


async def test_money_is_read_by_who_sees_to_it(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], order_id: int
) -> None:
    olga, ivan, bob = [await signed_in(browser, link_of, name) for name in ("Olga", "Ivan", "Bob")]
    row = f'data-desk-order="{order_id}"'
    assert row in (await olga.get("/money")).text
    assert row not in (await olga.get("/money?which=back")).text
    assert row not in (await ivan.get("/money")).text
    assert (await bob.get("/money")).status_code == 403
    await permitted(database, people, Permission.MONEY)
    assert row in (await bob.get("/money")).text
    async with database.begin() as session:
        await session.execute(update(Payment).values(refunded_amount=900, payment_status=PaymentStatus.DISPUTED))
    for which in ("back", "disputed", "all", "odd"):
        assert row in (await olga.get(f"/money?which={which}&before=")).text
    assert row not in (await olga.get(f"/money?before={order_id}")).text


async def test_the_list_of_money_asks_by_itself_and_goes_on_where_it_stopped(
    database: Database, people: dict[str, User], order_id: int
) -> None:
    olga = people["Olga"].id
    async with database.read() as session:
        with pytest.raises(NotPermitted):
            await listed.list_money(session, Acting(9, olga, frozenset({Permission.ORDERS})), Which.ALL)
        found = await listed.list_money(session, Acting(olga, olga, ALL), Which.ALL, limit=1)
        assert ([one.order_id for one in found.rows], found.further) == ([order_id], None)


async def test_the_log_is_for_owners_and_says_what_the_chat_says(browser: Opens, link_of: Links, order_id: int) -> None:
    olga, bob, ivan = [await signed_in(browser, link_of, name) for name in ("Olga", "Bob", "Ivan")]
    page = (await olga.get(f"/orders/{order_id}")).text
    fields = {"csrftoken": page.partition('name="csrftoken" value="')[2].partition('"')[0], "text": "<i>odd</i>"}
    await olga.http.post(f"https://shop.test/desk/orders/{order_id}/write/note", data=fields)
    read = (await olga.get("/log?kind=orders")).text
    assert "noted something about an order" in read
    assert "<i>odd</i>" not in read
    assert "noted something" not in (await olga.get("/log?kind=staff")).text
    assert "noted something" not in (await ivan.get("/log")).text
    assert (await bob.get("/log")).status_code == 403
