"""Eve tries what is not hers: other people's buttons, owners' commands, buttons of her own making."""

import pytest

from bot.screens.parts.registry import registry
from bot.screens.routes import join
from tests.world.goods import a_category, a_product
from tests.world.shop import OpenShop

OWNERS_COMMANDS = (
    "/addproduct",
    "/restock SKU-1 =0",
    "/price SKU-1 0.01",
    "/archive SKU-1",
    "/ship 1",
    "/complete 1",
    "/admins",
)


@pytest.fixture
async def bought(shop: OpenShop) -> OpenShop:
    """Ann bought a tea."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", sku="SKU-1", category=await a_category(session, "Tea"))
    await shop.olga.says("/start")
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "Cart", "Check out", "here in the chat")
    assert (await shop.ann.pays()).state == "paid"
    await shop.tick()
    await shop.eve.says("/start")
    return shop


async def test_owners_commands_are_unknown_to_a_customer(bought: OpenShop) -> None:
    await bought.eve.says("/no_such_command")
    unknown = bought.eve.newest

    for command in OWNERS_COMMANDS:
        await bought.eve.says(command)
        assert bought.eve.newest == unknown, command

    await bought.keeps_its_promises()


async def test_a_customer_who_guesses_a_sellers_command_gets_what_they_may_see(bought: OpenShop) -> None:
    await bought.eve.says("/products")
    assert "Tea" in " ".join(bought.eve.keyboard)
    await bought.eve.says("/orders")
    assert bought.eve.sees("You have not ordered anything yet")

    for command in ("/orders 1", "/order 1", "/cancel 1 because", "/refund 1", "/refund 1 1.00"):
        await bought.eve.says(command)
        assert not bought.eve.sees("Ann"), command
        assert "Order 1" not in bought.eve.text, command

    await bought.ann.says("/orders")
    assert any("1" in label for label in bought.ann.keyboard)
    for command in ("/orders 1", "/cancel 1 because", "/refund 1"):
        await bought.ann.says(command)
        assert "Order 1" in bought.ann.text, command
        assert bought.ann.sees("Being prepared"), "nothing was done to it"
    await bought.keeps_its_promises()


async def test_a_command_that_somebody_guesses_is_understood(bought: OpenShop) -> None:
    guesses = {
        "/catalog": "/catalogue",
        "/shop@test_shop_bot": "/catalogue",
        "/basket": "/cart",
        "/find tea": "/search tea",
        "/search\ntea": "/search tea",
        "/MyOrders": "/myorders",
        "/purchases": "/myorders",
        "/home": "/start",
        "/lang": "/language",
        "/contact": "/support",
    }
    for guess, command in guesses.items():
        await bought.eve.says(command)
        meant = (bought.eve.newest, bought.eve.keyboard)
        await bought.eve.says("/help")
        await bought.eve.says(guess)
        assert (bought.eve.newest, bought.eve.keyboard) == meant, guess


def test_no_guess_stands_in_the_way_of_a_command() -> None:
    router = join()

    assert not set(router.guessed) & set(router.commands)
    assert set(router.guessed.values()) <= set(router.commands)
    assert set(router.otherwise) | set(router.otherwise.values()) <= set(router.commands)


async def test_buttons_copied_from_ann_show_eve_nothing_of_ann(bought: OpenShop) -> None:
    for message in bought.ann.chat.said:
        for row in message.keyboard or ():
            for button in row:
                if "callback_data" in button:
                    await bought.eve.forges(str(button["callback_data"]))
                    assert not bought.eve.sees("Lindenstraße"), button
                    assert not bought.eve.sees("Being prepared"), button

    await bought.keeps_its_promises()


async def test_buttons_copied_from_the_seller_do_nothing_for_eve(bought: OpenShop) -> None:
    before = bought.ann.text
    for message in bought.olga.chat.said:
        for row in message.keyboard or ():
            for button in row:
                if "callback_data" in button:
                    await bought.eve.forges(str(button["callback_data"]))

    await bought.tick()
    assert bought.ann.text == before
    assert not bought.eve.sees("Ann")
    await bought.keeps_its_promises()


async def test_every_kind_of_button_with_made_up_fields_is_answered_and_breaks_nothing(bought: OpenShop) -> None:
    for number, kind in enumerate(registry.kinds(), 1):
        for rest in ("", ":1", ":-1:zzzzzzzzzzzz", ":1:physical:a.b.c"):
            tapped = await bought.eve.forges(f"{kind.prefix}{rest}"[:64], hurried=True)
            assert tapped.query is not None
        if number % 8 == 0:  # more than so many at once of one person are dropped
            await bought.settle()
    await bought.settle()

    assert not bought.eve.sees("Lindenstraße")
    await bought.keeps_its_promises()
