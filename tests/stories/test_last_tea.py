"""One tea is left, and two people want it."""

import asyncio

import pytest

from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop

TO_THE_TEA = ("Tea", "Green tea")


@pytest.fixture
async def last_tea(shop: OpenShop) -> OpenShop:
    async with shop.db.begin() as session:
        tea = await a_category(session, "Tea")
        await a_product(session, "Green tea", stock=1, category=tea)
    for guest in (shop.ann, shop.bob):
        await guest.says("/start")
    return shop


async def ann_orders(ann: Guest) -> None:
    await ann.taps("Catalogue", *TO_THE_TEA, "Add to cart", "Cart", "Check out", "here in the chat")


@pytest.mark.every_database
async def test_ann_takes_the_last_tea_and_bob_reads_sold_out(last_tea: OpenShop) -> None:
    ann, bob = last_tea.ann, last_tea.bob
    await bob.taps("Catalogue", *TO_THE_TEA, "Add to cart", "Cart")
    await ann_orders(ann)

    await bob.taps("Check out")

    assert bob.sees("sold out")
    assert (await ann.pays()).state == "paid"
    await last_tea.keeps_its_promises()


@pytest.mark.every_database
async def test_when_both_confirm_at_once_one_gets_it(last_tea: OpenShop) -> None:
    ann, bob = last_tea.ann, last_tea.bob
    await ann.taps("Catalogue", *TO_THE_TEA, "Add to cart", "Cart", "Check out")
    await bob.taps("Catalogue", *TO_THE_TEA, "Add to cart", "Cart", "Check out")

    await asyncio.gather(ann.taps("here in the chat", hurried=True), bob.taps("here in the chat", hurried=True))
    await last_tea.settle()

    invoices = [any(message.invoice for message in guest.chat.said) for guest in (ann, bob)]
    assert sorted(invoices) == [False, True]
    await last_tea.keeps_its_promises()


async def test_the_tea_is_back_when_ann_cancels_and_bob_asked_to_be_told(last_tea: OpenShop) -> None:
    ann, bob = last_tea.ann, last_tea.bob
    await ann_orders(ann)
    await bob.taps("Catalogue", *TO_THE_TEA)
    await bob.taps("🔔")

    order = next(message for message in ann.chat.said if "reserved" in message.words)
    await ann.taps("Cancel the order", "Cancel the order", on=order)
    await last_tea.tick()

    assert bob.sees("Green tea")
    await bob.says("/start")
    await bob.taps("Catalogue", *TO_THE_TEA, "Add to cart")
    await last_tea.keeps_its_promises()
