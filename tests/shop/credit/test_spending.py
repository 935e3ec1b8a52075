"""Credit is spent once: by two phones at once, by a card that many people know, by an order that ends when paid."""

import asyncio

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CreditAccount, CreditHold, CreditMovement, GiftCard, HoldState, Order, OrderStatus, User
from db.session import Database
from shop import carts, checkout, credit, doctor, orders
from shop.checkout.buying_now import Wanted, place_now
from shop.checkout.sending import reprice
from shop.credit import CardDraft
from shop.credit.codes import digest
from shop.credit.refusals import CardRefused, CreditChanged
from shop.payments import giving
from shop.payments.crediting import pay_by_credit
from shop.payments.giving import Wish
from shop.payments.refunds import refund
from shop.people.handing_over import hand_over
from shop.refusals import AlreadyPaid, RefundTooLarge, Refusal, TooManyCodes
from tests.shop.buying import ROOMY, confirm
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, IVAN, OLGA, user

CROWD = 50
HOME = {"country_code": "DE", "city": "Berlin", "street_line1": "Ring 1", "name": "Ann"}


async def a_card(session: AsyncSession, value: int = 1000, *, said: str = "one") -> str:
    """Olga issues one; its code."""
    (code,) = await credit.issue(session, await user(session, OLGA), CardDraft(value, "EUR"), said=said, now=START)
    return code


async def rich(session: AsyncSession, value: int = 1000) -> User:
    """Ann, with so much credit at Olga's."""
    ann = await user(session, ANN)
    await credit.redeem(session, ann, await a_card(session, value), now=START)
    return ann


async def balance(database: Database) -> int:
    """Of the one account that there is."""
    async with database.read() as session:
        return (await session.scalars(select(CreditAccount.balance))).one()


async def an_order(session: AsyncSession, person: User, *, price: int = 450, uses: int, quantity: int = 1) -> Order:
    """An order that credit pays so much of, with its address."""
    tea = await a_product(session, price=price, stock=1000)
    await carts.set_quantity(session, person, tea.id, quantity, now=START)
    shown = await checkout.summarise(session, person, tea.owner_id, tea.kind, now=START)
    order = await confirm(session, person, replace(shown, credit=uses))
    await checkout.send_free(session, order, address=HOME, policy=ROOMY, now=START)
    return order


async def test_two_phones_spend_the_same_credit_once(database: Database) -> None:
    async with database.begin() as session:
        ann = await rich(session)
        teas = [await a_product(session, f"Tea {n}", price=800, stock=9) for n in range(8)]

    async def buy(number: int) -> bool:
        wanted = Wanted(teas[number].id, 1, number + 1)
        terms = checkout.Terms(None, None, ROOMY, ROOMY.order_hold, START, credit=800)
        try:
            async with database.begin() as session:
                await place_now(session, ann, wanted, total=800, place=None, terms=terms)
        except CreditChanged:
            return False
        return True

    assert sum(await asyncio.gather(*(buy(number) for number in range(8)))) == 1
    assert await balance(database) == 200
    async with database.read() as session:
        assert await doctor.check(session, now=START) == []


async def test_nobody_spends_less_than_nothing_by_holds_that_race(database: Database) -> None:
    """Without the lock of the cart before it: the balance itself must say no."""
    async with database.begin() as session:
        ann = await rich(session)
        placed = [await an_order(session, ann, uses=0) for _ in range(8)]
        olga = placed[0].owner_id

    async def hold(order: Order) -> bool:
        whose = {"person": ann.id, "seller": olga, "in_currency": "EUR"}
        try:
            async with database.begin() as session:
                connection = await session.connection()
                await connection.run_sync(lambda sync: credit.hold_now(sync, order.id, whose, 800, now=START))
        except CreditChanged:
            return False
        return True

    assert sum(await asyncio.gather(*map(hold, placed))) == 1
    assert await balance(database) == 200


async def test_a_card_that_fifty_people_know_is_redeemed_by_one(database: Database) -> None:
    async with database.begin() as session:
        code = await a_card(session)
        people = [User(telegram_id=9000 + n, name=f"P{n}", created_at=START, updated_at=START) for n in range(CROWD)]
        session.add_all(people)

    async def redeem(person: User) -> bool:
        async with database.begin() as session:
            return not isinstance(await credit.redeem(session, person, code, now=START), CardRefused)

    assert sum(await asyncio.gather(*map(redeem, people))) == 1
    assert await balance(database) == 1000
    async with database.read() as session:
        assert await doctor.check(session, now=START) == []


async def test_what_ends_an_order_gives_its_credit_back_once(database: Database) -> None:
    async with database.begin() as session:
        ann = await rich(session)
        order = await an_order(session, ann, uses=450)
    assert await balance(database) == 550
    async with database.begin() as session:
        await orders.cancel_by_customer(session, ann, order.id, now=START)
    assert await balance(database) == 1000

    async def end() -> None:
        async with database.begin() as session:
            await credit.give_back(session, order.id, now=START)

    await asyncio.gather(*(end() for _ in range(8)))
    assert await balance(database) == 1000
    async with database.read() as session:
        assert await doctor.check(session, now=START) == []


async def test_an_order_is_cancelled_or_paid_by_credit_and_never_both(database: Database) -> None:
    for quantity in range(1, 5):
        async with database.begin() as session:
            ann = await user(session, ANN)
            await credit.redeem(session, ann, await a_card(session, 450, said=f"card {quantity}"), now=START)
            order = await an_order(session, ann, uses=450)

        async def cancel(session: AsyncSession, order: Order = order) -> None:
            await orders.cancel_by_customer(session, await user(session, ANN), order.id, now=START)

        async def pay(session: AsyncSession, order: Order = order) -> None:
            await pay_by_credit(session, order.user_id, order.id, total=450, policy=ROOMY, now=START)

        both = database.transact(cancel), database.transact(pay)
        done = await asyncio.gather(*(both if quantity % 2 else reversed(both)), return_exceptions=True)
        assert [isinstance(one, Refusal) for one in done].count(True) == 1, done
    async with database.read() as session:
        paid = len((await session.scalars(select(Order.id).where(Order.status == OrderStatus.PROCESSING))).all())
        assert await doctor.check(session, now=START) == []
    assert await balance(database) == 450 * (4 - paid)


async def test_a_yes_that_is_tapped_eight_times_spends_once(database: Database) -> None:
    async with database.begin() as session:
        order = await an_order(session, await rich(session), uses=450)

    async def pay(session: AsyncSession) -> None:
        await pay_by_credit(session, order.user_id, order.id, total=450, policy=ROOMY, now=START)

    done = await asyncio.gather(*(database.transact(pay) for _ in range(8)), return_exceptions=True)
    assert [isinstance(one, AlreadyPaid) for one in done].count(True) == 7
    assert await balance(database) == 550
    async with database.read() as session:
        assert (await session.scalars(select(CreditHold.state))).all() == [HoldState.SPENT]
        assert await doctor.check(session, now=START) == []


async def test_a_refund_comes_back_once_and_never_more_than_was_paid(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        order = await an_order(session, await rich(session), uses=450)
        await pay_by_credit(session, order.user_id, order.id, total=450, policy=ROOMY, now=START)

    async def give(amount: int) -> None:
        wish = Wish(order.id, "owner:1", amount)
        await refund(database, {}, wish, clock=clock, policy=ROOMY)

    done = await asyncio.gather(*(give(200) for _ in range(6)), return_exceptions=True)
    assert [isinstance(one, RefundTooLarge) for one in done].count(True) == 4, done
    assert await balance(database) == 950
    async with database.begin() as session:
        weighed = await giving.weigh(session, Wish(order.id, "owner:1"), {}, now=START)
        assert weighed == 50
        assert await doctor.check(session, now=START) == []


async def test_only_the_digest_of_a_code_is_kept_and_guesses_have_an_end(session: AsyncSession) -> None:
    code = await a_card(session)
    card = (await session.scalars(select(GiftCard))).one()
    assert card.digest == digest(f" {code[:4].lower()} {code[4:]}")
    assert code not in str([getattr(card, column.key) for column in GiftCard.__table__.columns])
    bob = await user(session, BOB)
    for _ in range(10):
        await credit.redeem(session, bob, "AAAABBBBCCCC", now=START)
    with pytest.raises(TooManyCodes):
        await credit.redeem(session, bob, code, now=START)


async def test_credit_that_was_shown_and_is_gone_is_said_before_anything_is_ordered(session: AsyncSession) -> None:
    ann = await rich(session, 300)
    with pytest.raises(CreditChanged):
        await an_order(session, ann, uses=450)


async def test_who_takes_a_shop_over_takes_its_credit_and_its_cards(session: AsyncSession) -> None:
    ann, olga, ivan = await rich(session), await user(session, OLGA), await user(session, IVAN)
    (of_ivan,) = await credit.issue(session, ivan, CardDraft(300, "EUR"), said="ivans", now=START)
    waits = await a_card(session, 500, said="two")
    await credit.redeem(session, ann, of_ivan, now=START)
    await an_order(session, ann, uses=450)
    await hand_over(session, olga.id, ivan.id, now=START)
    assert (await credit.standing(session, ann.id, ivan.id, "EUR")).balance == 850
    assert (await credit.standing(session, ann.id, olga.id, "EUR")).balance == 0
    await credit.redeem(session, ann, waits, now=START)
    assert (await credit.standing(session, ann.id, ivan.id, "EUR")).balance == 1350
    assert await doctor.check(session, now=START) == []


async def test_an_order_that_comes_to_cost_less_holds_less(session: AsyncSession) -> None:
    ann = await rich(session, 450)
    order = await an_order(session, ann, uses=450)
    await reprice(session, order, shipping=100, policy=ROOMY, now=START)
    assert (order.credit, order.due) == (450, 100)
    await reprice(session, order, shipping=0, policy=ROOMY, now=START)
    assert (order.credit, order.due) == (450, 0)
    assert await doctor.check(session, now=START) == []
    assert len((await session.scalars(select(CreditMovement.id))).all()) == 2
