"""Ann orders, Olga ships, the scheduler tells, Ann reviews: the whole story, and where it may turn."""

from db.models import Inventory
from simulator.telegram.messages import Message
from simulator.telegram.wire import JsonObject
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop

BERLIN: JsonObject = {
    "country_code": "DE",
    "state": "",
    "city": "Berlin",
    "street_line1": "Teestraße 1",
    "street_line2": "",
    "post_code": "10115",
}


async def opened(shop: OpenShop, *, stock: int = 5) -> int:
    """Green tea on the shelf and its seller at the door; the product's id."""
    async with shop.db.begin() as session:
        tea = await a_product(session, "Green tea", price=450, stock=stock, category=await a_category(session, "Tea"))
    await shop.olga.says("/start")
    return tea.id


async def placed(shop: OpenShop) -> None:
    """Ann is asked for the money."""
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "here in the chat")


async def bought(shop: OpenShop) -> None:
    """Ann paid, and everybody concerned was told."""
    await placed(shop)
    await shop.ann.pays(option="post", address=BERLIN)
    await shop.tick()


async def arrived(shop: OpenShop) -> int:
    """Ann has her tea for four days, and is asked for stars; the product's id."""
    tea = await opened(shop)
    await bought(shop)
    await shop.olga.says("/complete 1")
    await shop.olga.taps("Complete")
    await shop.passes(days=4)
    return tea


def card_of(guest: Guest) -> Message:
    """The one message that is the card of the order."""
    cards = [message for message in guest.chat.said if "📦 Order 1 · Olga" in message.words]
    assert len(cards) == 1, [message.words for message in guest.chat.said]
    return cards[0]


async def test_from_the_payment_to_the_stars(shop: OpenShop) -> None:
    tea = await opened(shop)
    await bought(shop)
    card = card_of(shop.ann)
    assert "Being prepared" in card.words
    assert "Total: €9.40" in card.words

    assert "New order" in shop.olga.newest
    await shop.olga.taps("Ship")
    await shop.olga.says("LX123456789DE")
    assert "On its way" in shop.olga.text
    await shop.tick()
    assert card_of(shop.ann).message_id == card.message_id
    assert "LX123456789DE" in card_of(shop.ann).words
    assert shop.ann.newest.startswith("🚚 Order 1 is on its way.")

    await shop.olga.says("/complete 1")
    await shop.tick()
    assert "Completed" in card_of(shop.ann).words

    await shop.passes(days=4)
    assert "How do you like Green tea?" in shop.ann.newest
    await shop.ann.taps("★ 2", "★ 4")
    assert "Write it here" in shop.ann.text
    await shop.ann.says("Good tea")
    assert "\nGood tea\n" in shop.ann.text
    await shop.ann.says(f"/start p_{tea}")
    await shop.ann.taps("1 review")
    assert "★★★★☆ Ann" in shop.ann.text
    assert "Good tea" in shop.ann.text
    await shop.keeps_its_promises()


async def test_who_was_away_hears_the_news_when_they_are_back(shop: OpenShop) -> None:
    """Guard: what was given up because nobody could be reached is revived (`outbox.revive`)."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", price=450, stock=5, category=await a_category(session, "Tea"))
    await bought(shop)  # Olga has not begun her chat: Telegram lets no bot write first
    assert not shop.olga.chat.said
    await shop.olga.says("/start")
    await shop.tick()
    assert "New order" in shop.olga.newest

    shop.ann.blocks_the_bot()
    await shop.olga.says("/ship 1 LX1")
    await shop.tick()
    shop.ann.blocks_the_bot(blocked=False)
    await shop.settle()
    await shop.tick()
    assert "Order 1 is on its way." in shop.ann.newest
    assert "LX1" in card_of(shop.ann).words


async def test_an_order_that_is_not_paid_expires_and_its_stock_is_free_again(shop: OpenShop) -> None:
    tea = await opened(shop, stock=1)
    await placed(shop)
    await shop.passes(minutes=30)
    assert "was not paid in time" in shop.ann.newest
    await shop.ann.says("/myorders")
    assert "Cancelled" in shop.ann.keyboard[0]
    async with shop.db.read() as session:
        assert (await session.get_one(Inventory, tea)).available == 1
    assert not shop.olga.sees("New order")
    await shop.keeps_its_promises()


async def test_ann_cancels_while_it_is_pending_and_only_when_she_is_sure(shop: OpenShop) -> None:
    tea = await opened(shop, stock=1)
    await placed(shop)
    await shop.ann.says("/myorders")
    await shop.ann.taps("Waiting for payment", "Cancel the order")
    assert "Cancel order 1?" in shop.ann.text
    await shop.ann.taps("Back", "Cancel the order", "Cancel the order")
    assert "You cancelled it." in shop.ann.text
    async with shop.db.read() as session:
        assert (await session.get_one(Inventory, tea)).available == 1
    await shop.keeps_its_promises()


async def test_a_problem_goes_to_and_fro_by_replies(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("Is it <organic>?")
    await shop.tick()
    assert "Is it <organic>?" in shop.olga.newest
    await shop.olga.says("Yes, it is.", reply_to=shop.olga.chat.said[-1])
    await shop.tick()
    assert "Yes, it is." in shop.ann.newest
    await shop.ann.says("Thanks", reply_to=shop.ann.chat.said[-1])
    await shop.tick()
    assert "Thanks" in shop.olga.newest


async def test_the_seller_cancels_a_paid_order_and_the_money_goes_back(shop: OpenShop) -> None:
    tea = await opened(shop, stock=3)
    await bought(shop)
    await shop.olga.says("/cancel 1")  # asks, as the key does
    assert "€9.40 goes back to Ann at once." in shop.olga.newest
    await shop.olga.taps("✕ Cancel", on=next(m for m in shop.olga.chat.said if "New order" in m.words))
    await shop.olga.says("Broken in our store")
    await shop.tick()
    assert "Broken in our store" in card_of(shop.ann).words
    assert shop.ann.sees("Order 1 was cancelled.")
    async with shop.db.read() as session:
        assert (await session.get_one(Inventory, tea)).available == 3
    await shop.keeps_its_promises()


async def test_commands_of_sellers_explain_themselves_and_tell_customers_nothing(shop: OpenShop) -> None:
    await opened(shop)
    for command in ("/ship", "/complete", "/cancel", "/orders nonsense"):
        await shop.olga.says(command)
        assert command.split()[0] in shop.olga.newest
        await shop.eve.says(command)
        told = "You have not ordered anything yet" if command == "/cancel" or "orders" in command else "I do not know"
        assert told in shop.eve.newest
    await shop.olga.says("/ship 99")
    assert "There is no order 99 here." in shop.olga.newest


async def test_sellers_move_only_their_own_and_operators_everything(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.ivan.says("/ship 1 STOLEN")
    assert "There is no order 1 here." in shop.ivan.newest
    await shop.ivan.says("/orders")
    assert "There are none" in shop.ivan.text
    await shop.oscar.says("/orders processing")
    await shop.oscar.taps("Ann")
    await shop.oscar.says("/ship 1")
    assert "On its way" in shop.oscar.text


async def test_eve_sees_nothing_of_anns_order(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.eve.says("/start")
    for data in (
        "oo:1:0",
        "oc:1:0:1",
        "op:1",
        "rv:1",
        "rr:1:1:5",
        "sv:1",
        "ss:1:1",
        "sc:1",
        "sx:1:1",
        "sw:1",
        "po:1:cash",
    ):
        await shop.eve.forges(data)
        assert not shop.eve.sees("Green tea —")
        assert not shop.eve.sees("Order 1 ·")
    await shop.tick()
    assert "Being prepared" in card_of(shop.ann).words


async def test_the_seller_hides_a_rude_review(shop: OpenShop) -> None:
    tea = await arrived(shop)
    await shop.ann.taps("★ 1")
    await shop.ann.says("Rude words")
    await shop.olga.says(f"/start p_{tea}")
    await shop.olga.taps("1 review", "Hide what Ann said")
    await shop.olga.says("It insults people")
    assert "Hidden: It insults people" in shop.olga.text
    await shop.olga.taps("At the product")
    assert "Nobody has reviewed it yet." in shop.olga.text
    await shop.tick()
    assert shop.ann.sees("is not shown any more")
    assert shop.ann.sees("It insults people")
    await shop.keeps_its_promises()


async def test_a_question_that_was_walked_away_from_ships_nothing(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.olga.taps("Ship")
    await shop.olga.says("/start")
    await shop.olga.says("green")
    assert "Green tea" in "".join(shop.olga.keyboard)  # it was a search
    await shop.olga.says("/orders processing")
    assert any("Ann" in label for label in shop.olga.keyboard)
