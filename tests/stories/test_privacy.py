"""Ann looks at what the shop knows of her, takes it along, chooses her news, and leaves; then she comes back."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from bot.screens.buying.privacy.buttons import DeleteAccount
from db.models import Order, Review, User
from tests.payments.tea import sell_tea
from tests.stories.test_an_order import BERLIN
from tests.stories.test_exports import sent
from tests.world.guests import Guest
from tests.world.shop import OpenShop

pytestmark = pytest.mark.one_database


async def bought(shop: OpenShop) -> None:
    """Ann's tea is paid."""
    await shop.olga.says("/start")
    await sell_tea(shop)
    await shop.ann.says("/start p_1")
    await shop.ann.taps("Add to cart", "in the cart", "Check out", "here in the chat")
    assert (await shop.ann.pays(option="post", address=BERLIN)).state == "paid"
    await shop.tick()


async def done(shop: OpenShop) -> None:
    """It arrived, and she liked it."""
    await bought(shop)
    await shop.olga.says("/ship 1 LX1")
    await shop.olga.says("/complete 1")
    await shop.passes(days=4)
    await shop.ann.taps("★ 4")
    await shop.ann.says("Good tea, says Ann Example")
    await shop.tick()


def file_of(guest: Guest) -> dict[str, Any]:
    """What is in the zip that came last."""
    with ZipFile(BytesIO(sent(guest))) as bundle:
        return {name: json.loads(bundle.read(name)) for name in bundle.namelist()}


async def test_ann_sees_what_is_kept_and_takes_it_along(shop: OpenShop) -> None:
    await done(shop)
    await shop.bob.says("/start")

    await shop.ann.says("/help")
    await shop.ann.taps("Your data")
    for said in ("Ann, @ann", "1 order, with address", "1 review", "The numbers of cards never come here"):
        assert said in shop.ann.text
    assert "favourite" not in shop.ann.text  # she has none
    assert "Address and note of a finished order go after 10 years. Messages go after 2 years." in shop.ann.text

    await shop.ann.taps("Take all of it along")
    found = file_of(shop.ann)
    assert found["orders.json"][0]["total_price"] == 940
    assert found["reviews.json"][0]["comment"] == "Good tea, says Ann Example"
    assert "Delete my account" in " ".join(shop.ann.keyboard)
    await shop.bob.says("/settings")  # a customer means their own
    await shop.bob.taps("Take all of it along")
    assert "Ann" not in json.dumps(file_of(shop.bob))


async def test_ann_leaves_and_comes_back_as_somebody_new(shop: OpenShop) -> None:
    await bought(shop)
    await shop.ann.says("/privacy")
    await shop.ann.taps("Delete my account")
    assert "These orders are not done" in shop.ann.text
    assert any("Being prepared" in label for label in shop.ann.keyboard)

    await shop.olga.says("/ship 1 LX1")
    await shop.olga.says("/complete 1")
    await shop.passes(days=4)
    await shop.ann.taps("★ 4")
    await shop.ann.says("/privacy")
    await shop.ann.taps("Delete my account")
    assert "kept by law for 10 years after the order ended" in shop.ann.text
    assert "Your reviews stay, without your name" in shop.ann.text
    await shop.ann.taps("Delete my reviews, too")
    assert "Your reviews go, too" in shop.ann.text
    await shop.ann.taps("Delete my account")
    assert "Your account is deleted" in shop.ann.text

    async with shop.db.read() as session:
        order = (await session.scalars(select(Order))).one()
        gone = await session.get_one(User, order.user_id)
        assert (gone.telegram_id, gone.name) == (None, "—")
        assert list(await session.scalars(select(Review))) == []
    await shop.olga.says("/order 1")
    assert "—" in shop.olga.text
    await shop.ann.taps("Home")
    assert "Hello, Ann" in shop.ann.text
    await shop.ann.says("/myorders")
    assert "You have not ordered anything yet" in shop.ann.text
    await shop.ann.says("/start order_1")
    assert "Green tea" not in shop.ann.text
    await shop.passes(hours=2)
    await shop.keeps_its_promises()


async def test_only_the_key_of_the_question_is_a_yes(shop: OpenShop) -> None:
    await shop.ann.says("/start")
    await shop.ann.forges(DeleteAccount(sure=True).pack())
    assert "Nothing was done" in shop.ann.toast
    await shop.ann.says("/privacy")
    assert "Ann, @ann" in shop.ann.text


async def test_who_sells_works_or_operates_here_reads_what_to_do(shop: OpenShop) -> None:
    for guest, said in ((shop.olga, "ask an operator to dismiss you"), (shop.oscar, "out of its configuration")):
        await guest.says("/privacy")
        await guest.taps("Delete my account")
        assert said in guest.text


async def test_each_kind_of_news_has_its_switch_and_ones_own_orders_have_none(shop: OpenShop) -> None:
    await bought(shop)
    await shop.ann.says("/notifications")
    assert shop.ann.text.count(": on") == 5
    await shop.ann.taps("Off: Asking for stars")
    assert "You will hear no more of it" in shop.ann.toast
    assert "Asking for stars: off" in shop.ann.text
    await shop.olga.says("/ship 1 LX1")
    await shop.tick()
    assert shop.ann.sees("On its way")
    await shop.olga.says("/complete 1")
    await shop.passes(days=4)
    assert not shop.ann.sees("How do you like")

    await shop.olga.says("/broadcast")
    await shop.olga.taps("Write news")
    await shop.olga.says("New teas")
    await shop.olga.taps("📤 Send")
    await shop.olga.taps("Send it")
    await shop.passes(minutes=5)
    assert shop.ann.sees("New teas")
    await shop.ann.taps("No more news from this shop")
    await shop.ann.says("/notifications")
    assert "News of Olga: off" in shop.ann.text
    await shop.ann.taps("On: Olga")
    assert "News of Olga" not in shop.ann.text
    await shop.ann.taps("Off: News and offers")
    await shop.olga.says("/broadcast")
    await shop.olga.taps("Write news")
    await shop.olga.says("More teas")
    await shop.olga.taps("📤 Send")
    await shop.olga.taps("Send it")
    await shop.passes(minutes=5)
    assert not shop.ann.sees("More teas")
