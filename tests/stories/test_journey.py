"""The whole story, once: Ann buys, Olga ships, the schedule tells, Ann reviews; then Olga offers something new."""

import pytest

from simulator.acts.refusals import CannotDo
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.shop import PICTURES, OpenShop


async def open_shelves(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Green tea", price=450, stock=5, category=tea)
        await a_product_with_variants(session, "Scarf", ("Blue / Small", "Blue / Large", "Red / Small"), price=2900)


@pytest.mark.every_database
async def test_ann_buys_a_scarf_olga_ships_it_and_everybody_is_told(shop: OpenShop) -> None:
    await open_shelves(shop)
    ann, olga = shop.ann, shop.olga
    await olga.says("/start")

    await ann.says("/start")
    assert "Hello, Ann" in ann.text
    await ann.taps("Catalogue", "Clothes", "Scarf", "Blue", "Large", "Add to cart", "Cart", "Check out")
    assert "Scarf" in ann.text
    assert "€29.00" in ann.text

    await ann.taps("here in the chat")
    sheet = await ann.pays(option="courier")
    assert (sheet.state, sheet.total) == ("paid", 2900 + 990)
    assert ann.sees("paid")

    await shop.tick()
    card = ann.screen
    assert "Being prepared" in card.words
    assert "New order" in olga.text
    assert "Scarf" in olga.text

    await olga.says("/ship 1 LX 4711 DE")
    await shop.tick()
    assert "On its way" in ann.chat.messages[card.message_id].words
    assert "LX 4711 DE" in ann.chat.messages[card.message_id].words
    assert ann.sees("is on its way")

    await olga.says("/complete 1")
    await shop.passes(days=4)
    assert "Completed" in ann.chat.messages[card.message_id].words
    assert "How do you like Scarf" in ann.text

    await ann.taps("★ 4")
    await ann.says("/start")
    await ann.taps("Catalogue", "Clothes", "Scarf")
    assert "4" in ann.text.split("★", 1)[1][:4]
    await shop.keeps_its_promises()


async def test_olga_offers_a_product_by_one_photo_restocks_it_and_it_sells_out(shop: OpenShop) -> None:
    olga, ann = shop.olga, shop.ann
    await olga.says("/start")
    picture = (PICTURES / "assam.jpg").read_bytes()

    await olga.shows_photo(picture, "Assam; 8.40; 1; Tea / Black")
    assert olga.sees("Assam")
    await olga.says("/restock ASSAM +1")
    await ann.says("/start")
    await ann.taps("Catalogue", "Tea", "Black", "Assam")
    assert "Only 2 left" in ann.text
    assert ann.screen.photo is not None

    await ann.taps("Add to cart", "+", "Cart", "Check out", "here in the chat")
    assert (await ann.pays()).state == "paid"

    await shop.bob.says("/start")
    await shop.bob.taps("Catalogue", "Tea", "Black")
    assert any("sold out" in label for label in shop.bob.keyboard)
    await shop.keeps_its_promises()


async def test_an_order_that_nobody_pays_is_let_go_and_ann_is_told(shop: OpenShop) -> None:
    await open_shelves(shop)
    ann = shop.ann
    await ann.says("/start")
    await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "Check out", "here in the chat")

    await shop.passes(hours=2)

    with pytest.raises(CannotDo, match="sees no invoice"):
        await ann.pays()
    await ann.says("/start")
    await ann.taps("Catalogue", "Tea", "Green tea")
    assert "Only 5 left" in ann.text
    await shop.keeps_its_promises()


async def test_a_declined_card_costs_nothing_and_the_next_one_pays(shop: OpenShop) -> None:
    await open_shelves(shop)
    ann = shop.ann
    await ann.says("/start")
    await ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "Check out", "here in the chat")

    assert (await ann.pays(card="declined")).state == "declined"
    assert (await ann.pays()).state == "paid"
    await shop.keeps_its_promises()
