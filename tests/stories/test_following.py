"""Whatever shows an order is edited when the order moves: notices, opened orders, questions, and nobody else's."""

import pytest
from sqlalchemy import func, select

from db.models import Notification, OrderSight, Role
from shop.orders import sights
from shop.orders.sights import FOLLOWS, Seen
from tests.stories.test_an_order import BERLIN, bought, card_of, opened, placed
from tests.stories.test_stale_keys import cash_placed, notice
from tests.world.clock import START
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop


async def test_the_sellers_notice_follows_the_order(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    message = notice(shop.olga, "New order")
    await shop.olga.says("/ship 1 LX1")
    await shop.tick()
    assert "🚚 On its way" in message.words
    assert "LX1" in message.words
    assert not any("Ship" in label or "Cancel" in label for label in message.labels)

    await shop.oscar.says("/complete 1")
    await shop.tick()
    assert "🎉 Completed" in message.words
    assert shop.olga.chat.said.count(message) == 1


async def test_a_corrected_number_is_corrected_wherever_it_stands(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.olga.says("/ship 1 WRONG1")
    await shop.tick()
    card = card_of(shop.ann)
    await shop.ann.says("/myorders")
    await shop.ann.taps("On its way")
    told, looked = notice(shop.ann, "🚚 Order 1 is on its way."), shop.ann.screen
    count = len(shop.ann.chat.said)

    await shop.olga.says("/ship 1 RIGHT2")
    await shop.tick()

    for message in (told, looked, card):
        assert "RIGHT2" in message.words
        assert "WRONG1" not in message.words
    assert not any("WRONG1" in message.words for message in shop.olga.chat.said)
    assert len(shop.ann.chat.said) == count

    await shop.olga.says("/complete 1")
    await shop.tick()
    assert "🎉 Completed" in told.words
    assert "🎉 Completed" in looked.words


async def test_an_order_opened_from_my_orders_follows_until_it_is_left(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.ann.says("/myorders")
    await shop.ann.taps("Being prepared")
    stays = shop.ann.screen
    await shop.ann.says("/order 1")
    await shop.ann.taps("‹ Back")
    left = shop.ann.screen

    await shop.olga.says("/ship 1 LX1")
    await shop.tick()

    assert "🚚 On its way" in stays.words
    assert left.words.startswith("📦 Your orders")  # what replaced the order is not overwritten


async def test_a_question_gives_way_when_the_order_moves(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.olga.taps("🚚 Ship")
    question = shop.olga.screen
    assert "write the tracking number" in question.words
    await shop.olga.says("LX1")
    await shop.tick()
    assert "🚚 On its way" in question.words
    assert not any("There is none" in label for label in question.labels)

    await shop.oscar.says("/orders 1")
    operators = shop.oscar.screen
    await shop.olga.says("/complete 1")
    await shop.tick()
    assert "🎉 Completed" in operators.words


@pytest.mark.every_database
async def test_two_moves_before_the_courier_comes_are_one_edit(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    message = notice(shop.olga, "New order")
    await shop.oscar.says("/ship 1 LX1")
    await shop.oscar.says("/complete 1")
    before = len(shop.simulator.calls("editMessageText"))
    await shop.tick()
    mine = [
        call.parameters["message_id"]
        for call in shop.simulator.calls("editMessageText")[before:]
        if call.parameters["chat_id"] == OLGA.telegram_id
    ]
    assert "🎉 Completed" in message.words
    assert mine == [message.message_id]


@pytest.mark.every_database
async def test_a_message_that_is_gone_is_forgotten_and_stops_nobody(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.olga.says("/orders 1")
    kept = shop.olga.screen
    async with shop.db.begin() as session:
        first = (await session.scalars(select(OrderSight).order_by(OrderSight.id))).first()
        assert first is not None
        first.message_id = 987_654  # a message that Olga deleted

    await shop.oscar.says("/ship 1 LX1")
    await shop.tick()

    assert "🚚 On its way" in kept.words
    async with shop.db.read() as session:
        assert await session.scalar(select(OrderSight.id).where(OrderSight.message_id == 987_654)) is None
        waiting = select(func.count()).where(Notification.kind == FOLLOWS, Notification.sent_at.is_(None))
        assert await session.scalar(waiting) == 0


async def test_telegram_away_for_a_while_loses_no_edit(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    message = notice(shop.olga, "New order")
    await shop.oscar.says("/ship 1 LX1")
    shop.simulator.fail("editMessageText", "500", times=3)
    await shop.tick()
    assert "Being prepared" in message.words
    for _ in range(3):
        await shop.passes(hours=1)
    assert "🚚 On its way" in message.words


@pytest.mark.every_database
async def test_only_the_newest_few_messages_are_remembered(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    for _ in range(sights.MOST + 3):
        await shop.olga.says("/orders 1")
    async with shop.db.read() as session:
        counts = select(func.count()).select_from(OrderSight).group_by(OrderSight.order_id, OrderSight.user_id)
        assert max(await session.scalars(counts)) == sights.MOST


async def test_who_was_dismissed_reads_no_more(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    message = notice(shop.olga, "New order")
    async with shop.db.begin() as session:
        (await user(session, OLGA)).role = Role.CUSTOMER
    await shop.passes(minutes=2)
    await shop.oscar.says("/ship 1 LX1")
    await shop.tick()
    assert "LX1" not in message.words


async def test_money_given_back_by_hand_is_told_once(shop: OpenShop) -> None:
    await cash_placed(shop)
    await shop.olga.taps("The money came")
    await shop.olga.says("/refund 1")
    await shop.olga.taps("💸 Give")
    await shop.tick()
    by_hand = [message for message in shop.olga.chat.said if any("gave" in label for label in message.labels)]
    assert len(by_hand) == 1, [message.words for message in shop.olga.chat.said]
    await shop.passes(hours=2)
    assert "✋ Please give €9.40 for order 1 back by hand" in shop.olga.newest  # the reminder
    reminder = shop.olga.screen

    await shop.olga.taps("gave", on=by_hand[0])
    await shop.tick()
    assert "✅ €9.40 for order 1 was given back by hand." in reminder.words
    assert not any("I gave" in label for message in shop.olga.chat.said for label in message.labels)


async def test_who_has_the_cash_hears_at_once_that_somebody_else_gives_it_back(shop: OpenShop) -> None:
    await cash_placed(shop)
    await shop.olga.taps("The money came")
    await shop.oscar.says("/refund 1")
    await shop.oscar.taps("💸 Give")
    await shop.tick()
    assert shop.olga.sees("✋ Please give €9.40 for order 1 back by hand")


@pytest.mark.every_database
async def test_an_order_that_moves_while_it_is_being_shown_is_followed_at_once(shop: OpenShop) -> None:
    await opened(shop)
    await placed(shop)
    await shop.ann.says("/myorders")
    await shop.ann.taps("Waiting for payment")
    looked = shop.ann.screen
    await shop.ann.pays(option="post", address=BERLIN)
    await shop.tick()
    assert "✅ Being prepared" in looked.words


@pytest.mark.every_database
async def test_a_move_between_the_reading_and_the_note_is_not_missed(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    async with shop.db.begin() as session:
        seen = Seen(
            order_id=1,
            telegram_id=OLGA.telegram_id,
            message_id=77,
            digest="old",
            button="sv:1",
            as_of=START.replace(year=2020),
        )
        await sights.note(session, seen, now=shop.clock.now())
    async with shop.db.read() as session:
        kinds = list(await session.scalars(select(Notification.kind).where(Notification.sent_at.is_(None))))
    assert kinds == [FOLLOWS]
