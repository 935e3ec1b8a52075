"""The file has everything about the person who asks, and nothing about anybody else, however much it is."""

import json
import tracemalloc
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import insert, select

from db.base import Base
from db.models import Message, Order, Product, User
from db.session import Database
from shop.privacy import holdings, taking_along
from tests.shop.privacy.test_departing import a_life
from tests.world.clock import START
from tests.world.everything import ODD, a_shop_with_everything
from tests.world.people import BOB, user

MANY = 3000
NOT_TAKEN = {  # rows that say nothing about the person beside what the file has
    "carts",  # its lines are there
    "redemptions",  # the order names the code
    "order_sights",
    "customer_notes",  # a seller's own thoughts
    "admin_events",
    "broadcast_recipients",
    "departures",
    "desk_links",
    "desk_sessions",
}


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    with ZipFile(path) as bundle:
        return {name.removesuffix(".json"): json.loads(bundle.read(name)) for name in bundle.namelist()}


async def test_everything_of_ann_is_there_and_nothing_of_bob(database: Database, tmp_path: Path) -> None:
    ann, order = await a_life(database)
    async with database.begin() as session:
        bob, tea = await user(session, BOB), (await session.scalars(select(Product).limit(1))).one()
        theirs = {"customer_id": bob.id, "seller_id": tea.owner_id, "author": "customer", "created_at": START}
        session.add(Message(text="Bob speaks", once="bobs", **theirs))

    counts = await taking_along.write_file(database, ann.id, tmp_path / "ann.zip")
    found = read(tmp_path / "ann.zip")

    assert {name: len(rows) for name, rows in found.items()} == dict(counts)
    assert found["profile"][0]["telegram_id"] == 1001
    assert found["orders"][0]["id"] == order.id
    assert found["orders"][0]["address"]["city"] == "Berlin"
    assert found["orders"][0]["items"] == [{"name": "Green tea", "quantity": 1, "price": 450, "discount": 0}]
    assert [row["text"] for row in found["messages"]] == ["I am Ann"]
    assert found["reviews"][0]["comment"] == "Ann here"
    assert all(found[part] for part in ("addresses", "cart", "favourites", "waits_for"))
    assert "Bob" not in json.dumps(found)


@pytest.mark.one_database
async def test_a_table_that_goes_with_the_person_is_in_the_file(database: Database, tmp_path: Path) -> None:
    """A new table with somebody's data is either taken along or named in NOT_TAKEN."""
    async with database.begin() as session:
        await a_shop_with_everything(session)
        ann = (await session.scalars(select(User.id).where(User.name == "Ann"))).one()
    read_from: set[str] = set()
    for part in taking_along.PARTS:
        for source in part.query(ann).get_final_froms():
            read_from |= {name for name in Base.metadata.tables if name in str(source).replace(" ", ",").split(",")}
    customers = {name for name, what in holdings.BECOMES.items() if what != holdings.SELLS}
    assert customers - read_from - NOT_TAKEN == {"dialogs", "kept_forms"} - read_from

    await taking_along.write_file(database, ann, tmp_path / "ann.zip")
    assert read(tmp_path / "ann.zip")["messages"][0]["text"] == ODD


@pytest.mark.one_database
async def test_very_much_is_written_a_page_at_a_time(database: Database, tmp_path: Path) -> None:
    ann, order = await a_life(database)
    async with database.begin() as session:
        seller = (await session.get_one(Order, order.id)).owner_id
        common = {"customer_id": ann.id, "seller_id": seller, "author": "customer", "created_at": START}
        await session.execute(insert(Message), [{"text": "x" * 2000, "once": f"m{n}", **common} for n in range(MANY)])
    tracemalloc.start()
    counts = await taking_along.write_file(database, ann.id, tmp_path / "ann.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert counts["messages"] == MANY + 1
    assert peak < 4_000_000  # the messages alone are six million letters
    assert len(read(tmp_path / "ann.zip")["messages"]) == MANY + 1
