"""What a customer wrote and photographed for a return goes with the other texts of its order, and is theirs to take."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from db.models import Order, Return, ReturnEvent, ReturnPhoto, ReturnReason
from db.session import Database
from shop import orders, returns
from shop.policy import Policy
from shop.privacy import scrubbing, taking_along
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.goods import a_product
from tests.world.people import ANN, OLGA, user


@pytest.mark.one_database
async def test_the_words_and_photos_of_a_return_go_and_its_pieces_stay(database: Database, tmp_path: Path) -> None:
    async with database.begin() as session:
        ann, olga, tea = await user(session, ANN), await user(session, OLGA), await a_product(session, "Tea", stock=5)
        order = await place(session, ann, tea)
        await pay(session, order)
        await orders.ship(session, olga, order.id, "DHL 42", now=START)
        item = (await orders.get_for_customer(session, ann, order.id)).items[0].id
        row = await returns.ask_back(
            session,
            ann,
            order.id,
            {item: 1},
            reason=ReturnReason.DAMAGED,
            words="I, Ann, saw a crack.",
            photos=[("AgAD", 1)],
            policy=Policy(),
            now=START,
        )
    await taking_along.write_file(database, ann.id, tmp_path / "ann.zip")
    with ZipFile(tmp_path / "ann.zip") as file:
        assert [one["words"] for one in json.loads(file.read("returns.json"))] == ["I, Ann, saw a crack."]

    async with database.begin() as session:
        await scrubbing.scrub_orders(session, [order.id], now=START)
    async with database.read() as session:
        kept = await session.get_one(Return, row.id)
        assert (kept.words, kept.answer, kept.reason) == ("", "", ReturnReason.DAMAGED)
        assert set(await session.scalars(select(ReturnEvent.text))) == {""}
        assert await session.scalar(select(func.count()).select_from(ReturnPhoto)) == 0
        sold = await session.get_one(Order, order.id)
        assert (sold.tracking, sold.carrier, sold.tracking_url) == (None, None, None)
