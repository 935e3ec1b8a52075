"""Keys and languages of a product at the desk: added line by line, revoked, put back, and named for other readers."""

import re
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, update

from db.models import (
    AdminEvent,
    Inventory,
    Order,
    OrderItem,
    OrderStatus,
    Payment,
    PaymentStatus,
    Permission,
    Product,
    ProductKind,
    Unit,
    UnitState,
    User,
)
from db.session import Database
from db.texts import texts_of
from tests.web.desk.conftest import Browser
from tests.web.desk.test_orders import permitted, signed_in
from tests.web.desk.test_products import send
from tests.world.clock import START
from tests.world.goods import a_product

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]


@pytest.fixture
async def game(database: Database, people: dict[str, User]) -> int:
    """A download of Olga's, the same for everybody until now."""
    async with database.begin() as session:
        return (await a_product(session, "Moon game", kind=ProductKind.DIGITAL, content="the same", stock=0)).id


async def sold(database: Database, people: dict[str, User], product_id: int, content: str) -> int:
    """One of the keys is Ann's, who paid for it."""
    async with database.begin() as session:
        order = Order(
            user_id=people["Ann"].id,
            owner_id=people["Olga"].id,
            status=OrderStatus.COMPLETED,
            kind="digital",
            subtotal=900,
            total_price=900,
            currency="EUR",
            checkout_key="k1",
            created_at=START,
            updated_at=START,
        )
        session.add(order)
        await session.flush()
        item = OrderItem(order_id=order.id, product_id=product_id, name="Moon game", quantity=1, price=900)
        paid = {"payment_status": PaymentStatus.COMPLETED, "amount": 900, "currency": "EUR", "payment_date": START}
        session.add_all([item, Payment(order_id=order.id, created_at=START, updated_at=START, **paid)])
        await session.flush()
        mine = update(Unit).where(Unit.content == content)
        await session.execute(mine.values(state=UnitState.SOLD, order_item_id=item.id, claimed_at=START))
        stock = update(Inventory).where(Inventory.product_id == product_id)
        await session.execute(stock.values(quantity_in_stock=Inventory.quantity_in_stock - 1))
        return (await session.scalars(select(Unit.id).where(Unit.content == content))).one()


async def states(database: Database) -> dict[str, UnitState]:
    """Where every key is."""
    async with database.read() as session:
        return {unit.content: unit.state for unit in await session.scalars(select(Unit).order_by(Unit.id))}


async def test_keys_are_added_listed_opened_revoked_and_taken_out(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], game: int
) -> None:
    olga, pool = await signed_in(browser, link_of, "Olga"), f"/products/{game}/keys"
    assert "Until now every buyer gets the same content" in (await olga.get(pool)).text
    await send(olga, pool, pool, {"keys": "AAAA-1111-first\nBBBB-2222-second\n\nAAAA-1111-first\n" + "x" * 501})
    page = (await olga.get(pool)).text
    for said in ("2 keys added.", "1 was there already.", "Too long, in line 5.", "Free (2)"):
        assert said in page, said
    assert "BBBB-2222" not in page  # its end alone
    table = {"file": ("keys.csv", b"key;note\nCCCC-3333-third;x\n", "text/csv")}
    await send(olga, pool, pool, {"keys": ""}, files=table)
    await send(olga, pool, pool, {"keys": ""}, files={"file": ("keys.txt", b"\xff\xfe\x00", "text/plain")})
    assert list(await states(database)) == ["AAAA-1111-first", "BBBB-2222-second", "CCCC-3333-third"]

    first = await sold(database, people, game, "AAAA-1111-first")
    assert f"/keys/{first}" in (await olga.get(f"{pool}?state=sold")).text
    assert "AAAA-1111-first" in (await olga.get(f"/keys/{first}")).text
    assert (await send(olga, pool, f"/keys/{first}/revoke", {"reason": " ", "replace": "1"})).status_code == 303
    for _ in range(2):  # a double click replaces once
        await send(olga, pool, f"/keys/{first}/revoke", {"reason": "used up", "replace": "1"})
    assert await states(database) == {
        "AAAA-1111-first": UnitState.REVOKED,
        "BBBB-2222-second": UnitState.SOLD,
        "CCCC-3333-third": UnitState.FREE,
    }
    assert b"CCCC-3333-third" in (await send(olga, pool, f"{pool}/file", {})).content
    seen = re.search(r'name="seen" value="([^"]+)"', (await olga.get(f"{pool}/withdraw")).text)
    assert seen is not None
    await send(olga, pool, f"{pool}/withdraw", {"sure": "1", "seen": "9:9"})
    assert "CCCC-3333-third" in await states(database)
    await send(olga, pool, f"{pool}/withdraw", {"sure": "1", "seen": seen[1]})
    assert "CCCC-3333-third" not in await states(database)
    for odd in ("state=odd", "page=99999999", "page=x", "state=sold&page=3"):
        assert (await olga.get(f"{pool}?{odd}")).status_code == 200, odd
    async with database.read() as session:
        actions = set(await session.scalars(select(AdminEvent.action)))
    assert {"units.added", "unit.opened", "unit.revoked", "units.exported", "units.withdrawn"} <= actions


async def test_a_key_whose_money_went_back_is_put_back_after_a_question(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], game: int
) -> None:
    olga, pool = await signed_in(browser, link_of, "Olga"), f"/products/{game}/keys"
    await send(olga, pool, pool, {"keys": "AAAA-1111-first"})
    number = await sold(database, people, game, "AAAA-1111-first")
    back = f"/keys/{number}/back"
    await send(olga, pool, back, {"sure": "1", "seen": "sold:1"})
    assert (await states(database))["AAAA-1111-first"] is UnitState.SOLD  # its buyer has it
    async with database.begin() as session:
        await session.execute(update(Payment).values(refunded_amount=900))
    assert "It is sold again" in (await olga.get(back)).text
    await send(olga, pool, back, {"sure": "1", "seen": "sold:1"})
    assert (await states(database))["AAAA-1111-first"] is UnitState.FREE


@pytest.mark.parametrize("name", ["Ivan", "Bob"])
async def test_others_read_and_change_no_key_and_no_name(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], game: int, name: str
) -> None:
    olga, them = await signed_in(browser, link_of, "Olga"), await signed_in(browser, link_of, name)
    await permitted(database, people, Permission.MONEY, Permission.PROMOTION)
    pool = f"/products/{game}/keys"
    await send(olga, pool, pool, {"keys": "AAAA-1111-first"})
    number = await sold(database, people, game, "AAAA-1111-first")
    for path in (pool, f"{pool}/withdraw", f"/keys/{number}", f"/keys/{number}/back", f"/products/{game}/languages"):
        answer = await them.get(path)
        assert answer.status_code == (403 if name == "Bob" else 404), path
        assert "AAAA" not in answer.text
    for path, data in (
        (pool, {"keys": "mine"}),
        (f"{pool}/file", {}),
        (f"{pool}/withdraw", {"sure": "1", "seen": "0:0"}),
        (f"/keys/{number}/revoke", {"reason": "mine", "replace": "1"}),
        (f"/keys/{number}/back", {"sure": "1", "seen": "sold:1"}),
        (f"/products/{game}/languages", {"name_de": "Meins", "description_de": ""}),
    ):
        assert b"AAAA" not in (await send(them, "/account", path, data)).content
    assert await states(database) == {"AAAA-1111-first": UnitState.SOLD}
    async with database.read() as session:
        assert (await session.get_one(Product, game)).texts is None


async def test_a_product_is_named_in_several_languages_at_once(
    browser: Opens, link_of: Links, database: Database, game: int
) -> None:
    olga, page = await signed_in(browser, link_of, "Olga"), f"/products/{game}/languages"
    form = {"name_de": "Mondspiel", "description_de": "Ein Spiel.\r\nSehr schön.", "name_ru": "", "description_ru": ""}
    assert (await send(olga, page, page, form)).status_code == 303
    answer = await send(olga, page, page, {**form, "name_de": "x" * 201, "name_ru": "Луна"})
    assert answer.status_code == 422
    assert "Луна" in answer.text  # nothing that was typed is lost
    async with database.read() as session:
        texts = texts_of((await session.get_one(Product, game)).texts)
    assert set(texts) == {"de"}
    assert (texts["de"].name, texts["de"].description) == ("Mondspiel", "Ein Spiel.\nSehr schön.")
    await send(olga, page, page, {"name_de": "", "description_de": ""})
    async with database.read() as session:
        assert texts_of((await session.get_one(Product, game)).texts) == {}
