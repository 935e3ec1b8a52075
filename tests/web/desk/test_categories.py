"""The tree of categories at the desk: made, named, moved, put in order, hidden and deleted by the rules of the chat."""

import re
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from db.models import AdminEvent, Category, User
from db.session import Database
from db.texts import texts_of
from tests.web.desk.conftest import URL, Browser
from tests.web.desk.test_orders import signed_in
from tests.web.desk.test_products import send
from tests.world.goods import a_category, a_product
from web.desk.categories.pages import SIZE

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]


async def made(them: Browser, name: str, below: int | str = "") -> int:
    """A new category, by its form."""
    page = f"/categories/new?below={below}"
    answer = await send(them, page, "/categories/new", {"name": name, "below": str(below)})
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rpartition("/")[2])


async def test_a_tree_grows_is_put_in_order_and_named_in_languages(
    browser: Opens, link_of: Links, database: Database
) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    tea, mugs = await made(olga, "Tea"), await made(olga, "Mugs & pots")
    green = await made(olga, "Green", tea)
    page = (await olga.get("/categories")).text
    assert "Mugs &amp; pots" in page
    assert re.findall(r'id="c(\d+)"', page) == [str(tea), str(green), str(mugs)]
    await send(olga, "/categories", "/categories/place", {"place": f"{mugs}:0", "page": "0"})
    assert re.findall(r'id="c(\d+)"', (await olga.get("/categories")).text) == [str(mugs), str(tea), str(green)]

    one = f"/categories/{green}"
    names = {"name": "Green tea", "name_de": "Grüner Tee", "name_ru": " "}
    assert (await send(olga, one, one, names)).status_code == 303
    taken = await send(olga, one, f"/categories/{mugs}", {"name": "tea", "name_de": "Becher"})
    assert (taken.status_code, "There is a category of this name already." in taken.text) == (422, True)
    assert "Becher" in taken.text  # nothing that was typed is lost
    slash = await send(olga, one, one, {"name": "Green tea", "name_de": "Tee / grün"})
    assert (slash.status_code, 'id="name_de-hint"' in slash.text) == (422, True)
    await send(olga, one, f"{one}/move", {"to": str(mugs)})
    await send(olga, one, f"/categories/{mugs}/move", {"to": str(green)})
    assert "A category cannot go below itself." in (await olga.get(one)).text
    async with database.read() as session:
        kept = await session.get_one(Category, green)
        actions = set(await session.scalars(select(AdminEvent.action)))
    assert (kept.name, kept.parent_id, texts_of(kept.texts)["de"].name) == ("Green tea", mugs, "Grüner Tee")
    assert {"category.created", "category.renamed", "category.translated", "category.moved"} <= actions
    assert f"/categories/{green}" in (await olga.get("/categories?q=gReEn")).text
    assert (
        f"/categories/{mugs}"
        not in (await olga.get("/categories?q=green")).text.partition("<ul")[2].partition("/ul")[0]
    )


async def test_it_is_hidden_shown_and_deleted_when_empty_and_asked_for(
    browser: Opens, link_of: Links, database: Database
) -> None:
    olga = await signed_in(browser, link_of, "Olga")
    tea, old = await made(olga, "Tea"), await made(olga, "Old")
    async with database.begin() as session:
        await a_product(session, "Sencha", category=await session.get_one(Category, tea))
    for number, to, hidden in ((tea, "hidden", True), (tea, "shown", False)):
        await send(olga, "/categories", f"/categories/{number}/shown", {"to": to})
        async with database.read() as session:
            assert (await session.get_one(Category, number)).hidden is hidden
    assert (await olga.get(f"/categories/{tea}/delete")).status_code == 303  # something is in it
    assert "This cannot be undone" in (await olga.get(f"/categories/{old}/delete")).text
    await send(olga, "/categories", f"/categories/{old}/delete", {"sure": "1", "seen": "another"})
    await send(olga, "/categories", f"/categories/{tea}/delete", {"sure": "1", "seen": "Tea"})
    async with database.read() as session:
        assert len((await session.scalars(select(Category))).all()) == 2
    await send(olga, "/categories", f"/categories/{old}/delete", {"sure": "1", "seen": "Old"})
    async with database.read() as session:
        assert (await session.scalars(select(Category.name))).all() == ["Tea"]


async def test_what_holds_the_goods_of_others_is_read_and_left_alone(
    browser: Opens, link_of: Links, database: Database, people: dict[str, User]
) -> None:
    olga, ivan, bob = [await signed_in(browser, link_of, name) for name in ("Olga", "Ivan", "Bob")]
    tea = await made(olga, "Tea")
    async with database.begin() as session:
        await a_product(session, "Sencha", category=await session.get_one(Category, tea))
    one = f"/categories/{tea}"
    page = (await ivan.get(one)).text
    assert "only an operator changes it" in page
    assert "<fieldset disabled>" in page
    for path, data in (
        ("", {"name": "Mine"}),
        ("/move", {"to": "top"}),
        ("/shown", {"to": "hidden"}),
        ("/delete", {"sure": "1", "seen": "Tea"}),
    ):
        for them in (ivan, bob):
            await send(them, "/account", f"{one}{path}", data)
    await send(ivan, "/account", "/categories/place", {"place": f"{tea}:5"})
    async with database.read() as session:
        kept = await session.get_one(Category, tea)
        assert (kept.name, kept.hidden) == ("Tea", False)
    assert (await bob.get("/categories")).status_code == 403
    assert (await olga.get("/categories/999")).status_code == 404


async def test_hundreds_of_categories_are_turned_page_by_page(
    browser: Opens, link_of: Links, database: Database
) -> None:
    async with database.begin() as session:
        above = [await a_category(session, f"Top {n}") for n in range(5)]
        await session.flush()
        session.add_all(Category(name=f"Under {n}", parent_id=above[n % 5].id, position=n) for n in range(2 * SIZE))
    olga = await signed_in(browser, link_of, "Olga")
    seen: list[str] = []
    path = "/categories"
    while path:
        page = (await olga.get(path)).text
        seen += re.findall(r'id="c(\d+)"', page)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = "/categories" + after[1].replace("&amp;", "&") if after else ""
    assert (len(seen), len(set(seen))) == (5 + 2 * SIZE,) * 2
    for odd in ("page=99999", "page=-1", "page=x", "q=%00"):
        assert (await olga.get(f"/categories?{odd}")).status_code == 200
    assert URL in str((await olga.get("/categories")).url)
