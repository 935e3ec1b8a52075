"""Walking along the shelves: one message is edited in place, and there is a way back from everywhere."""

import pytest

from bot.screens.buying.catalogue.buttons import PickOptions
from db.session import Database
from tests.bot.conftest import Meet
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.people import ANN, BOB

pytestmark = pytest.mark.one_database


async def test_start_greets_by_name(meet: Meet) -> None:
    ann = meet(ANN)

    await ann.says("/start")

    assert "Hello, Ann" in ann.text


async def test_a_person_walks_to_a_product_and_back_in_one_message(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Sencha", category=await a_category(session, "Green", inside=tea), stock=2)
    ann = meet(ANN)

    await ann.says("/start")
    home = ann.screen.message_id
    await ann.taps("Catalogue", "Tea", "Green", "Sencha")

    assert "Only 2 left" in ann.text
    assert "€4.50" in ann.text
    assert ann.screen.message_id == home

    await ann.taps("Back")

    assert "Tea › Green" in ann.text
    await ann.taps("Back", "Back", "Home")
    assert "Hello, Ann" in ann.text
    assert ann.screen.message_id == home


async def test_pages_turn_both_ways_and_a_product_leads_back_to_its_page(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        for number in range(1, 15):
            await a_product(session, f"Tea {number:02}")
    ann = meet(ANN)
    await ann.says("/catalogue")

    await ann.taps("Tea", "Next")

    assert any("Tea 07" in label for label in ann.keyboard)
    assert not any("Tea 06" in label for label in ann.keyboard)
    await ann.taps("Next", "Tea 14", "Back")
    assert any("Tea 13" in label for label in ann.keyboard)
    await ann.taps("Previous", "Tea 07", "Back")
    assert any("Tea 12" in label for label in ann.keyboard)
    await ann.taps("Previous")
    assert any("Tea 01" in label for label in ann.keyboard)
    assert not any("Previous" in label for label in ann.keyboard)


async def test_a_variant_is_chosen_by_one_tap_for_each_option(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product_with_variants(session, "Scarf")
    ann = meet(ANN)
    await ann.says("/catalogue")

    await ann.taps("Clothes", "Scarf")

    assert "Choose: Colour, Size" in ann.text
    assert not any("Add to cart" in label for label in ann.keyboard)
    await ann.taps("Blue")
    assert "Scarf · Blue\n" in ann.text
    assert "Choose: Size" in ann.text  # nothing else was picked
    assert not any("Add to cart" in label for label in ann.keyboard)
    await ann.taps("Large")
    assert "Scarf · Blue / Large" in ann.text
    assert {"● Blue", "● Large"} <= set(ann.keyboard)
    assert any("Add to cart" in label for label in ann.keyboard)


async def test_what_is_not_made_together_is_said_and_chosen_anew(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product_with_variants(session, "Scarf")
    ann = meet(ANN)
    await ann.says("/catalogue")
    await ann.taps("Clothes", "Scarf", "Blue", "Large")

    await ann.taps("✕ Red")

    assert "not made together" in ann.toast
    assert "Scarf · Red\n" in ann.text
    assert "✕ Large" in ann.keyboard
    await ann.taps("Small")
    assert "Scarf · Red / Small" in ann.text


async def test_every_one_of_many_variants_can_be_reached_and_bought(meet: Meet, database: Database) -> None:
    sizes = tuple(f"Size {number}" for number in range(1, 101))
    wool = tuple(f"Colour {number} / {weight} g" for number in range(1, 91) for weight in (50, 100, 200))
    async with database.begin() as session:
        await a_product_with_variants(session, "Ring", sizes, option_names="Size")
        await a_product_with_variants(session, "Wool", wool, option_names="Colour / Weight")
    ann = meet(ANN)
    await ann.says("/catalogue")
    await ann.taps("Clothes", "Ring")
    seen: list[str] = []
    while True:
        assert len(ann.keyboard) <= 40
        seen += [label for label in ann.keyboard if label.startswith("Size ")]
        if not any("Next" in label for label in ann.keyboard):
            break
        await ann.taps("Next")
    assert seen == list(sizes)
    await ann.taps("Size 98")
    assert "Ring · Size 98" in ann.text
    await ann.taps("Add to cart")
    assert "in the cart" in " ".join(ann.keyboard)
    await ann.taps("● Size: Size 98")  # another one: its page
    assert "Size 97" in ann.keyboard

    await ann.taps("Back", "Wool", "Next", "Next", "Next", "Colour 90")
    assert "Choose: Weight" in ann.text
    await ann.taps("200 g")
    assert "Wool · Colour 90 / 200 g" in ann.text
    assert "Add to cart" in " ".join(ann.keyboard)


@pytest.mark.parametrize("picture", [None, "mug-ink.jpg"])
async def test_a_long_description_is_read_to_its_end_and_back(
    meet: Meet, database: Database, picture: str | None
) -> None:
    told = " ".join(f"слово{number}" for number in range(900))
    async with database.begin() as session:
        tea = await a_product(session, "Sencha", image_url=picture)
        tea.description = told
        await a_product(session, "Mug")
    ann = meet(ANN)
    await ann.says("/catalogue")
    await ann.taps("Tea", "Sencha", "Read all of it")
    read = ann.text.removeprefix("Sencha").strip()
    while any("Next" in label for label in ann.keyboard):
        await ann.taps("Next")
        read += " " + ann.text.removeprefix("Sencha").strip()

    assert read == told
    await ann.taps("Back")
    assert "Add to cart" in " ".join(ann.keyboard)
    await ann.taps("Back", "Mug")
    assert not any("Read all" in label for label in ann.keyboard)


@pytest.mark.parametrize("state", ["x", "1.", "9" * 8, "255.99", "1.0.f", "-1.-1"])
async def test_no_state_of_options_breaks_the_page(meet: Meet, database: Database, state: str) -> None:
    async with database.begin() as session:
        parent, options = await a_product_with_variants(session, "Scarf")
    ann = meet(ANN)
    await ann.says("/start")

    for product_id in (parent.id, options[0].id):
        await ann.forges(PickOptions(product_id, state).pack())
        assert "Scarf" in ann.text


async def test_what_is_written_is_searched_in_any_language(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        for number in range(8):
            await a_product(session, f"Зелёный чай {number}")
    bob = meet(BOB)

    await bob.says("зелёный: чай")
    assert len([label for label in bob.keyboard if "Зелёный" in label]) == 6
    await bob.taps("Зелёный чай 0", "‹")
    assert any("Зелёный чай 5" in label for label in bob.keyboard)
    await bob.taps("»")
    assert any("Зелёный чай 7" in label for label in bob.keyboard)

    await bob.says("no <such> thing")
    assert "no <such> thing" in bob.text


async def test_a_typo_leads_to_what_was_meant_and_back(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Wool scarf")
        await a_product(session, "Зелёный чай")
        await a_product(session, "Mug")
    ann = meet(ANN)

    for said, meant in (("scrf", "Wool scarf"), ("red wol scarf", "Wool scarf"), ("зелоный", "Зелёный чай")):
        await ann.says(said)
        assert "Did you mean" in ann.text
        assert [label for label in ann.keyboard if "€" in label] == [f"{meant} · €4.50"]
    await ann.taps("чай", "‹ Back")
    assert ann.text == "🔍 Found for “зелёный”:"
    await ann.says("bicycle")
    assert not any("€" in label for label in ann.keyboard)
    await ann.taps("My orders")
    assert "You have not ordered anything yet." in ann.text


async def test_a_sold_out_product_offers_to_tell(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Matcha", stock=0)
    ann = meet(ANN)

    await ann.says("matcha")
    await ann.taps("Matcha")
    assert "Sold out" in ann.text
    await ann.taps("Tell me")

    assert ann.toast == "We will tell you when it is back."
    await ann.taps("Do not tell me")
    assert ann.toast == "We will not tell you."
    assert any("Tell me when it is back" in label for label in ann.keyboard)
    await ann.taps("‹ Back")
    assert "Found for “matcha”" in ann.text  # the bell keeps the way back


async def test_a_product_link_opens_the_product(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        product = await a_product(session, "Matcha")
    ann = meet(ANN)

    await ann.says(f"/start p_{product.id}")
    assert "Matcha" in ann.text
    await ann.says("/start p_999999")
    assert "This is not here any more." in ann.text
