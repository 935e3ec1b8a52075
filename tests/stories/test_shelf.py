"""A channel as a shelf: a product put there follows its price, its sale and its stock, and is bought by its key."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.screens.selling.chats.buttons import PutPost, TakePost
from db.models import Inventory, Post, Product
from simulator.acts.rooms import Room
from simulator.telegram.messages import Message
from tests.world.goods import a_category, a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop


async def opened(shop: OpenShop) -> None:
    """Green tea on the shelf and its seller at the door."""
    async with shop.db.begin() as session:
        await a_product(session, "Green tea", sku="TEA", category=await a_category(session, "Tea"))
    await shop.olga.says("/start")


async def channel(shop: OpenShop, by: Guest, *rights: str) -> Room:
    """A channel with the bot as an administrator; Ann reads it."""
    room = shop.simulator.found("Tea news", by.id, "channel")
    room.join(shop.ann.id)
    room.promote_bot(by.id, *rights)
    await shop.settle()
    return room


async def posted(shop: OpenShop) -> tuple[Room, Message]:
    """Green tea is on show."""
    await opened(shop)
    room = await channel(shop, shop.olga)
    await shop.olga.says("/post TEA")
    await shop.olga.taps("Show in Tea news")
    await shop.tick()
    assert len(room.group.said) == 1
    return room, room.group.said[0]


async def change(shop: OpenShop, **values: object) -> None:
    """The product changes."""
    async with shop.db.begin() as session:
        tea = await session.get_one(Product, 1)
        for name, value in values.items():
            setattr(tea, name, value)
        tea.updated_at = shop.clock.now()


async def test_a_channel_is_connected_by_its_administrator_and_told_in_private(shop: OpenShop) -> None:
    await opened(shop)
    await shop.eve.says("/start")
    theirs = await channel(shop, shop.eve)
    mine = await channel(shop, shop.olga, "can_delete_messages")  # which is too little
    assert not shop.olga.sees("Tea news is connected")
    mine.promote_bot(shop.olga.id)
    await shop.settle()

    assert shop.olga.sees("Tea news is connected")
    assert not shop.eve.sees("connected")
    assert theirs.group.said == mine.group.said == []


async def test_ann_buys_from_the_channel_and_the_post_says_sold_out(shop: OpenShop) -> None:
    room, post = await posted(shop)
    assert "Green tea" in post.words
    assert "€4.50" in post.words
    key = room.tap(shop.ann.id, "Buy")
    assert key.url == "https://t.me/test_shop_bot?start=p_1"
    shop.simulator.follow(shop.ann.id, key.url)
    await shop.settle()
    await shop.ann.taps("Add to cart", "+", "+", "+", "+", "in the cart", "Check out", "here in the chat")
    await shop.ann.pays()
    await shop.passes(minutes=1)

    assert "Sold out" in post.words
    assert post.labels == ["🛍 To the product"]
    await shop.olga.says("/restock TEA +3")
    await shop.passes(minutes=1)
    assert "Only 3 left" in post.words
    assert post.labels == ["🛒 Buy"]
    assert len(room.group.said) == 1


async def test_the_post_follows_price_sale_and_the_end_of_it(shop: OpenShop) -> None:
    _, post = await posted(shop)
    await shop.passes(minutes=1)
    await shop.olga.says("/price TEA 5.00")
    await shop.passes(minutes=1)
    assert "€5.00" in post.words

    now = shop.clock.now()
    await change(shop, sale_price=400, sale_from=now + timedelta(minutes=10), sale_until=now + timedelta(minutes=20))
    await shop.passes(minutes=1)
    assert "€4.00" not in post.words
    await shop.passes(minutes=10)
    assert "€5.00 €4.00" in post.words
    await shop.passes(minutes=10)
    assert "€4.00" not in post.words

    await shop.passes(minutes=1)
    await change(shop, archived_at=shop.clock.now())
    await shop.passes(minutes=1)
    assert "Not for sale at the moment." in post.words
    assert post.labels == []
    calls = len(shop.simulator.calls("editMessageText"))
    await shop.passes(hours=2)
    await shop.passes(minutes=5)
    assert len(shop.simulator.calls("editMessageText")) == calls  # what is unchanged is not edited


async def test_a_post_is_listed_taken_away_and_put_again(shop: OpenShop) -> None:
    room, post = await posted(shop)
    await shop.olga.says("/post")
    await shop.olga.taps("Green tea")
    assert "On show in:" in shop.olga.text
    await shop.olga.taps("Take out of Tea news")
    await shop.tick()
    assert post.message_id not in room.group.messages
    await shop.olga.taps("Show in Tea news")
    await shop.olga.forges(PutPost(1, 1).pack())  # a second tap
    await shop.tick()
    assert len(room.group.said) == 1


async def test_what_somebody_deleted_is_forgotten_and_a_lost_channel_is_told(shop: OpenShop) -> None:
    room, post = await posted(shop)
    room.delete(shop.olga.id, post.message_id)
    await shop.passes(minutes=1)
    await shop.olga.says("/price TEA 5.00")
    await shop.passes(minutes=1)
    async with shop.db.read() as session:
        assert (await session.get_one(Post, 1)).gone_at is not None

    await shop.olga.says("/post TEA")
    await shop.olga.taps("Show in Tea news")
    await shop.tick()
    room.promote_bot(shop.olga.id, "can_delete_messages")
    await shop.settle()
    await shop.tick()
    assert shop.olga.sees("I cannot write in Tea news any more")
    await shop.olga.says("/post TEA")
    assert "No channel or group is connected yet" in shop.olga.text


async def test_nobody_shows_or_takes_what_is_not_theirs(shop: OpenShop) -> None:
    room, post = await posted(shop)
    for who in (shop.ivan, shop.ann, shop.eve):
        await who.says("/start")
        for data in (PutPost(1, 1).pack(), TakePost(1).pack()):
            await who.forges(data)
        await who.says("/post TEA")
    await shop.tick()
    assert list(room.group.messages) == [post.message_id]


@pytest.mark.every_database
async def test_two_taps_at_once_are_one_post(shop: OpenShop) -> None:
    await opened(shop)
    room = await channel(shop, shop.olga)
    await shop.olga.says("/post TEA")
    taps = [shop.olga.forges(PutPost(1, 1).pack(), hurried=True) for _ in range(3)]
    await asyncio.gather(*taps)
    await shop.settle()
    await shop.tick()
    assert len(room.group.said) == 1
    async with shop.db.read() as session:
        assert len((await session.scalars(select(Post))).all()) == 1
        assert (await session.get_one(Inventory, 1)).quantity_in_stock == 5
