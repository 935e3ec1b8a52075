"""What an operator does at the desk with the goods of others: as their seller would, under the operator's own name."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from db.models import AdminEvent, User
from db.session import Database
from tests.web.desk.conftest import URL, Browser
from tests.web.desk.test_products import fields_of, price_of, send, signed_in
from tests.world.goods import a_product
from tests.world.people import IVAN

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]


async def test_an_operator_changes_the_goods_of_one_seller_at_a_time_and_it_is_written_there(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User]
) -> None:
    async with database.begin() as session:
        tea = (await a_product(session, "Sencha", price=980)).id
        his = (await a_product(session, "Lamp", price=3000, seller=IVAN)).id
    oscar, ivan, olga = [await signed_in(browser, link_of, name) for name in ("Oscar", "Ivan", "Olga")]
    chosen: dict[str, Any] = {"id": [str(tea), str(his)], "what": "price", "amount": "-10"}
    refused = await send(oscar, "/products", "/products/several", chosen, follow_redirects=True)
    assert "one seller at a time" in refused.text
    other = await send(ivan, "/products", "/products/several", chosen | {"id": str(tea)}, follow_redirects=True)
    assert "Choose some products first" in other.text, "only an operator does that"

    shown = await send(oscar, "/products", "/products/several", chosen | {"id": str(his)})
    answer = await oscar.http.post(f"{URL}/products/several/do", data=fields_of(shown.text))
    run = answer.headers["location"].removeprefix(URL)
    assert await price_of(database, his) == 2700
    assert (await olga.get(run)).status_code == 404
    async with database.read() as session:
        events = list(await session.scalars(select(AdminEvent).where(AdminEvent.owner_id == people["Ivan"].id)))
    assert f"operator:{people['Oscar'].id}" in {one.actor for one in events}
    await oscar.submit(run)

    assert await price_of(database, his) == 3000
