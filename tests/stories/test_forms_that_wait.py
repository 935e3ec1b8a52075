"""A form that lasts: keys of its older messages show where it stands, what was answered loses its keys."""

import pytest
from sqlalchemy import select

from db.models import KeptForm, Order
from tests.bot.screens.selling.test_products_add import a_picture
from tests.payments.tea import sell_tea, to_checkout
from tests.stories.test_an_order import BERLIN, bought, opened
from tests.world.shop import TOKEN, OpenShop

pytestmark = pytest.mark.one_database


async def test_back_on_an_older_question_shows_where_the_form_stands(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "Germany")
    older, back = shop.ann.screen, shop.ann.callback_data("Back")
    await shop.ann.says("Ann Example")
    assert "Street" in shop.ann.text

    await shop.ann.forges(back, on=older)
    assert "Street and house number" in older.words  # nothing was taken back
    await shop.ann.forges(back, on=older)  # there it is asked now
    assert "Who receives it?" in older.words


async def test_an_answered_question_has_no_keys_any_more(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.olga.taps("Ship")
    question = shop.olga.screen
    await shop.olga.says("LX1")

    assert "On its way" in shop.olga.text
    assert not question.labels


async def test_an_address_survives_a_picture_and_start_and_is_offered_again(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "Germany")
    await shop.ann.shows_photo(a_picture(), "me")
    assert "Please write it" in shop.ann.text
    assert "Who receives it?" in shop.ann.text
    await shop.ann.says("Ann Example")

    await shop.ann.says("/start")
    await shop.ann.taps("Order 1 waits for your address")
    assert "Street and house number" in shop.ann.text
    for line in ("Lindenallee 7", "10115 Berlin"):
        await shop.ann.says(line)
    await shop.ann.taps("Post")

    async with shop.db.read() as session:
        order = (await session.scalars(select(Order))).one()
        assert order.address is not None
        assert (order.address["name"], order.address["city"]) == ("Ann Example", "Berlin")
        assert not list(await session.scalars(select(KeptForm)))


async def test_an_order_that_ended_waits_for_no_address(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "Germany")
    await shop.ann.says("/start")
    assert any("waits for your address" in label for label in shop.ann.keyboard)
    await shop.olga.says("/start")
    await shop.olga.says("/cancel 1 sold out")
    await shop.olga.taps("Cancel the order")

    await shop.ann.says("/start")
    assert not any("waits for your address" in label for label in shop.ann.keyboard)


async def test_a_question_between_leaves_the_new_product_as_it_was(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    notice = shop.olga.screen
    await shop.olga.says("/addproduct")
    await shop.olga.taps("Skip")
    await shop.olga.says("Sencha")

    await shop.olga.taps("Ship", on=notice)
    await shop.olga.says("LX1")
    await shop.olga.says("/start")
    await shop.olga.taps("Go on: new product, step 3 of 9")
    assert "In which category" in shop.olga.text


async def test_no_number_of_a_step_comes_twice(shop: OpenShop) -> None:
    await shop.olga.says("/addproduct")
    await shop.olga.taps("Skip")
    for said in ("Map", "Maps", "4", "3"):
        await shop.olga.says(said)
    await shop.olga.taps("Skip")
    assert "7/9" in shop.olga.text
    await shop.olga.taps("Digital")
    assert "8/10" in shop.olga.text
    await shop.olga.says("250")
    assert "9/10" in shop.olga.text


async def test_money_that_comes_ends_what_was_asked(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    card = shop.ann.screen
    await shop.ann.says("/catalogue")
    await shop.ann.taps("Tea", "Green tea", "Add to cart", "in the cart", "Check out", "here in the chat")
    await shop.ann.taps("Problem with this order", on=card)
    await shop.ann.pays(option="post", address=BERLIN)

    await shop.ann.says("teapot")

    assert "Nothing found for “teapot”" in shop.ann.newest


@pytest.mark.parametrize("way", ["/start", "/cart"])
async def test_an_update_that_is_brought_again_ends_nothing_that_was_asked_after_it(shop: OpenShop, way: str) -> None:
    """Guard: `Questions.is_from_before`. After a restart nobody remembers what was served."""
    await opened(shop)
    await bought(shop)
    notice = shop.olga.screen
    await shop.olga.says(way)
    update_id = shop.simulator.world.bot(TOKEN).updates.history[-1].id
    await shop.olga.taps("Ship", on=notice)
    await shop.reopen()
    said = len(shop.olga.chat.said)

    shop.simulator.redeliver(update_id)
    await shop.settle()
    assert len(shop.olga.chat.said) == said
    await shop.olga.says("LX1")

    async with shop.db.read() as session:
        assert (await session.scalars(select(Order.tracking))).one() == "LX1"
