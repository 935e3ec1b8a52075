"""A staff group: news arrive there, keys work for those who may, and nobody else gets anything from it."""

import pytest

from bot.screens.parts.registry import registry
from bot.screens.selling.chats.buttons import SetNews, SetPrivate
from bot.screens.selling.orders.buttons import ConfirmMoney, ShipSale
from db.models import Role
from simulator.acts.rooms import Room
from simulator.telegram.messages import Message
from tests.stories.test_an_order import bought, opened, placed
from tests.stories.test_stale_keys import cash_placed
from tests.world.guests import Guest
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop

NOT_YOURS = "This key is for those who look after these orders."


def founded(shop: OpenShop, by: Guest, *, forum: bool = False, kind: str = "supergroup") -> Room:
    """A group of everybody."""
    room = shop.simulator.found("Tea staff", by.id, kind, forum=forum)
    room.join(*(who.id for who in (shop.ann, shop.olga, shop.ivan, shop.oscar, shop.eve) if who is not by))
    return room


async def connected(shop: OpenShop, by: Guest, *kinds: str, forum: bool = False) -> Room:
    """The bot was let in and told what to bring."""
    room = founded(shop, by, forum=forum)
    room.add_bot(by.id)
    await shop.settle()
    if forum:
        room.promote_bot(by.id, "can_manage_topics")
        await shop.settle()
    for kind in kinds:
        room.tap(by.id, kind)
        await shop.settle()
    return room


def about(room: Room, words: str) -> Message:
    """The one message of the shop in the group with these words."""
    found = [message for message in room.group.said if words in message.words]
    assert len(found) == 1, [message.words for message in room.group.said]
    return found[0]


@pytest.mark.every_database
async def test_orders_arrive_in_the_group_follow_and_are_shipped_there(shop: OpenShop) -> None:
    await opened(shop)
    room = await connected(shop, shop.olga, "Orders")
    assert "▫️ Money" in room.group.said[0].labels
    assert "✅ Orders" in room.group.said[0].labels
    await bought(shop)

    order = about(room, "New order")
    assert "Teestraße 1" in order.words
    assert shop.olga.sees("New order")
    room.tap(shop.olga.id, "Sent, without a number", message_id=order.message_id)
    await shop.settle()
    await shop.tick()

    assert room.toasts(shop.olga.id)[-1].text == "Done."
    assert "🚚 On its way" in order.words
    assert "Sent, without a number" not in " ".join(order.labels)
    assert shop.ann.sees("is on its way")
    assert len([message for message in room.group.said if "Order 1" in message.words]) == 1
    room.tap(shop.olga.id, "Complete", message_id=order.message_id)
    await shop.settle()
    await shop.tick()
    assert "🎉 Completed" in order.words
    await shop.keeps_its_promises()


async def test_what_asks_something_opens_in_private(shop: OpenShop) -> None:
    await opened(shop)
    room = await connected(shop, shop.olga, "Orders")
    await bought(shop)
    key = room.tap(shop.olga.id, "Order 1", message_id=about(room, "New order").message_id)
    shop.simulator.follow(shop.olga.id, key.url)
    await shop.settle()
    assert "🧾 Order 1" in shop.olga.text
    shop.simulator.follow(shop.ivan.id, key.url)
    shop.simulator.follow(shop.eve.id, key.url)
    await shop.settle()
    assert not shop.ivan.sees("Teestraße 1")
    assert not shop.eve.sees("Teestraße 1")


async def test_a_question_arrives_and_is_answered_in_private(shop: OpenShop) -> None:
    await opened(shop)
    room = await connected(shop, shop.olga, "Questions")
    await bought(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("When does it come?")
    await shop.tick()
    asked = about(room, "When does it come?")
    key = room.tap(shop.olga.id, "Answer", message_id=asked.message_id)
    room.send(shop.olga.id, "who answers that one?", reply_to=asked.message_id)  # chatter is not for the customer
    await shop.settle()
    assert not shop.ann.sees("who answers")
    shop.simulator.follow(shop.ivan.id, key.url)
    shop.simulator.follow(shop.olga.id, key.url)
    await shop.settle()
    await shop.ivan.says("I do")
    await shop.olga.says("Tomorrow")
    await shop.tick()
    assert shop.ann.sees("Tomorrow")
    assert not shop.ann.sees("I do")


async def test_each_kind_has_its_topic_and_one_can_be_chosen(shop: OpenShop) -> None:
    await opened(shop)
    room = await connected(shop, shop.olga, "Orders", "Questions", forum=True)
    mine = room.open_topic(shop.olga.id, "Talk with customers")
    room.send(shop.olga.id, "/here questions", topic=mine.id)
    await shop.settle()
    await bought(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("When does it come?")
    await shop.tick()

    assert [topic.name for topic in room.group.topics.values()] == ["Talk with customers", "Orders"]
    orders = next(topic for topic in room.group.topics.values() if topic.name == "Orders")
    assert about(room, "New order").thread == orders.id
    assert about(room, "💬 Ann about").thread == mine.id
    assert "Reply to this message" not in about(room, "💬 Ann about").words

    room.delete_topic(shop.olga.id, mine.id)
    await shop.ann.taps("Order 1", "Problem with this order")
    await shop.ann.says("Hello?")
    await shop.tick()
    assert [message.thread for message in room.group.said if message.words.startswith("💬 Ann about")][-1:] == [0]


async def test_a_strangers_group_gets_nothing(shop: OpenShop) -> None:
    await opened(shop)
    for who in (shop.eve, shop.ann):
        room = founded(shop, who)
        room.add_bot(who.id)
        await shop.settle()
        for command in ("/connect", "/here orders", "/start", "/orders", "/start p_1", "/post TEA"):
            room.send(who.id, command)
            await shop.settle()
        assert room.group.said == []
    await bought(shop)
    assert shop.simulator.calls("createForumTopic") == []
    assert all(room.said == [] for room in shop.simulator.world.groups.values())


async def test_whoever_may_not_is_told_no_by_every_key_and_nothing_moves(shop: OpenShop) -> None:
    room = await connected(shop, shop.olga, "Orders")
    await cash_placed(shop)
    order = about(room, "New order")
    before = (order.words, order.labels, len(room.group.messages))
    for who in (shop.eve, shop.ann, shop.ivan):
        forged = [
            *(f"{kind.prefix}:1" for kind in registry.kinds()),
            *(f"{kind.prefix}:1:1" for kind in registry.kinds()),
        ]
        forged += [SetNews(1, "orders", on=False).pack(), SetPrivate(1, on=False).pack(), ConfirmMoney(1).pack()]
        private = len(who.chat.messages)
        for number, data in enumerate(forged, 1):
            room.tap_data(who.id, data, message_id=order.message_id)
            if number % 16 == 0:
                await shop.settle()
        await shop.settle()
        assert {toast.text for toast in room.toasts(who.id)} == {NOT_YOURS}
        assert len(who.chat.messages) == private
    await shop.tick()

    assert (order.words, order.labels, len(room.group.messages)) == before
    room.tap_data(shop.olga.id, ShipSale(1).pack(), message_id=order.message_id)  # it would ask, and asks in private
    await shop.settle()
    assert room.toasts(shop.olga.id)[-1].text == "This order has moved on meanwhile."
    await shop.keeps_its_promises()


async def test_an_operator_presses_for_everybody_and_hears_everything(shop: OpenShop) -> None:
    await shop.oscar.says("/start")
    room = await connected(shop, shop.oscar, "Orders")
    await cash_placed(shop)
    order = about(room, "New order")
    room.tap(shop.oscar.id, "The money came", message_id=order.message_id)
    await shop.settle()
    await shop.tick()
    assert "Being prepared" in order.words or "To do" in order.words, order.words


async def test_thrown_out_the_owner_is_told_once_and_hears_in_private_again(shop: OpenShop) -> None:
    await opened(shop)
    room = await connected(shop, shop.olga, "Orders", "In my private chat, too")
    await placed(shop)
    await shop.ann.pays()
    await shop.settle()
    assert not shop.olga.sees("New order")
    room.kick_bot(shop.olga.id)  # before it was told
    await shop.settle()
    await shop.tick()

    assert len([message for message in shop.olga.chat.said if "I cannot write in Tea staff" in message.words]) == 1
    assert shop.olga.sees("New order")
    await shop.passes(minutes=5)
    assert len([message for message in shop.olga.chat.said if "I cannot write in" in message.words]) == 1


@pytest.mark.parametrize("trouble", ["muted", "kicked unheard"])
async def test_a_group_that_refuses_is_lost_and_nothing_is_lost_with_it(shop: OpenShop, trouble: str) -> None:
    await opened(shop)
    room = await connected(shop, shop.olga, "Orders", "In my private chat, too")
    if trouble == "muted":
        room.group.muted = True
    else:
        room.group.set_bot("kicked")
    await bought(shop)
    await shop.tick()
    assert shop.olga.sees("I cannot write in Tea staff")
    assert shop.olga.sees("New order")


@pytest.mark.parametrize("heard", [True, False])
async def test_a_group_that_grows_takes_its_news_along(shop: OpenShop, heard: bool) -> None:
    await opened(shop)
    room = founded(shop, shop.olga, kind="group")
    room.add_bot(shop.olga.id)
    await shop.settle()
    room.tap(shop.olga.id, "Orders")
    await shop.settle()
    if not heard:
        room.group.bot.updates.allow(["callback_query", "pre_checkout_query", "shipping_query", "my_chat_member"])
    bigger = room.upgrade(shop.olga.id)
    await shop.settle()
    room.group.bot.updates.allow(
        ["message", "callback_query", "pre_checkout_query", "shipping_query", "my_chat_member"]
    )
    await bought(shop)
    await shop.passes(minutes=1)
    await shop.passes(minutes=1)

    assert about(bigger, "New order").labels
    assert shop.olga.sees("New order")
    assert not shop.olga.sees("I cannot write")


async def test_who_sells_no_more_hears_nothing_in_the_group_either(shop: OpenShop) -> None:
    await opened(shop)
    room = await connected(shop, shop.olga, "Orders")
    await shop.oscar.says("/start")
    async with shop.db.begin() as session:
        (await user(session, OLGA)).role = Role.CUSTOMER
    await bought(shop)
    await shop.tick()
    assert not [message for message in room.group.said if "New order" in message.words]
