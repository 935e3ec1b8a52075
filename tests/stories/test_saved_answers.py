"""A seller keeps short answers, and sends one by key with the customer's name and the order's number in it, once."""

from sqlalchemy import func, select

from bot.screens.selling.answers.buttons import PickAnswer, RemoveAnswer, WriteAnswer
from db.models import Message, Notification, SavedAnswer, User
from shop.messages import answers
from tests.stories.test_an_order import bought, opened
from tests.world.people import ANN, IVAN, OLGA, user
from tests.world.shop import OpenShop


async def test_an_answer_is_kept_and_sent_once(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    olga, ann, ivan = shop.olga, shop.ann, shop.ivan
    async with shop.db.begin() as session:
        (await session.get_one(User, (await user(session, ANN)).id)).name = "Ann {number}"
    await olga.says("/answers")
    assert "There are none." in olga.newest
    await olga.taps("💬 Keep an answer")
    assert "{name} becomes the customer’s name" in olga.text
    await olga.says("Hello {name}, {number} leaves today <3")
    assert "1." in olga.newest
    await olga.says("/order 1")
    await olga.taps("Write to the customer", "Hello {name}, {number} leaves")
    assert "To Ann {number}:\nHello Ann {number}, 1 leaves today <3" in olga.text
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Message)) == 0  # it is only shown
    send = olga.screen
    await olga.taps("💬 Send it")
    assert "Sent to Ann" in olga.text
    await olga.forges(PickAnswer(1, sure=True).pack(), on=send)  # the tap comes again
    await shop.tick()
    assert ann.sees("Hello Ann {number}, 1 leaves today <3")
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Message)) == 1
        told = select(func.count()).where(Notification.kind == "problem_answer")
        assert await session.scalar(told) == 1

    await ivan.says("/start")
    for button in (PickAnswer(1), WriteAnswer(1), RemoveAnswer(1, sure=True)):
        await ivan.forges(button.pack())
        assert not ivan.sees("leaves today")
    await olga.says("/answers")
    await olga.taps("✏️ Change 1")
    await olga.says("Thanks, {name}!")
    await olga.taps("🗑 Remove 1", "🗑 Remove it")
    assert "There are none." in olga.text


async def test_no_more_answers_than_fit_and_none_of_another_seller(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        olga, ivan = await user(session, OLGA), await user(session, IVAN)
        for number in range(answers.MOST):
            await answers.add(session, olga, f"answer {number}", now=shop.clock.now())
        assert await answers.of_seller(session, ivan) == []
    await shop.olga.says("/answers")
    await shop.olga.taps("💬 Keep an answer")
    await shop.olga.says("one too many")
    assert "There are 8 saved answers already." in shop.olga.newest
    async with shop.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(SavedAnswer)) == answers.MOST
