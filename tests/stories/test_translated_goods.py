"""A seller names goods in other languages, and everybody reads and finds them in their own."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.words import languages
from db.models import OrderItem, Product
from db.texts import LANGUAGES, Said, names_only, texts_of, with_text
from shop.importing import Verdict
from shop.importing.exporting import export
from tests.world.goods import a_category, a_product
from tests.world.imports import bring
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop


async def _stock(shop: OpenShop) -> int:
    async with shop.db.begin() as session:
        product = await a_product(session, sku="TEA", stock=9, category=await a_category(session, "Teas"))
        product.description = "Soft."
        return product.id


async def _name(shop: OpenShop, number: int) -> None:
    await shop.olga.says("/edit TEA")
    await shop.olga.taps("Other languages", "Deutsch")
    assert "What is it called there?" in shop.olga.text
    await shop.olga.says("Grüner Tee")
    await shop.olga.says("Ganz mild.")
    assert any("Grüner Tee" in label for label in shop.olga.keyboard)


async def test_a_reader_of_german_reads_and_finds_what_the_seller_named_in_german(shop: OpenShop) -> None:
    number = await _stock(shop)
    await _name(shop, number)
    await shop.olga.says("/categories")
    await shop.olga.taps("Teas", "Change it", "Other languages", "Deutsch")
    await shop.olga.says("Tees")

    await shop.ann.says("/language")
    await shop.ann.taps("Deutsch")
    await shop.ann.says("/catalogue")
    await shop.ann.taps("Tees", "Grüner Tee")
    assert "Ganz mild." in shop.ann.text
    assert "Green tea" not in shop.ann.text

    await shop.ann.says("grüner")
    assert any("Grüner Tee" in label for label in shop.ann.keyboard)
    await shop.ann.says(f"/start p_{number}")
    await shop.ann.taps("In den Warenkorb")
    await shop.ann.says("/cart")
    assert "Grüner Tee" in shop.ann.text

    await shop.bob.says("tees")
    assert any("Green tea" in label for label in shop.bob.keyboard), "whoever asks in German finds it in English, too"
    await shop.bob.says(f"/start p_{number}")
    assert "Soft." in shop.bob.text


async def test_an_order_is_read_by_each_side_in_its_own_language(shop: OpenShop) -> None:
    number = await _stock(shop)
    await _name(shop, number)
    await shop.ann.says("/language")
    await shop.ann.taps("Deutsch")
    await shop.ann.says(f"/start p_{number}")
    await shop.ann.taps("In den Warenkorb")
    await shop.ann.says("/cart")
    await shop.ann.taps("Zur Kasse", "hier im Chat")
    await shop.ann.says("/start order_1")
    assert "Grüner Tee" in shop.ann.text
    await shop.ann.says("/orders")
    assert any("Grüner Tee" in label for label in shop.ann.keyboard)
    await shop.olga.says("/language")
    await shop.olga.taps("Deutsch")
    await shop.olga.says("/order 1")
    assert "Green tea" in shop.olga.text  # her own words, in whatever language she reads
    await shop.olga.says("/language")
    await shop.olga.taps("English")
    assert (await shop.ann.pays(option="post")).state == "paid"
    await shop.olga.says("/complete 1")
    await shop.olga.taps("Complete")
    await shop.ann.says("/start order_1")
    assert "📋 1" in shop.ann.keyboard
    assert len(shop.ann.screen.keyboard or ()) <= 6
    await shop.ann.taps("⭐")
    assert "Grüner Tee" in shop.ann.text
    await shop.ann.taps("★ 5")
    await shop.bob.says("/language")
    await shop.bob.taps("Deutsch")
    await shop.bob.says(f"/start p_{number}")
    await shop.bob.taps("1 Bewertung")
    assert "Grüner Tee" in shop.bob.text
    await shop.ann.says("/start order_1")
    await shop.ann.taps("↩️")
    assert "Grüner Tee" in shop.ann.text + " ".join(shop.ann.keyboard)

    async with shop.db.read() as session:
        item = (await session.scalars(select(OrderItem))).one()
    assert item.name == "Green tea"
    assert item.name_in("de") == "Grüner Tee"
    assert item.name_in("ru") == "Green tea"


async def test_a_translation_is_taken_away_and_the_sellers_own_words_stand(shop: OpenShop) -> None:
    number = await _stock(shop)
    await _name(shop, number)
    await shop.olga.taps("Grüner Tee", "Take it away")
    await shop.ann.says("/language")
    await shop.ann.taps("Deutsch")
    await shop.ann.says(f"/start p_{number}")
    assert "Green tea" in shop.ann.text


async def test_a_name_that_is_too_long_is_asked_for_again(shop: OpenShop) -> None:
    await _stock(shop)
    await shop.olga.says("/edit TEA")
    await shop.olga.taps("Other languages", "Deutsch")
    await shop.olga.says("x" * 300)
    assert "⚠️" in shop.olga.text
    assert "What is it called there?" in shop.olga.text


async def test_a_list_brings_translations_and_takes_none_away_that_it_does_not_speak_of(shop: OpenShop) -> None:
    await _name(shop, await _stock(shop))

    report = await bring(shop.db, "sku,name,price,quantity,name_ru,description_ru\nTEA,Green tea,4.50,9,Чай,\n")

    assert [change.field for diff in report.diffs for change in diff.changes] == ["texts"]
    assert await _texts(shop) == {"de": Said("Grüner Tee", "Ganz mild."), "ru": Said("Чай")}
    async with shop.db.read() as session:
        exported = await export(session, owner_id=(await user(session, OLGA)).id)
    again = await bring(shop.db, exported)
    assert {diff.verdict for diff in again.diffs} == {Verdict.UNCHANGED}

    await bring(shop.db, "sku,name_de\nTEA,\n")
    assert await _texts(shop) == {"de": Said(description="Ganz mild."), "ru": Said("Чай")}


async def _texts(shop: OpenShop) -> Mapping[str, Said]:
    async with shop.db.read() as session:
        return texts_of(await session.scalar(select(Product.texts).where(Product.sku == "TEA")))


def test_the_languages_of_goods_are_those_of_the_bot() -> None:
    assert set(LANGUAGES) == set(languages())


def test_what_is_kept_of_an_order_has_the_variant_behind_every_name() -> None:
    texts = with_text(with_text(None, "de", Said("Schal", "Warm")), "ru", Said("", "Тёплый"))

    assert texts_of(names_only(texts, " (Rot)")) == {"de": Said("Schal (Rot)")}
    assert with_text(with_text(None, "de", Said("Schal")), "de", Said()) is None
    assert texts_of("no json") == {}
