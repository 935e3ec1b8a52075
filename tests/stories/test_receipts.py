"""Receipts as their people use them: below an order, by command, after a refund, in a table; nobody reads another's."""

from sqlalchemy import select

from app.config.shop import Shipping, Tax
from bot.documents.paper import Beside, Paper, Table, Text
from bot.screens.buying.receipts.paper_views import paper
from bot.words import words_for
from db.models import Receipt
from tests.stories.test_exports import text
from tests.stories.test_tax import VIENNA
from tests.world.clock import ManualClock
from tests.world.goods import a_product
from tests.world.shop import OpenShop, open_shop

TAX = Tax(
    country="DE", rates=("DE 19", "DE reduced 7", "AT 20", "AT reduced 10"), vat_id="DE999", seller="Tea Ltd\nBonn"
)
POST = Shipping(id="post", title="Post", price="4.90", titles=("de: Paket",), countries=("DE", "AT"))


async def _sold(shop: OpenShop) -> None:
    """Ann pays a tea and a mug, which go to Vienna."""
    async with shop.db.begin() as session:
        tea = await a_product(session, "Tea", price=450, stock=9)
        tea.tax_class = "reduced"
        await a_product(session, "Mug", price=1299, stock=9)
    for guest in (shop.olga, shop.ivan, shop.ann):
        await guest.says("/start")
    for number in (1, 2):
        await shop.ann.says(f"/start p_{number}")
        await shop.ann.taps("Add to cart")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out", "here in the chat")
    assert (await shop.ann.pays(option="post", address=VIENNA)).state == "paid"
    await shop.tick()


async def _papers(shop: OpenShop) -> list[Paper]:
    """What is printed, in the order of the numbers."""
    async with shop.db.read() as session:
        rows = list(await session.scalars(select(Receipt).order_by(Receipt.id)))
    return [paper(words_for(row.language), row) for row in rows]


async def test_a_customer_has_a_receipt_of_every_payment_and_every_refund(
    database_url: str, clock: ManualClock
) -> None:
    async with open_shop(database_url, clock, tax=TAX, shipping=(POST,)) as shop:
        await _sold(shop)
        ann, olga = shop.ann, shop.olga
        await ann.says("/orders")
        await ann.taps("Tea", "🧾 Receipt")
        assert ann.newest == "🧾 Receipt 2026/00001 · €22.39"
        await olga.says("/receipt 1")
        assert "🧾 Receipt 2026/00001 · €22.39" in olga.newest
        await olga.says("/refund 1")
        await olga.taps("‹ Back", "Give a line back", "1 × Tea", "Give €4.50 back")
        await olga.says("/order 1")
        await olga.taps("🧾 Receipt", "Refund 2026/00002")
        assert olga.newest == "🧾 Refund 2026/00002 · €4.50"
        await ann.says("/receipt 1")
        assert "Refund 2026/00002" in " ".join(ann.keyboard)

        sale, back = await _papers(shop)
        blocks = sale.pages[0].blocks
        assert Text("Receipt 2026/00001", big=True) in blocks
        seller = "From\nTea Ltd\nBonn\nVAT number: DE999"
        assert Beside(seller, "To\nAnn\nTeegasse 1\n1010 Wien\nAustria") in blocks
        goods, rates = [block for block in blocks if isinstance(block, Table)]
        assert ("Tea", "1", "€4.50", "10%", "€4.50") in goods.rows
        assert ("Shipping, Post", "", "", "20%", "€4.90") in goods.rows
        assert goods.sums[-1][-1] == "€22.39"
        assert list(rates.rows) == [("20%", "€14.90", "€2.99", "€17.89"), ("10%", "€4.09", "€0.41", "€4.50")]
        goods, rates = [block for block in back.pages[0].blocks if isinstance(block, Table)]
        assert Text("This refund belongs to receipt 2026/00001.") in back.pages[0].blocks
        assert list(goods.rows) == [("1 × Tea", "€4.50")]
        assert list(rates.rows) == [("10%", "€4.09", "€0.41", "€4.50")]
        await shop.keeps_its_promises()


async def test_nobody_reads_the_receipt_of_another(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, tax=TAX, shipping=(POST,)) as shop:
        await _sold(shop)
        for guest in (shop.bob, shop.ivan, shop.eve):
            await guest.says("/start")
            await guest.says("/receipt 1")
            assert "2026" not in guest.newest
            for forged in ("qb:1", "qe:1"):
                await guest.forges(forged)
                assert "2026" not in guest.newest + guest.toast
        await shop.oscar.says("/receipt 1")
        assert "2026/00001" in shop.oscar.newest


async def test_what_is_not_paid_has_none_and_says_so(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, tax=TAX, shipping=(POST,)) as shop:
        async with shop.db.begin() as session:
            await a_product(session, "Tea", price=450, stock=9)
        await shop.olga.says("/start")
        await shop.ann.says("/start p_1")
        await shop.ann.taps("Buy now", "Cash on delivery")
        await shop.ann.taps("Germany")
        for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
            await shop.ann.says(line)
        await shop.ann.taps("Order now")
        await shop.ann.says("/receipt 1")
        assert "comes with the payment" in shop.ann.newest
        await shop.ann.says("/receipt")
        assert "/receipt 1042" in shop.ann.newest
        await shop.tick()
        await shop.olga.taps("Accept")
        await shop.olga.taps("Money")
        await shop.ann.says("/receipt 1")
        assert "Receipt 2026/00001" in shop.ann.newest


async def test_a_receipt_speaks_its_customers_language_for_ever(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, tax=TAX, shipping=(POST,)) as shop:
        await shop.ann.says("/language")
        await shop.ann.taps("Deutsch")
        await shop.olga.says("/letterhead")
        assert "Tea Ltd" in shop.olga.text
        await shop.olga.taps("✏️ Name and address")
        await shop.olga.says("Olga Tea\nKannenweg 3\nBerlin")
        assert "Kannenweg 3" in shop.olga.text
        await shop.olga.taps("✏️ VAT number")
        await shop.olga.says("DE1" * 20)
        assert "At most 32" in shop.olga.text
        await shop.olga.says("DE111")
        assert "DE111" in shop.olga.text
        async with shop.db.begin() as session:
            await a_product(session, "Tee", price=450, stock=9)
        await shop.ann.says("/start p_1")
        await shop.ann.taps("⚡")
        await shop.ann.taps("💳")
        assert (await shop.ann.pays(option="post", address=VIENNA)).state == "paid"
        (one,) = await _papers(shop)
        assert one.title == "Rechnung 2026/00001"
        said = repr(one.pages)
        assert "Olga Tea" in said
        assert "DE111" in said
        assert "Paket" in said
        await shop.olga.says("/receipt 1")
        assert "Receipt 2026/00001" in shop.olga.newest


async def test_the_receipts_of_a_period_are_a_table(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, tax=TAX, shipping=(POST,)) as shop:
        await _sold(shop)
        await shop.olga.says("/refund 1 5")
        await shop.olga.taps("Give €5.00 back")
        await shop.olga.says("/export receipts 2026-03 csv")
        rows = text(shop.olga)
        assert [(row["receipt"], row["kind"], row["tax_rate"], row["with_tax"]) for row in rows] == [
            ("2026/00001", "sale", "20", "17.89"),
            ("2026/00001", "sale", "10", "4.50"),
            ("2026/00002", "refund", "20", "-4.00"),
            ("2026/00002", "refund", "10", "-1.00"),
        ]
        assert [row["tax"] for row in rows] == ["2.99", "0.41", "-0.67", "-0.09"]
        assert {row["refers_to"] for row in rows} == {"", "2026/00001"}
