"""The shop asks for an address in the chat: question by question, back again, and the last one by one tap."""

import pytest
from sqlalchemy import select

from bot.screens.buying.checkout.buttons import AddressKeep
from db.models import Order
from tests.payments.tea import sell_tea, to_checkout
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def test_cash_needs_an_address_and_then_the_seller(shop: OpenShop) -> None:
    await shop.olga.says("/start")
    await sell_tea(shop)
    await to_checkout(shop)

    await shop.ann.taps("Cash on delivery")
    assert "which country" in shop.ann.text
    await shop.ann.taps("Germany")
    await shop.ann.says("Ann Example")
    await shop.ann.says("Lindenallee 7")
    await shop.reopen()
    await shop.ann.says("10115")
    assert "The town is missing" in shop.ann.text
    await shop.ann.says("10115 Berlin")
    assert "Courier: €9.90" in shop.ann.keyboard
    await shop.ann.taps("Courier")
    for said in ("1 × Green tea — €4.50", "Shipping, Courier: €9.90", "€14.40", "Cash on delivery", "Lindenallee 7"):
        assert said in shop.ann.text  # everything, before anything is ordered
    await shop.tick()
    assert not shop.olga.sees("New order")
    await shop.ann.taps("Order now · €14.40")

    assert "14.40" in shop.ann.text
    assert "in cash" in shop.ann.text
    await shop.ann.taps("Home")
    assert "Hello, Ann" in shop.ann.newest
    assert shop.ann.sees("in cash")  # the card stays
    await shop.tick()
    assert "Lindenallee 7" in shop.olga.newest
    assert "14.40" in shop.olga.newest
    await shop.olga.says("/start")
    await shop.olga.taps("Orders to do (1)", "Ann")
    await shop.olga.taps("Accept")
    await shop.keeps_its_promises()


async def test_a_slip_in_the_address_is_put_right_by_going_back(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    assert not any("Back" in label for label in shop.ann.keyboard)  # nothing was asked before
    await shop.ann.taps("Austria")
    await shop.ann.says("Ann Exampel")
    await shop.ann.taps("Back")
    assert "Who receives it" in shop.ann.text
    await shop.ann.taps("Back", "Germany")
    for line in ("Ann Example", "Lindenalee 7", "10115 Berlin"):
        await shop.ann.says(line)
    await shop.ann.taps("Back", "Back")
    assert "Street" in shop.ann.text
    for line in ("Lindenallee 7", "10115 Berlin"):
        await shop.ann.says(line)
    await shop.ann.taps("Courier")

    async with shop.db.read() as session:
        address = (await session.scalars(select(Order.address))).one()
    assert address is not None
    said = [address[part] for part in ("country_code", "name", "street_line1", "post_code", "city")]
    assert said == ["DE", "Ann Example", "Lindenallee 7", "10115", "Berlin"]


async def test_going_back_shows_what_was_typed_and_keeps_it_by_one_key(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    assert "Keep ›" not in shop.ann.keyboard  # nothing was typed yet
    await shop.ann.taps("Germany")
    for line in ("Ann Example", "Lindenalee 7", "10115 Berlin"):
        assert "Keep ›" not in shop.ann.keyboard
        await shop.ann.says(line)
    await shop.ann.taps("Back")
    assert "10115 Berlin" in shop.ann.text
    await shop.ann.taps("Back")
    assert "Lindenalee 7" in shop.ann.text
    await shop.ann.says("Lindenallee 7")
    await shop.ann.forges(AddressKeep(1, "street").pack())  # tapped twice: the question stays
    assert "10115 Berlin" in shop.ann.text
    await shop.ann.taps("Keep ›", "Courier")

    async with shop.db.read() as session:
        address = (await session.scalars(select(Order.address))).one()
    assert address is not None
    said = [address[part] for part in ("country_code", "name", "street_line1", "post_code", "city")]
    assert said == ["DE", "Ann Example", "Lindenallee 7", "10115", "Berlin"]


async def test_another_country_asks_for_its_town_anew(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
        await shop.ann.says(line)
    await shop.ann.taps("Change the address")
    assert "Now:\nGermany" in shop.ann.text or "Now: Germany" in shop.ann.text
    await shop.ann.taps("Keep ›", "Back", "Austria", "Keep ›", "Keep ›")
    assert "Austria" in shop.ann.text
    assert "Keep ›" not in shop.ann.keyboard  # a German postal code is none there


async def test_a_slip_names_what_is_missing_with_the_example_of_the_country(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says("Germny")
    assert "Did you mean Germany?" in shop.ann.text
    await shop.ann.taps("Germany")
    await shop.ann.says("x")
    assert "more than one letter" in shop.ann.text
    assert "Who receives it?" in shop.ann.text
    await shop.ann.says("Ann\n✅ PAID")
    await shop.ann.says("Lindenallee 7")
    assert "in Germany looks like 26133" in shop.ann.text
    await shop.ann.says("Berlin")
    assert "postal code is missing" in shop.ann.text
    await shop.ann.says("Berlin, D-10115")
    await shop.ann.taps("Courier")

    async with shop.db.read() as session:
        address = (await session.scalars(select(Order.address))).one()
    assert address is not None
    assert [address[part] for part in ("name", "post_code", "city")] == ["Ann ✅ PAID", "10115", "Berlin"]


async def test_a_slip_keeps_the_key_of_the_last_address(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Courier")
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    for wrong in ("qqqqqqqq", "Frankreich"):
        await shop.ann.says(wrong)
        assert any("📍 Lindenallee 7" in label for label in shop.ann.keyboard)


async def test_what_is_no_country_is_asked_again(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says("Ann Example")
    assert "do not know a country called “Ann Example”" in shop.ann.text
    await shop.ann.says("Frankreich")
    assert "do not deliver to France" in shop.ann.text
    await shop.ann.forges(shop.ann.callback_data("Germany").replace("DE", "ZZ"))
    assert "do not know a country called “ZZ”" in shop.ann.text
    await shop.ann.says("osterreich")
    assert "Who receives it" in shop.ann.text


async def test_who_took_the_last_address_goes_back_to_the_first_question(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Courier")
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "📍 Lindenallee 7", "Change the address")
    assert "which country" in shop.ann.text
    assert any("📍" in label for label in shop.ann.keyboard)
    await shop.ann.taps("Germany")
    for line in ("Bea Example", "Ring 1", "10117 Berlin"):
        await shop.ann.says(line)
    await shop.ann.taps("Back")
    assert "town" in shop.ann.text  # of this address, not of the last one
    await shop.ann.says("10119 Berlin")
    await shop.ann.taps("Post")

    async with shop.db.read() as session:
        address = await session.scalar(select(Order.address).where(Order.id == 2))
    assert address is not None
    assert (address["name"], address["post_code"]) == ("Bea Example", "10119")


async def test_the_next_order_goes_where_the_last_one_went_by_one_tap(shop: OpenShop) -> None:
    await sell_tea(shop)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    assert not any("📍" in label for label in shop.ann.keyboard)
    await shop.ann.says_where("Courier")
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "📍 Lindenallee 7, Berlin, Ann Example", "Post", "Order now")

    assert "in cash" in shop.ann.text
    async with shop.db.read() as session:
        first, second = await session.scalars(select(Order).order_by(Order.id))
    assert second.address == first.address
    assert second.total_price == 450 + 490
    await shop.keeps_its_promises()


async def test_the_seller_hears_of_a_cash_order_once_it_has_an_address(shop: OpenShop) -> None:
    """Ann stops in the middle of her address: nothing to accept for Olga, and the stock is free again soon."""
    await shop.olga.says("/start")
    await sell_tea(shop, stock=1)
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery", "Germany")
    await shop.tick()
    assert not shop.olga.sees("New order")
    await shop.olga.says("/orders pending")
    await shop.olga.taps("Ann")
    assert not any("Accept" in label for label in shop.olga.keyboard)

    await shop.passes(minutes=30)
    assert "was not paid in time" in shop.ann.newest
    await to_checkout(shop)
    await shop.ann.taps("Cash on delivery")
    await shop.ann.says_where("Courier")
    await shop.tick()
    assert "Lindenallee 7" in shop.olga.newest
    await shop.keeps_its_promises()
