"""Olga takes her orders, customers and money along as a file; her staff take what they may see, strangers nothing."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.screens.selling.exports.buttons import MakeTable
from bot.screens.selling.exports.views import Typed, read
from db.models import Permission, StaffMember
from shop import exporting
from shop.exporting import Asked, Span, Stretch, Table, stretch_of
from shop.people.permissions import Acting
from shop.refusals import NotPermitted
from tests.world.clock import START
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.people import BOB, IVAN, OLGA, user
from tests.world.shop import OpenShop

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # the 2nd of March in Berlin


@pytest.mark.parametrize(
    ("span", "first", "end"),
    [
        (Span.TODAY, date(2026, 3, 2), date(2026, 3, 3)),
        (Span.WEEK, date(2026, 2, 24), date(2026, 3, 3)),
        (Span.MONTH, date(2026, 3, 1), date(2026, 3, 3)),
        (Span.LAST_MONTH, date(2026, 2, 1), date(2026, 3, 1)),
        (Span.YEAR, date(2026, 1, 1), date(2026, 3, 3)),
        (Span.ALL, None, None),
    ],
)
def test_a_stretch_is_of_the_calendar_where_the_shop_is(span: Span, first: date | None, end: date | None) -> None:
    assert stretch_of(span, NOW, BERLIN) == Stretch(first, end)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("orders", Typed(Table.ORDERS, None, csv=False)),
        ("Money 2026-10 CSV", Typed(Table.MONEY, Stretch(date(2026, 10, 1), date(2026, 11, 1)), csv=True)),
        ("orders soon", None),
        ("secrets", None),
        ("", None),
    ],
)
def test_a_table_is_asked_for_in_writing(text: str, typed: Typed | None) -> None:
    assert read(text) == typed


def workbook(guest: Guest) -> list[dict[str, object]]:
    """The rows of the file that was sent last."""
    sheet = load_workbook(BytesIO(sent(guest))).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def text(guest: Guest) -> list[dict[str, str]]:
    """The same of one that is written as text."""
    return list(csv.DictReader(StringIO(sent(guest).decode("utf-8-sig"))))


def sent(guest: Guest) -> bytes:
    """The file that was sent last."""
    file = next(message.document for message in reversed(guest.chat.said) if message.document is not None)
    assert file.content is not None
    return file.content


async def test_a_seller_takes_along_what_is_hers(shop: OpenShop, tmp_path: Path) -> None:
    olga, ann, bob, ivan, oscar = shop.olga, shop.ann, shop.bob, shop.ivan, shop.oscar
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "=Green tea", sku="TEA", stock=9, price=450, category=tea)
        await a_product(session, "Cup", sku="CUP", stock=9, price=800, category=tea, seller=IVAN)
    for guest in (olga, bob, ivan, oscar, ann):
        await guest.says("/start")
    await olga.says("/export")
    await olga.taps("🧾 Orders", "7 days")
    assert olga.sees("There is nothing in this time")

    await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "+", "Check out", "here in the chat")
    assert (await ann.pays()).state == "paid"
    await shop.tick()
    await olga.says("/refund 1 4.00")
    await olga.taps("Give €4.00 back")
    await shop.tick()

    await olga.says("/export")
    await olga.taps("🧾 Orders", "7 days")
    (order,) = workbook(olga)
    assert order["items"] == "2 × =Green tea"
    assert (order["total"], order["paid"], order["given_back"]) == (13.9, 13.9, 4), "numbers, not minor units"
    assert (order["currency"], order["status"], order["customer"]) == ("EUR", "processing", "Ann")
    assert order["created_at"] == START.replace(tzinfo=None)
    assert "seller" not in order
    assert any("1 row" in message.words for message in olga.chat.said)

    await olga.taps("Money", "CSV", "Today")
    payment, refund = text(olga)
    assert (payment["what"], payment["amount"]) == ("payment", "13.90")
    assert (refund["what"], refund["amount"]) == ("refund", "-4.00")
    await olga.says("/export lines 2020-01 csv")
    assert olga.sees("There is nothing in this time")
    await olga.taps("Back", "CSV", "All")
    (line,) = text(olga)
    assert (line["product"], line["sku"], line["quantity"], line["total"]) == ("'=Green tea", "TEA", "2", "9.00")
    await olga.taps("Customers", "This year")
    (customer,) = workbook(olga)
    assert (customer["customer"], customer["orders"], customer["paid"], customer["given_back"]) == ("Ann", 1, 13.9, 4)
    await olga.taps("Products", "Send the file")
    assert [row["sku"] for row in workbook(olga)] == ["TEA"]
    await olga.says("/log")
    assert olga.sees("took a table along as a file")

    await oscar.says("/export products csv")
    assert {row["sku"]: row["seller"] for row in text(oscar)} == {"TEA": "Olga", "CUP": "Ivan"}
    await _others_take_what_they_may(shop, tmp_path / "x")
    await shop.keeps_its_promises()
    assert shop.incidents() == []


async def _others_take_what_they_may(shop: OpenShop, path: Path) -> None:
    bob, ivan = shop.bob, shop.ivan
    await ivan.says("/export")
    await ivan.taps("🧾 Orders", "All")
    assert ivan.sees("There is nothing in this time")

    async with shop.db.begin() as session:
        helper, owner = await user(session, BOB), await user(session, OLGA)
        staff = {"user_id": helper.id, "owner_id": owner.id, "actor": "test", "created_at": START}
        session.add(StaffMember(permissions="orders", **staff))
    await bob.says("/export")
    assert "Money" not in " ".join(bob.keyboard)
    await bob.forges(MakeTable(Table.MONEY, Span.ALL).pack())
    assert all(message.document is None for message in bob.chat.said)
    await bob.taps("🧾 Orders", "All")
    assert len(workbook(bob)) == 1
    hers = Acting(helper.id, owner.id, frozenset({Permission.ORDERS}))
    with pytest.raises(NotPermitted):
        await exporting.write_file(shop.db, hers, Asked(Table.MONEY, Stretch()), path, zone=UTC, most=9)
    with pytest.raises(exporting.TooMuch):
        await exporting.write_file(shop.db, hers, Asked(Table.LINES, Stretch()), path, zone=UTC, most=0)
