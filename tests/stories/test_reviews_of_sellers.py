"""Olga reads what was said about her tea, answers it and hides what insults; who wrote it is told why."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.screens.buying.reviews.buttons import HideReview, OpenReviews
from bot.screens.selling.reviews.buttons import AnswerReview, DropAnswer, OpenReceived, ShowReview
from db.models import AdminEvent, Order, OrderItem, OrderStatus, Product, ProductKind
from shop import doctor, reviews
from tests.world.goods import a_category, a_product
from tests.world.people import ANN, BOB, OLGA, Someone, user
from tests.world.shop import OpenShop

KINDS = (AnswerReview, DropAnswer, OpenReceived, ShowReview)


async def had(session: AsyncSession, who: Someone, product: Product) -> None:
    """They bought it some time ago."""
    buyer, now = await user(session, who), product.created_at
    order = Order(
        user_id=buyer.id,
        owner_id=product.owner_id,
        status=OrderStatus.PROCESSING,
        kind=ProductKind.PHYSICAL,
        subtotal=product.price,
        total_price=product.price,
        currency="EUR",
        checkout_key=f"{who.name}:{product.id}",
        created_at=now,
        updated_at=now,
    )
    order.status, order.completed_at = OrderStatus.COMPLETED, now
    session.add(order)
    await session.flush()
    session.add(OrderItem(order_id=order.id, product_id=product.id, name=product.name, quantity=1, price=product.price))
    await session.flush()


@pytest.fixture
async def tea(shop: OpenShop) -> int:
    """Ann and Bob rated the tea: five stars with words, and one."""
    async with shop.db.begin() as session:
        product = await a_product(session, "Sencha", category=await a_category(session, "Tea"))
        for who, stars, said in ((ANN, 5, "Like a spring morning"), (BOB, 1, "You are all fools")):
            await had(session, who, product)
            await reviews.rate(session, await user(session, who), product.id, stars, now=shop.clock.now())
            await reviews.comment(session, await user(session, who), product.id, said, now=shop.clock.now())
    for person in (shop.olga, shop.ann, shop.bob, shop.eve, shop.ivan, shop.oscar):
        await person.says("/start")
    return product.id


async def ratings_add_up(shop: OpenShop) -> None:
    """The doctor finds the stars of every product right (nobody paid for the orders of this story)."""
    async with shop.db.read() as session:
        found = {one.check for one in await doctor.check(session, now=shop.clock.now())}
    assert "ratings_add_up" not in found


async def test_a_seller_answers_and_hides_and_everybody_concerned_is_told(shop: OpenShop, tea: int) -> None:
    olga, ann, bob = shop.olga, shop.ann, shop.bob
    await shop.passes(minutes=11)
    assert olga.sees("New review")
    await olga.says("/reviews")
    await olga.taps("5★")
    assert "fools" not in olga.text
    await olga.taps("Ann · Sencha", "✍️ Answer")
    await olga.says("Thank you, Ann")
    assert olga.sees("Your answer:")
    await shop.tick()
    assert ann.sees("The seller answered your review")
    assert ann.sees("Thank you, Ann")
    await olga.says("/reviews")
    await olga.taps("Unanswered")
    assert "spring morning" not in olga.text
    await olga.taps("Bob · Sencha", "Hide it")
    await olga.says("It insults people")
    await shop.tick()
    assert bob.sees("is not shown any more")
    assert bob.sees("It insults people")
    await ann.says(f"/start p_{tea}")
    assert ann.sees("★ 5")
    await ratings_add_up(shop)

    await olga.taps("Show it again")
    await shop.tick()
    assert bob.sees("is shown again")
    async with shop.db.read() as session:
        done = [event.action for event in await session.scalars(select(AdminEvent).order_by(AdminEvent.id))]
    assert done == ["review.answered", "review.hidden", "review.shown"]
    await ratings_add_up(shop)


async def test_a_reader_chooses_stars_and_photos_and_turns_pages_within(shop: OpenShop, tea: int) -> None:
    await shop.eve.forges(OpenReviews(tea).pack())
    await shop.eve.taps("1★")
    assert shop.eve.sees("fools")
    assert "spring" not in shop.eve.text
    await shop.eve.taps("📷")
    assert shop.eve.sees("None of the reviews is like that")
    await shop.eve.taps("✓ 📷", "✓ 1★")
    assert shop.eve.sees("spring morning")


async def test_strangers_touch_no_review_and_what_an_operator_hid_stays_hidden(shop: OpenShop, tea: int) -> None:
    async with shop.db.read() as session:
        found = await reviews.list_reviews(session, tea)
        ids = [review.id for review in found]
    for stranger in (shop.eve, shop.ivan):
        for one in ids:
            for button in (
                HideReview(one, tea),
                AnswerReview(one),
                DropAnswer(one),
                OpenReceived(one),
                ShowReview(one),
            ):
                await stranger.forges(button.pack())
                await stranger.says("because")
    async with shop.db.read() as session:
        again = await reviews.list_reviews(session, tea)
    assert [(review.hidden_at, review.owner_reply) for review in again] == [(None, None)] * 2

    await shop.oscar.forges(HideReview(ids[0], tea).pack())
    await shop.oscar.says("Against the rules of the house")
    await shop.olga.forges(ShowReview(ids[0]).pack())
    async with shop.db.read() as session:
        assert len(await reviews.list_reviews(session, tea)) == 1
        assert (await user(session, OLGA)).id
