"""Customers and sellers write to each other: about orders, before ordering, with photos, and flooding nobody."""

import pytest

from shop.notifications.outbox import enqueue
from tests.stories.test_an_order import bought, card_of, opened
from tests.world.guests import Guest
from tests.world.people import OLGA, user
from tests.world.shop import PICTURES, OpenShop

pytestmark = pytest.mark.one_database
PHOTO = (PICTURES / "mug-ink.jpg").read_bytes()


def photos_of(guest: Guest, words: str = "") -> int:
    """How many messages with a photo the shop shows this person, with these words below."""
    return sum(message.photo is not None and words in message.words for message in guest.chat.said)


async def ordered(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)


async def test_a_question_stays_when_its_order_is_opened_and_on_the_page_of_the_order(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("Is it <organic>?")
    await shop.tick()
    question = shop.olga.screen
    assert "Is it <organic>?" in question.words

    await shop.olga.taps("Order 1", on=question)
    assert "Is it <organic>?" in question.words  # where it was told
    assert shop.olga.screen.message_id != question.message_id
    assert "Is it <organic>?" in shop.olga.text  # and on the page of the order
    await shop.olga.taps("Answer", on=question)
    assert "Is it <organic>?" in question.words
    await shop.olga.says("Yes, it is.")
    await shop.tick()

    answer = shop.ann.screen
    assert "Yes, it is." in answer.words
    await shop.ann.taps("Order 1", on=answer)
    assert "Yes, it is." in answer.words
    assert "📦 Order 1 · Olga" in shop.ann.text
    assert "Is it <organic>?" in shop.ann.text
    assert "Yes, it is." in shop.ann.text


async def test_the_card_shows_what_was_written_last(shop: OpenShop) -> None:
    await ordered(shop)
    card = shop.ann.screen
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("Please ring twice")
    await shop.tick()

    assert "Please ring twice" in card.words


async def test_many_messages_are_read_by_pages(shop: OpenShop) -> None:
    await ordered(shop)
    for number in range(4):
        await shop.ann.taps("Problem with this order")
        await shop.ann.says(f"Word {number}")
        await shop.tick()
        await shop.olga.says(f"Answer {number}", reply_to=shop.olga.chat.said[-1])
        await shop.tick()
        await shop.ann.taps("Order 1")

    await shop.olga.says("/orders")
    await shop.olga.taps("Ann")
    assert "Answer 3" in shop.olga.text
    assert "Word 1" not in shop.olga.text
    await shop.olga.taps("All messages")
    assert "Word 2" in shop.olga.text
    assert "Word 1" not in shop.olga.text
    await shop.olga.taps("Previous")
    assert "Word 0" in shop.olga.text
    await shop.olga.taps("Next")
    assert "Answer 3" in shop.olga.text
    await shop.olga.taps("‹ Back")
    assert "🧾 Order 1" in shop.olga.text


async def test_photos_with_a_complaint_and_after_it_reach_the_seller(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.shows_photo(PHOTO)  # without a word
    await shop.tick()
    assert "Sent to Olga" in shop.ann.text
    assert photos_of(shop.olga, "Ann about order 1") == 1

    await shop.ann.shows_photo(PHOTO, "The lid is broken")
    await shop.tick()
    assert photos_of(shop.olga, "The lid is broken") == 1
    await shop.ann.says("tea")  # and then she looks for something
    assert any("Green tea" in label for label in shop.ann.keyboard)

    await shop.olga.shows_photo(PHOTO, "This one is whole", reply_to=shop.olga.chat.said[-1])
    await shop.tick()
    assert photos_of(shop.ann, "This one is whole") == 1
    await shop.olga.says("/orders")
    await shop.olga.taps("Ann", "All messages", "📷 Olga")
    assert shop.olga.screen.photo is not None
    assert "This one is whole" in shop.olga.text
    await shop.olga.taps("‹ Back", "‹ Back")
    assert "🧾 Order 1" in shop.olga.text


async def test_every_photo_of_an_album_arrives(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.ann.taps("Problem with this order")
    for number in range(7):
        await shop.ann.shows_photo(PHOTO, "All broken" if number == 0 else "", album="A1")
    for _ in range(7):
        await shop.tick()

    assert photos_of(shop.olga) == 7
    assert photos_of(shop.olga, "All broken") == 1
    assert sum("Sent to Olga" in message.words for message in shop.ann.chat.said) == 1

    await shop.olga.taps("Answer")
    for number in range(3):
        await shop.olga.shows_photo(PHOTO, "Like these?" if number == 0 else "", album="B2")
    for _ in range(3):
        await shop.tick()
    assert photos_of(shop.ann, "about order 1") == 3


async def test_a_photo_that_nobody_asked_for_finds_its_way(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.ann.says("/start")
    for _ in range(2):
        await shop.ann.shows_photo(PHOTO, album="A1")
    assert "Whom is this photo for?" in shop.ann.text
    await shop.ann.taps("seller of order 1")
    assert "Sent to Olga" in shop.ann.text
    for _ in range(2):
        await shop.tick()

    assert photos_of(shop.olga, "about order 1") == 2


async def test_a_question_before_ordering_goes_to_and_fro(shop: OpenShop) -> None:
    tea = await opened(shop)
    await shop.ann.says(f"/start p_{tea}")
    await shop.ann.taps("Ask the seller")
    await shop.ann.says("Do you ship to France?")
    await shop.tick()
    question = shop.olga.screen
    assert "Ann about Green tea" in question.words
    assert "Do you ship to France?" in question.words
    assert "@ann" not in question.words

    await shop.olga.taps("Answer")
    await shop.olga.says("Yes, for €8.")
    await shop.tick()
    answer = shop.ann.screen
    assert "Olga about Green tea" in answer.words
    assert "Yes, for €8." in answer.words
    assert "@olga" not in answer.words
    await shop.ann.taps("To the product")
    assert any("Add to cart" in label for label in shop.ann.keyboard)
    assert "Yes, for €8." in answer.words

    await shop.ann.says("Thanks", reply_to=answer)
    await shop.tick()
    assert "Thanks" in shop.olga.newest
    await shop.olga.taps("All messages")
    assert "Do you ship to France?" in shop.olga.text
    await shop.olga.says("Welcome", reply_to=question)
    await shop.tick()
    assert "Welcome" in shop.ann.newest


async def test_nobody_asks_about_their_own_goods(shop: OpenShop) -> None:
    tea = await opened(shop)
    await shop.olga.says(f"/start p_{tea}")
    assert not any("Ask the seller" in label for label in shop.olga.keyboard)


async def test_help_leads_to_the_shop(shop: OpenShop) -> None:
    await shop.ivan.says("/start")
    await shop.oscar.says("/start")
    await shop.ann.says("/help")
    await shop.ann.taps("Ask the shop", "Never mind")
    await shop.ann.says("/help")
    await shop.ann.taps("Ask the shop")
    await shop.ann.says("Are you open on Sunday?")
    await shop.tick()
    assert "Are you open on Sunday?" in shop.oscar.newest  # two sellers: the operator
    await shop.oscar.says("Always.", reply_to=shop.oscar.chat.said[-1])
    await shop.tick()
    assert "Always." in shop.ann.newest


async def test_what_was_no_search_is_sent_by_one_key(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.ann.says("Hello, where is my parcel? I have been waiting for it since Monday.")
    assert "Nothing found" in shop.ann.text
    await shop.ann.taps("seller of order 1")
    assert "Sent to Olga" in shop.ann.text
    await shop.tick()
    assert "I have been waiting for it since Monday." in shop.olga.newest

    await shop.bob.says("zzyzx")
    before = shop.bob.screen
    await shop.bob.says("/start")
    await shop.bob.taps("Send it to the shop", on=before)  # the words are not kept for ever: they are asked for
    assert "Write your question" in shop.bob.newest


async def test_who_has_written_enough_waits_and_loses_nothing(shop: OpenShop) -> None:
    await ordered(shop)
    for number in range(5):
        await shop.ann.taps("Problem with this order", on=card_of(shop.ann))
        await shop.ann.says(f"Word {number}")
    await shop.ann.taps("Problem with this order", on=card_of(shop.ann))
    assert "Olga has your 5 messages" in shop.ann.toast
    await shop.ann.shows_photo(PHOTO)  # the tap ended what went on before
    assert "Whom is this photo for" in shop.ann.text
    await shop.ann.says("tea")
    assert any("Green tea" in label for label in shop.ann.keyboard)
    for _ in range(6):
        await shop.tick()
    assert sum("about order 1" in message.words for message in shop.olga.chat.said) == 5


async def test_a_customer_who_writes_all_day_delays_no_order(shop: OpenShop) -> None:
    """120 texts by Eve, and then Ann's order: Olga hears of the order first."""
    tea = await opened(shop, stock=50)
    for _ in range(3):  # three open orders, and a question
        await shop.eve.says(f"/start p_{tea}")
        await shop.eve.taps("Add to cart", "in the cart", "Check out", "Cash on delivery")
        await shop.eve.says_where("Post") if not shop.eve.sees("📍") else await shop.eve.taps("📍", "Post")
    for _ in range(5):
        await shop.tick()
    for number in range(120):
        await shop.eve.forges(f"op:{number % 3 + 1}")
        await shop.eve.says(f"Word {number}")
    told = len(shop.olga.chat.said)

    await bought(shop)  # one tick: at least one message to everybody
    heard = [message.words for message in shop.olga.chat.said[told:]]
    assert "New order" in heard[0]
    for _ in range(20):
        await shop.tick()
    assert sum("Word" in message.words for message in shop.olga.chat.said[told:]) == 15  # five an order


async def test_a_long_message_is_read_to_its_end(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("я" * 4000 + " конец")
    await shop.tick()
    assert "конец" not in shop.olga.newest
    await shop.olga.taps("Read all of it", "Next", "Next")
    assert "конец" in shop.olga.text
    assert not any("Next" in label for label in shop.olga.keyboard)


async def test_strangers_and_other_sellers_read_no_messages(shop: OpenShop) -> None:
    await ordered(shop)
    await shop.ann.taps("Problem with this order")
    await shop.ann.says("My secret")
    await shop.tick()
    for guest in (shop.eve, shop.ivan):
        await guest.says("/start")
        for data in ("qt:1::0", "qm:1:0:0", "qr:1", "qo:1", "qu:1::0", "qn:1:0:0", "qc:1", "qs:1"):
            await guest.forges(data)
            assert not guest.sees("My secret")
            assert not guest.sees("Write")
            assert not guest.sees("Order 1")
    assert await card_and_question(shop) == (True, True)


async def card_and_question(shop: OpenShop) -> tuple[bool, bool]:
    """Whether those whose message it is read it."""
    await shop.ann.forges("qm:1:0:0")
    await shop.olga.forges("qn:1:0:0")
    return "My secret" in shop.ann.text, "My secret" in shop.olga.text


async def test_a_complaint_that_an_earlier_version_wrote_down_is_told_and_answered(shop: OpenShop) -> None:
    await ordered(shop)
    async with shop.db.begin() as session:
        olga = await user(session, OLGA)
        data, now = {"order_id": 1, "text": "The <lid> is missing"}, shop.clock.now()
        await enqueue(session, user_id=olga.id, kind="problem", data=data, dedupe_key="order:1:problem:x", now=now)
    await shop.tick()
    assert "The <lid> is missing" in shop.olga.newest
    await shop.olga.taps("Answer")
    await shop.olga.says("It is in the post")
    await shop.tick()
    assert "It is in the post" in shop.ann.newest
