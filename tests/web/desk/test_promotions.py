"""Promotions at the desk: made as drafts, changed field by field, started, stopped, and kept from everybody else."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from db.models import AdminEvent, PromoCode, Promotion, PromotionGoods, PromotionKind, User
from db.session import Database
from tests.web.desk.conftest import Browser
from tests.web.desk.test_orders import signed_in
from tests.web.desk.test_products import send
from tests.world.goods import a_category, a_product

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]
FORM = {"kind": "percent", "value": "20 %", "comes": "code", "code": "sum mer"}


async def made(them: Browser, **fields: str) -> int:
    """A new draft, by its form."""
    answer = await send(them, "/promotions/new", "/promotions/new", {**FORM, **fields})
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rpartition("/")[2])


async def kept(database: Database, number: int) -> Promotion:
    """As it is in the database."""
    async with database.read() as session:
        return await session.get_one(Promotion, number)


async def test_a_code_is_made_changed_started_and_stopped(browser: Opens, link_of: Links, database: Database) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    number = await made(olga, min_amount="30", total_limit="100", first_order="1")
    one = f"/promotions/{number}"
    draft = await kept(database, number)
    assert (draft.name, draft.value, draft.min_amount, draft.total_limit, draft.first_order, draft.started_at) == (
        *("SUMMER", 20, 3000, 100, True),
        None,
    )
    page = (await olga.get(one)).text
    for said in ("\u221220 %", "It does not run yet", "30.00", 'value="100"'):
        assert said in page, said
    form = {"value": "15", "min_amount": "", "total_limit": "", "per_person": "1", "starts_at": "", "ends_at": ""}
    assert (await send(olga, one, one, form)).status_code == 303
    changed = await kept(database, number)
    assert (changed.value, changed.min_amount, changed.total_limit, changed.per_person, changed.first_order) == (
        *(15, 0, None, 1),
        False,
    )
    for field, text in (("value", "0"), ("total_limit", "many"), ("ends_at", "1999-01-01"), ("min_amount", "x")):
        answer = await send(olga, one, one, {**form, field: text})
        assert (answer.status_code, f'id="{field}-hint" role="alert"' in answer.text) == (422, True), field
        assert f'value="{text}"' in answer.text  # nothing that was typed is lost
    await send(olga, one, f"{one}/running", {"to": "run"})
    assert "runs" in (await olga.get("/promotions")).text
    await send(olga, one, f"{one}/discard", {"sure": "1", "seen": str(number)})  # it ran: it stays
    await send(olga, one, f"{one}/running", {"to": "stop"})
    assert (await kept(database, number)).stopped_at is not None
    assert "No order has used it yet." in (await olga.get(f"{one}/uses")).text
    async with database.read() as session:
        actions = list(await session.scalars(select(AdminEvent.action).order_by(AdminEvent.id)))
    assert actions == ["promotion.made", "promotion.changed", "promotion.set", "promotion.set"]


async def test_offers_of_every_kind_and_what_cannot_be_one(browser: Opens, link_of: Links, database: Database) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    await made(olga)
    fixed = await made(olga, kind="fixed", value="5", comes="itself")
    units = await made(olga, kind="buy_x_get_y", buy_units="2", free_units="1", comes="codes", name=" Three  for two ")
    free = await made(olga, kind="free_shipping", comes="itself")
    for number, name, kind in (
        (fixed, "€5.00 off", PromotionKind.FIXED),
        (units, "Three for two", PromotionKind.BUY_X_GET_Y),
        (free, "Free shipping", PromotionKind.FREE_SHIPPING),
    ):
        offer = await kept(database, number)
        assert (offer.name, offer.kind) == (name, kind)
    for fields, field in (
        ({"code": "a"}, "code"),
        ({"code": "SUMMER"}, "code"),  # there is one
        ({"value": "100"}, "value"),
        ({"kind": "buy_x_get_y", "buy_units": "0"}, "buy_units"),
        ({"code": "OTHER", "starts_at": "2999-01-01"}, "starts_at"),
    ):
        answer = await send(olga, "/promotions/new", "/promotions/new", {**FORM, **fields})
        assert (answer.status_code, f'id="{field}-hint" role="alert"' in answer.text) == (422, True), fields

    one = f"/promotions/{units}"
    await send(olga, one, f"{one}/codes", {"count": "3"})
    await send(olga, one, f"{one}/codes", {"count": "999999"})
    lines = (await olga.get(f"{one}/codes.csv")).text.split()
    assert (lines[0], len(lines)) == ("code,used", 4)
    assert "3 codes of it go, too." in (await olga.get(f"{one}/discard")).text
    await send(olga, one, f"{one}/discard", {"sure": "1", "seen": str(units)})
    async with database.read() as session:
        assert await session.get(Promotion, units) is None
        assert len((await session.scalars(select(PromoCode))).all()) == 1


async def test_it_is_for_what_its_seller_chose(browser: Opens, link_of: Links, database: Database) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    number = await made(olga)
    async with database.begin() as session:
        tea = await a_category(session, "Tea")
        mine = (await a_product(session, "Green tea", category=tea)).id
    goods = f"/promotions/{number}/goods"
    found = (await olga.get(f"{goods}?q=tea")).text
    assert f'value="c{tea.id}"' in found
    assert f'value="p{mine}"' in found
    for add in (f"c{tea.id}", f"p{mine}", f"p{mine}", "p999", "x", ""):
        await send(olga, goods, goods, {"add": add, "q": "tea"})
    async with database.read() as session:
        rows = [(row.category_id, row.product_id) for row in await session.scalars(select(PromotionGoods))]
    assert sorted(rows, key=str) == sorted([(tea.id, None), (None, mine)], key=str)
    await send(olga, goods, goods, {"drop": f"c{tea.id}"})
    page = (await olga.get(f"/promotions/{number}")).text
    assert "Green tea" in page
    assert "For everything." not in page


@pytest.mark.parametrize("name", ["Ivan", "Bob", "Oscar"])
async def test_others_neither_see_nor_change_it(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User], name: str
) -> None:
    olga, them = await signed_in(browser, link_of, "Olga"), await signed_in(browser, link_of, name)
    number = await made(olga)
    one = f"/promotions/{number}"
    refused = {403} if name == "Bob" else {404}  # a promotion is its seller's alone, as in the chat
    for path in ("", "/uses", "/goods", "/codes.csv", "/discard"):
        assert (await them.get(f"{one}{path}")).status_code in refused, path
    for path, data in (
        ("", {"value": "99"}),
        ("/running", {"to": "run"}),
        ("/discard", {"sure": "1", "seen": str(number)}),
        ("/codes", {"count": "5"}),
        ("/goods", {"add": "c1"}),
    ):
        await send(them, "/account", f"{one}{path}", data)
    left = await kept(database, number)
    assert (left.value, left.started_at) == (20, None)
    assert people[name].id != left.owner_id
