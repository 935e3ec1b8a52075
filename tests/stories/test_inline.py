"""Products in any chat: `@shop tea` offers cards, and a card leads into the shop."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from db.models import User
from simulator.acts.inline import Offered
from simulator.acts.refusals import CannotDo
from simulator.telegram.people import Person
from tests.world.clock import START
from tests.world.counting import counted
from tests.world.goods import a_category, a_product, a_product_with_variants
from tests.world.shop import TOKEN, OpenShop

STRANGER = 7001


async def asks(shop: OpenShop, text: str, offset: str = "", *, who: int = STRANGER) -> Offered:
    """Somebody writes the bot's name and a text in one of their chats."""
    query = shop.simulator.ask_inline(who, text, offset)
    await shop.settle()
    return shop.simulator.offered(query)


def titles(offered: Offered) -> list[str]:
    """The names of the cards."""
    return [result.title for result in offered.results]


@pytest.fixture
def shop(shop: OpenShop) -> OpenShop:
    """A shop whose inline mode is on, and somebody who never came in."""
    shop.simulator.world.bot(TOKEN).inline = True
    shop.simulator.add_person(Person(STRANGER, "Sam", "sam"))
    return shop


async def test_a_stranger_finds_products_in_any_chat_and_a_card_leads_into_the_shop(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        mug = await a_product(session, "Sage mug", price=1900, image_url="mug-sage.jpg")
        await a_product(session, "Mug without a picture", price=500, stock=0)
        await a_product_with_variants(session, "Mug in sizes")
        gone = await a_product(session, "Old mug")
        gone.archived_at = START
        people = int(await session.scalar(select(func.count()).select_from(User)) or 0)
    await shop.ann.says(f"/start p_{mug.id}")  # the bot has the picture from now on

    offered = await asks(shop, "mug")

    assert sorted(titles(offered)) == ["Mug in sizes", "Mug without a picture", "Sage mug"]
    card = next(result for result in offered.results if result.title == "Sage mug")
    assert (card.kind, card.description) == ("photo", "€19.00")
    assert card.caption is not None
    assert card.caption.text == "Sage mug\n€19.00"
    assert card.keyboard == [[{"text": "🛍 To the product", "url": f"https://t.me/test_shop_bot?start=p_{mug.id}"}]]
    others = {result.title: result.description for result in offered.results}
    assert others["Mug without a picture"] == "€5.00 · sold out"
    assert others["Mug in sizes"] == "from €29.00" or others["Mug in sizes"] == "€29.00"
    async with shop.db.read() as session:
        known = int(await session.scalar(select(func.count()).select_from(User)) or 0)
    assert known == people + 1, "who only looked is nobody's customer: Ann alone came in"
    assert titles(await asks(shop, "mgu")) == []  # too short to be a typo of anything
    assert titles(await asks(shop, "old mug")) == []
    assert titles(await asks(shop, f"#{mug.id}")) == ["Sage mug"]
    assert titles(await asks(shop, f"#{gone.id}")) == []
    assert titles(await asks(shop, "#x")) == []


async def test_pages_follow_each_other_and_a_typo_is_mended(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        shelf = await a_category(session, "All")
        for number in range(23):
            await a_product(session, f"Hoodie {number:02}", category=shelf)
    seen: list[str] = []
    for text in ("hoodie", ""):
        seen, offset = [], ""
        for _ in range(3):
            offered = await asks(shop, text, offset)
            seen += titles(offered)
            offset = offered.next_offset
        assert offset == "", text
        assert len(seen) == len(set(seen)) == 23, text
    assert seen[0] == "Hoodie 22"  # nothing is said: the newest come first
    assert titles(await asks(shop, "hodie"))[0].startswith("Hoodie")
    for odd in ("x", "99999999999999999999", "-1"):
        assert titles(await asks(shop, "hoodie", odd)) in ([], titles(await asks(shop, "hoodie")))


async def test_a_letter_costs_a_few_statements_and_one_call(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        await a_product(session, "Green tea")
    for text, most in (("", 2), ("tea", 4), ("green tea", 5), ("zzzzzz yyyyy", 16), ("x" * 256, 16)):
        with counted(shop.db, shop.simulator) as cost:
            await asks(shop, text)
        assert len(cost.statements) <= most, (text, cost.statements)
        assert cost.calls == ["answerInlineQuery"]
    call = shop.simulator.calls("answerInlineQuery")[-1]
    values: dict[str, Any] = dict(call.parameters)
    assert values["is_personal"] is True
    assert 0 < values["cache_time"] <= 60
    assert json.loads(str(values["results"])) == []


async def test_what_is_sent_from_the_list_starts_nothing(shop: OpenShop) -> None:
    """In the chat with the bot itself the card is a message of the person's, and no search."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea")
    await shop.ann.says("/start")
    before = len(shop.ann.chat.said)
    offered = await asks(shop, "tea", who=shop.ann.id)
    bot = shop.simulator.world.bot(TOKEN)
    from simulator.acts.inline import send_result

    send_result(shop.simulator.world, bot, shop.ann.chat, shop.ann.chat.person, offered.query_id, offered.results[0].id)
    await shop.settle()
    assert len(shop.ann.chat.said) == before


async def test_the_share_key_sends_a_card_where_inline_mode_is_on_and_a_link_where_it_is_off(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_product(session, "Green tea")
    bot = shop.simulator.world.bot(TOKEN)
    for on in (True, False):
        bot.inline = on
        await shop.close()
        await shop.open()
        await shop.ann.says(f"/start p_{tea.id}")
        await shop.ann.taps("Share")
        keys = {str(key["text"]): key for row in shop.ann.screen.keyboard or () for key in row}
        to_chat = keys["↗️ Send to a chat"]
        assert to_chat.get("switch_inline_query") == (f"#{tea.id}" if on else None)
        assert str(to_chat.get("url", "")).startswith("https://t.me/share/url?") is not on
    with pytest.raises(CannotDo):
        shop.simulator.ask_inline(shop.ann.id, "tea")
