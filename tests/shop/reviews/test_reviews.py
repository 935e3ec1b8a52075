"""Stars come from buyers, are counted once, and may be changed."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, Product, User
from db.session import Database
from shop import orders, reviews
from shop.people.handing_over import hand_over
from shop.refusals import CannotRead, NotBought, NotFound, OwnGoods
from tests.shop.buying import pay, place
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, BOB, EVE, IVAN, OLGA, user


async def _got(session: AsyncSession, buyer: User, *products: Product) -> list[Order]:
    olga = await user(session, OLGA)
    done = []
    for product in products:
        order = await place(session, buyer, product)
        await pay(session, order)
        done.append(await orders.complete(session, olga, order.id, now=START))
    return done


async def _rating(session: AsyncSession, product: Product) -> tuple[int, int]:
    await session.refresh(product)
    return product.rating_sum, product.rating_count


async def test_stars_are_counted_once_and_can_be_changed(session: AsyncSession) -> None:
    ann, bob, tea = await user(session, ANN), await user(session, BOB), await a_product(session)
    await _got(session, ann, tea)
    await _got(session, bob, tea)
    await reviews.rate(session, ann, tea.id, 2, now=START)
    await reviews.rate(session, bob, tea.id, 5, now=START)
    await reviews.rate(session, ann, tea.id, 4, now=START)
    assert await _rating(session, tea) == (9, 2)
    review = await reviews.comment(session, ann, tea.id, " Good <b>tea</b> ", now=START)
    assert (review.rating, review.comment) == (4, "Good <b>tea</b>")
    assert (await reviews.take_back(session, ann, tea.id, now=START)).comment is None


async def test_only_who_got_it_may_say_something(session: AsyncSession) -> None:
    eve, tea = await user(session, EVE), await a_product(session)
    order = await place(session, eve, tea)
    await pay(session, order)
    with pytest.raises(NotBought):
        await reviews.rate(session, eve, tea.id, 1, now=START)
    with pytest.raises(NotFound):
        await reviews.comment(session, eve, tea.id, "Bad", now=START)
    with pytest.raises(NotFound):
        await reviews.reviewable(session, eve, order.id)


@pytest.mark.parametrize("stars", [-1, 0, 6])
async def test_there_are_one_to_five_stars(session: AsyncSession, stars: int) -> None:
    with pytest.raises(CannotRead):
        await reviews.rate(session, await user(session, ANN), 1, stars, now=START)


async def test_a_review_of_a_variant_is_one_of_the_product(session: AsyncSession) -> None:
    ann = await user(session, ANN)
    scarf, (blue, red, *_) = await a_product_with_variants(session)
    await _got(session, ann, blue, red)
    await reviews.rate(session, ann, blue.id, 5, now=START)
    await reviews.rate(session, ann, red.id, 3, now=START)
    assert await _rating(session, scarf) == (3, 1)
    assert [row.rating for row in await reviews.list_reviews(session, red.id)] == [3]


async def test_what_can_be_reviewed_says_what_was_said(session: AsyncSession) -> None:
    ann, tea = await user(session, ANN), await a_product(session)
    (order,) = await _got(session, ann, tea)
    assert [(one.name, one.rating) for one in await reviews.reviewable(session, ann, order.id)] == [("Green tea", None)]
    await reviews.rate(session, ann, tea.id, 4, now=START)
    await reviews.comment(session, ann, tea.id, "Good", now=START)
    (one,) = await reviews.reviewable(session, ann, order.id)
    assert (one.product_id, one.rating, one.comment) == (tea.id, 4, "Good")
    with pytest.raises(NotFound):
        await reviews.reviewable(session, await user(session, EVE), order.id)


async def test_a_hidden_review_does_not_count_until_it_is_shown_again(session: AsyncSession) -> None:
    ann, olga, tea = await user(session, ANN), await user(session, OLGA), await a_product(session)
    await _got(session, ann, tea)
    review = await reviews.rate(session, ann, tea.id, 1, now=START)
    with pytest.raises(NotFound):
        await reviews.hide(session, await user(session, IVAN), review.id, reason="rude", now=START)
    for _ in range(2):
        await reviews.hide(session, olga, review.id, reason="rude", now=START)
    assert await _rating(session, tea) == (0, 0)
    assert list(await reviews.list_reviews(session, tea.id)) == []
    await reviews.rate(session, ann, tea.id, 2, now=START + timedelta(days=1))
    assert await _rating(session, tea) == (0, 0)
    await reviews.hide(session, olga, review.id, hidden=False, now=START)
    assert await _rating(session, tea) == (2, 1)
    answered = await reviews.reply(session, olga, review.id, "Sorry", now=START)
    assert answered.owner_reply == "Sorry"


async def test_stars_tapped_at_once_are_counted_once(database: Database) -> None:
    async with database.begin() as session:
        ann, tea = await user(session, ANN), await a_product(session)
        await _got(session, ann, tea)
    await asyncio.gather(
        *(
            database.transact(lambda session, stars=stars: reviews.rate(session, ann, tea.id, stars, now=START))  # type: ignore[misc]  # a bound default
            for stars in (1, 2, 3, 4, 5, 1)
        )
    )
    async with database.read() as session:
        product = await session.get_one(Product, tea.id)
        (review,) = await reviews.list_reviews(session, tea.id)
    assert (product.rating_sum, product.rating_count) == (review.rating, 1)


async def test_reviews_are_paged_from_the_newest(session: AsyncSession) -> None:
    tea = await a_product(session)
    for who in (ANN, BOB, EVE):
        person = await user(session, who)
        await _got(session, person, tea)
        await reviews.rate(session, person, tea.id, 3, now=START)
    first = await reviews.list_reviews(session, tea.id, limit=2)
    rest = await reviews.list_reviews(session, tea.id, after_id=first[-1].id, limit=2)
    assert [row.user.name for row in (*first, *rest)] == ["Eve", "Bob", "Ann"]


async def test_nobody_rates_what_they_sell(session: AsyncSession) -> None:
    olga, ann = await user(session, OLGA), await user(session, ANN)
    tea = await a_product(session)
    for buyer in (olga, ann):
        await _got(session, buyer, tea)
    with pytest.raises(OwnGoods):
        await reviews.rate(session, olga, tea.id, 5, now=START)
    assert (await reviews.rate(session, ann, tea.id, 4, now=START)).rating == 4


async def test_nobody_rates_their_own_goods_by_a_variant_or_after_they_were_handed_over(session: AsyncSession) -> None:
    olga, ivan = await user(session, OLGA), await user(session, IVAN)
    scarf, (blue, red, *_) = await a_product_with_variants(session)
    await _got(session, olga, blue)
    for one in (scarf, blue, red):
        with pytest.raises(OwnGoods):
            await reviews.rate(session, olga, one.id, 5, now=START)

    await _got(session, ivan, red)
    await hand_over(session, olga.id, ivan.id, now=START)
    for one in (scarf, blue):
        with pytest.raises(NotBought):  # from herself, when it was hers
            await reviews.rate(session, olga, one.id, 5, now=START)
        with pytest.raises(OwnGoods):  # whatever he bought before
            await reviews.rate(session, ivan, one.id, 5, now=START)
    assert await _rating(session, scarf) == (0, 0)
