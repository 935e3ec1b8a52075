"""Products at the desk: a seller's own, changed by the rules of the chat, several at once with a way back."""

import base64
import re
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image
from sqlalchemy import select
from starlette.types import ASGIApp

from db.models import Product, StockMovement, User
from db.session import Database
from tests.web.desk.conftest import TOKEN, URL, Browser
from tests.world.goods import a_product, a_product_with_variants
from web.desk.admin import create
from web.desk.behind import Behind
from web.desk.products import uploads

pytestmark = pytest.mark.one_database
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]


@pytest.fixture
def desk(desk: ASGIApp, tmp_path: Path) -> ASGIApp:
    """The desk, with a folder of pictures."""
    kept: Behind = desk._behind  # type: ignore[attr-defined]  # what the door serves with
    return create(replace(kept, media=tmp_path))


@pytest.fixture
async def tea(database: Database, people: dict[str, User]) -> int:
    """A product of Olga's."""
    async with database.begin() as session:
        return (await a_product(session, "Sencha", price=980, stock=5)).id


async def signed_in(browser: Opens, link_of: Links, name: str = "Olga") -> Browser:
    them = browser()
    await them.comes_by(await link_of(name))
    return them


async def send(them: Browser, page: str, to: str, data: dict[str, Any], **more: Any) -> Any:
    """A form of one page, sent to another address."""
    token = TOKEN.search((await them.get(page)).text)
    assert token is not None
    return await them.http.post(f"{URL}{to}", data={"csrftoken": token[1], **data}, **more)


async def price_of(database: Database, product_id: int) -> int:
    async with database.read() as session:
        return (await session.get_one(Product, product_id)).price


async def test_a_seller_sees_and_changes_her_own(browser: Opens, link_of: Links, tea: int, database: Database) -> None:
    olga = await signed_in(browser, link_of)

    assert "Sencha" in (await olga.get("/products?q=senc")).text
    form = {"name": "Sencha <b>", "category": "Tea / Green", "price": "12.50", "description": "", "attributes": ""}
    assert (await send(olga, f"/products/{tea}", f"/products/{tea}", {**form, "low_stock_at": "2"})).status_code == 303
    assert await price_of(database, tea) == 1250
    page = (await olga.get(f"/products/{tea}")).text
    assert "Sencha &lt;b&gt;" in page
    assert "Tea / Green" in page


async def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(
    browser: Opens, link_of: Links, tea: int, database: Database
) -> None:
    olga = await signed_in(browser, link_of)

    form = {"name": "Another name", "category": "", "price": "cheap", "description": "", "attributes": ""}
    answer = await send(olga, f"/products/{tea}", f"/products/{tea}", form)

    assert answer.status_code == 422
    assert 'id="price-hint"' in answer.text
    assert "Another name" in answer.text
    assert await price_of(database, tea) == 980


@pytest.mark.parametrize("name", ["Ivan", "Bob"])
async def test_others_neither_see_nor_change_it(
    browser: Opens, link_of: Links, tea: int, database: Database, name: str
) -> None:
    them = await signed_in(browser, link_of, name)  # Ivan sells his own; Bob sees to Olga's orders alone
    paths = ["", "/stock", "/standing", "/variant", "/photos"]
    data = {"name": "X", "category": "", "price": "1", "amount": "5", "to": "archive", "label": "X", "quantity": "1"}

    assert (await them.get(f"/products/{tea}")).status_code in {403, 404}
    for path in paths:
        await send(them, "/account", f"/products/{tea}{path}", data)
    for to in ("/products/several", "/products/several/do"):
        await send(them, "/account", to, {"id": str(tea), "what": "price", "amount": "50"})

    async with database.read() as session:
        product = await session.get_one(Product, tea)
        assert (product.name, product.price, product.archived_at) == ("Sencha", 980, None)
        assert len((await session.scalars(select(StockMovement).where(StockMovement.product_id == tea))).all()) == 1


async def test_stock_is_written_down_as_the_chat_does(
    browser: Opens, link_of: Links, tea: int, database: Database
) -> None:
    olga = await signed_in(browser, link_of)

    await send(olga, f"/products/{tea}", f"/products/{tea}/stock", {"how": "more", "amount": "7"})
    await send(olga, f"/products/{tea}", f"/products/{tea}/stock", {"how": "count", "amount": "10"})

    async with database.read() as session:
        query = select(StockMovement.delta).where(StockMovement.product_id == tea).order_by(StockMovement.id)
        assert list(await session.scalars(query)) == [5, 7, -2]


async def test_a_photo_is_drawn_anew_kept_and_put_in_its_place(
    browser: Opens, link_of: Links, tea: int, database: Database, tmp_path: Path
) -> None:
    olga = await signed_in(browser, link_of)
    for colour in ("red", "blue"):
        files = {"photo": ("../../evil.php", picture(colour), "text/html")}
        await send(olga, f"/products/{tea}", f"/products/{tea}/photos", {}, files=files)
    kept = sorted(tmp_path.glob("desk/*.jpg"))
    marks = re.findall(r'name="mark" value="(\w+)"', (await olga.get(f"/products/{tea}")).text)

    assert len(kept) == 2
    assert b"secret place" not in kept[0].read_bytes() + kept[1].read_bytes()
    shown = await olga.get(f"/products/{tea}/photo/{marks[0]}")
    assert shown.headers["content-type"] == "image/jpeg"
    await send(olga, f"/products/{tea}", f"/products/{tea}/photos", {"mark": marks[1], "place": "0"})
    assert re.findall(r'name="mark" value="(\w+)"', (await olga.get(f"/products/{tea}")).text) == marks[::-1]
    await send(olga, f"/products/{tea}", f"/products/{tea}/photos", {"mark": marks[0], "do": "remove"})
    assert re.findall(r'name="mark" value="(\w+)"', (await olga.get(f"/products/{tea}")).text) == [marks[1]]


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
async def test_what_is_no_photo_is_not_kept(
    browser: Opens, link_of: Links, tea: int, tmp_path: Path, content: bytes
) -> None:
    olga = await signed_in(browser, link_of)

    await send(
        olga, f"/products/{tea}", f"/products/{tea}/photos", {}, files={"photo": ("a.jpg", content, "image/jpeg")}
    )

    assert "This is no photo that I can use" in (await olga.get(f"/products/{tea}")).text
    assert list(tmp_path.rglob("*.jpg")) == []


def test_only_what_is_in_the_folder_is_shown(tmp_path: Path) -> None:
    inside, outside = tmp_path / "media", tmp_path / "outside.jpg"
    inside.mkdir()
    (inside / "tea.jpg").write_bytes(b"tea")
    outside.write_bytes(b"keys")

    assert uploads.inside(inside, "tea.jpg") is not None
    for source in ("../outside.jpg", str(outside), "none.jpg", "", "\0", "https://shop.example/tea.jpg"):
        assert uploads.inside(inside, source) is None


async def test_prices_of_several_are_shown_changed_and_put_back(
    browser: Opens, link_of: Links, tea: int, database: Database, people: dict[str, User]
) -> None:
    async with database.begin() as session:
        scarf = (await a_product_with_variants(session))[0].id
    before = await prices(database)
    olga = await signed_in(browser, link_of)
    chosen: dict[str, Any] = {"id": [str(tea), str(scarf)], "what": "price", "amount": "+10"}

    shown = await send(olga, "/products", "/products/several", chosen)
    assert "9.80 → <b>10.78</b>" in re.sub(r"\s+", " ", shown.text)
    assert await prices(database) == before
    answer = await olga.http.post(f"{URL}/products/several/do", data=fields_of(shown.text))
    assert await price_of(database, tea) == 1078
    raised = await prices(database)
    assert all(raised[one] > price for one, price in before.items())
    await olga.submit(answer.headers["location"].removeprefix(URL))

    assert await prices(database) == before


async def test_what_changed_since_it_was_shown_is_shown_anew(
    browser: Opens, link_of: Links, tea: int, database: Database
) -> None:
    olga = await signed_in(browser, link_of)
    shown = await send(olga, "/products", "/products/several", {"id": str(tea), "what": "price", "amount": "10"})
    async with database.begin() as session:
        (await session.get_one(Product, tea)).price = 2000

    again = await olga.http.post(f"{URL}/products/several/do", data=fields_of(shown.text))

    assert "22.00" in again.text
    assert await price_of(database, tea) == 2000
    await olga.http.post(f"{URL}/products/several/do", data=fields_of(again.text))
    await olga.http.post(f"{URL}/products/several/do", data=fields_of(again.text))  # sent twice
    assert await price_of(database, tea) == 2200


async def test_several_are_restocked_archived_and_published(
    browser: Opens, link_of: Links, tea: int, database: Database
) -> None:
    olga = await signed_in(browser, link_of)
    for what, amount in (("restock", "10"), ("archive", ""), ("publish", "")):
        shown = await send(olga, "/products", "/products/several", {"id": str(tea), "what": what, "amount": amount})
        answer = await olga.http.post(f"{URL}/products/several/do", data=fields_of(shown.text))
        assert answer.status_code == 303, shown.text
        async with database.read() as session:
            off = (await session.get_one(Product, tea)).archived_at is not None
            assert off == (what == "archive")
    async with database.read() as session:
        query = select(StockMovement.delta).where(StockMovement.product_id == tea).order_by(StockMovement.id)
        assert list(await session.scalars(query)) == [5, 10]


@pytest.mark.parametrize("amount", ["", "much", "0", "-91", "901", "1" * 50])
async def test_an_amount_that_makes_no_sense_changes_nothing(
    browser: Opens, link_of: Links, tea: int, database: Database, amount: str
) -> None:
    olga = await signed_in(browser, link_of)

    answer = await send(olga, "/products", "/products/several", {"id": str(tea), "what": "price", "amount": amount})

    assert answer.status_code == 303
    assert "Write a whole number" in (await olga.get("/products")).text


async def test_a_list_is_shown_taken_in_and_undone(
    browser: Opens, link_of: Links, tea: int, database: Database
) -> None:
    olga = await signed_in(browser, link_of)
    content = b"name,price,quantity\nMatcha,19.90,3\n,5,1\n"

    shown = await send(olga, "/lists", "/lists", {}, files={"file": ("teas.csv", content, "text/csv")})
    assert "Matcha" in shown.text
    answer = await olga.http.post(f"{URL}/lists/take", data=fields_of(shown.text))
    path = answer.headers["location"].removeprefix(URL)
    assert "It is taken in." in (await olga.get(path)).text
    assert "Matcha" in (await olga.get("/products")).text
    await olga.submit(path)

    assert "It was undone." in (await olga.get(path)).text
    assert "Matcha" not in (await olga.get("/products")).text
    assert "teas.csv" in (await olga.get("/lists")).text


async def test_nobody_reads_or_undoes_the_lists_of_others(browser: Opens, link_of: Links, database: Database) -> None:
    olga, ivan = await signed_in(browser, link_of), await signed_in(browser, link_of, "Ivan")
    content = base64.b64encode(b"name,price,quantity\nMatcha,19.90,3\n").decode()
    shown = await send(
        olga, "/lists", "/lists", {}, files={"file": ("teas.csv", base64.b64decode(content), "text/csv")}
    )
    path = (await olga.http.post(f"{URL}/lists/take", data=fields_of(shown.text))).headers["location"]

    assert (await ivan.http.get(path)).status_code == 404
    await send(ivan, "/lists", path.removeprefix(URL), {})
    assert "It is taken in." in (await olga.http.get(path)).text


def fields_of(page: str) -> dict[str, Any]:
    """The hidden fields of the form that does it."""
    fields: dict[str, Any] = {}
    (form,) = re.findall(r'<form method="post" action="[^"]*(?:/do|/take)">(.*?)</form>', page, re.DOTALL)
    for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    return fields


def picture(colour: str) -> bytes:
    """A PNG that says more than it shows."""
    out = BytesIO()
    Image.new("RGBA", (40, 30), colour).save(out, "PNG", exif=b"Exif\0\0secret place")
    return out.getvalue()


async def prices(database: Database) -> dict[int, int]:
    """Every product's price."""
    async with database.read() as session:
        return {row.id: row.price for row in await session.execute(select(Product.id, Product.price))}
