"""Several parcels at once: each order is sent in its own right, by who may, as it was shown, and once."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from db.models import Order, OrderStatus, Permission, Product, ProductKind, User
from db.session import Database
from tests.web.desk.conftest import OLGA, URL, Browser
from tests.web.desk.test_orders import permitted, signed_in
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import IVAN

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]


@pytest.fixture
async def waiting(database: Database, people: dict[str, User]) -> list[int]:
    """Three of Olga's that wait for their parcel, and one of Ivan's."""
    async with database.begin() as session:
        goods: list[Product] = [await a_product(session, "Tea", seller=seller) for seller in (OLGA, IVAN)]
        made = [
            Order(
                user_id=people["Ann"].id,
                owner_id=goods[place].owner_id,
                status=OrderStatus.PROCESSING,
                kind=ProductKind.PHYSICAL,
                subtotal=500,
                total_price=500,
                currency="EUR",
                checkout_key=f"several.{number}",
                address={"name": "Ann", "city": "Bremen", "country_code": "DE"},
                created_at=START,
                updated_at=START,
            )
            for number, place in enumerate((0, 0, 0, 1))
        ]
        session.add_all(made)
    return [order.id for order in made]


async def standing(database: Database) -> dict[int, tuple[str, str | None]]:
    async with database.read() as session:
        rows = await session.execute(select(Order.id, Order.status, Order.tracking))
        return {row[0]: (row[1].value, row[2]) for row in rows}


def fields_of(page: str) -> dict[str, Any]:
    """What the form has in it."""
    fields: dict[str, Any] = {"id": []}
    for tag in re.findall(r"<input[^>]*>", page):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said["name"] == "id":
            fields["id"].append(said["value"])
        else:
            fields[said["name"]] = said.get("value", "")
    return fields


async def test_they_are_shown_and_sent_with_their_numbers(
    browser: Opens, link_of: Links, waiting: list[int], database: Database, people: dict[str, User]
) -> None:
    one, two, three, his = waiting
    await permitted(database, people, Permission.ORDERS)
    bob = await signed_in(browser, link_of, "Bob")
    assert f'name="id" value="{one}"' in (await bob.get("/orders?status=to-do")).text

    shown = await bob.get(f"/orders/several?id={one}&id={two}&id={three}&id={his}&id={one}&id=x&id=99999")
    assert "Bremen" in shown.text
    fields = fields_of(shown.text)
    assert sorted(fields["id"]) == sorted(map(str, (one, two, three))), "another seller's is not there"
    async with database.begin() as session:
        await session.execute(update(Order).where(Order.id == three).values(total_price=499, subtotal=499))
    fields |= {f"tracking-{one}": " LX 123 ", "id": [*fields["id"], str(his)], f"seen-{his}": fields[f"seen-{one}"]}
    answer = await bob.http.post(f"{URL}/orders/several", data=fields, follow_redirects=True)

    assert "2 orders are on their way." in answer.text
    assert f"Not sent, as they changed meanwhile: {three}, {his}" in answer.text
    assert await standing(database) == {
        one: ("shipped", "LX 123"),
        two: ("shipped", None),
        three: ("processing", None),
        his: ("processing", None),
    }
    again = await bob.http.post(f"{URL}/orders/several", data=fields | {"id": str(one)}, follow_redirects=True)
    assert "Choose orders that wait for their parcel first." in again.text


async def test_who_does_not_see_to_orders_sends_none(
    browser: Opens, link_of: Links, waiting: list[int], database: Database, people: dict[str, User]
) -> None:
    await permitted(database, people, Permission.MONEY)
    bob = await signed_in(browser, link_of, "Bob")
    assert 'name="id"' not in (await bob.get("/orders?status=to-do")).text
    assert (await bob.get(f"/orders/several?id={waiting[0]}")).status_code in {303, 403}
    assert {status for status, _ in (await standing(database)).values()} == {"processing"}
