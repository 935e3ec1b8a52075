"""Operators appoint and dismiss: what a dismissed seller had goes to somebody, whole, and their news with it."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import AdminEvent, Author, Dialog, Message, Notification, Order, Product, Role, User
from db.session import Database
from shop import carts, checkout, doctor, messages
from shop.forms import dialogs
from shop.messages import Note, threads
from shop.messages.threads import Thread
from shop.notifications import deliver_due
from shop.orders.news import tell_seller
from shop.people import staff, users
from shop.policy import Policy
from shop.refusals import CartChanged, IsOperator, NotFound
from tests.shop.buying import HOLD, place
from tests.world.clock import START, ManualClock
from tests.world.goods import a_product
from tests.world.people import ANN, BOB, IVAN, OLGA, OSCAR, Someone, user

OPERATORS = frozenset({OSCAR.telegram_id})


class Postman:
    """Remembers who was told what."""

    def __init__(self) -> None:
        self.brought: list[tuple[str, str]] = []

    async def deliver(self, notification: Notification) -> int | None:
        """Bring it."""
        self.brought.append((notification.user.name, notification.kind))
        return len(self.brought)


async def _dismiss(session: AsyncSession, who: Someone, to: Someone, *, archive: bool = False) -> User:
    return await staff.dismiss(
        session,
        operator=await user(session, OSCAR),
        telegram_id=who.telegram_id,
        taker=await user(session, to),
        archive=archive,
        operators=OPERATORS,
        now=START,
    )


async def _write(session: AsyncSession, thread: Thread, text: str) -> None:
    note = Note(text, f"1:{thread.customer.id}:{text}")
    await messages.write(session, thread, Author.CUSTOMER, note, policy=Policy(), now=START)


async def _deliver(database: Database, clock: ManualClock) -> list[tuple[str, str]]:
    postman = Postman()
    for _ in range(4):
        await deliver_due(database, postman, clock, policy=Policy(operators=OPERATORS))
    return postman.brought


async def _kinds(session: AsyncSession, person: User) -> Sequence[str]:
    query = select(Notification.kind).where(Notification.user_id == person.id).order_by(Notification.id)
    return (await session.scalars(query)).all()


async def test_an_operator_appoints_and_dismisses_and_it_is_written_down_and_told(session: AsyncSession) -> None:
    oscar, ann = await user(session, OSCAR), await user(session, ANN)
    assert (await staff.appoint(session, operator=oscar, telegram_id=ANN.telegram_id, now=START)).id == ann.id
    stranger = await staff.appoint(session, operator=oscar, telegram_id=999, now=START)
    assert [owner.id for owner in await staff.list_owners(session)] == [ann.id, stranger.id]

    await _dismiss(session, ANN, OSCAR)

    assert [owner.id for owner in await staff.list_owners(session)] == [stranger.id]
    done = await session.execute(
        select(AdminEvent.actor, AdminEvent.action, AdminEvent.subject).order_by(AdminEvent.id)
    )
    assert [tuple(row) for row in done] == [
        (f"operator:{oscar.id}", "appoint", f"user:{ann.id}"),
        (f"operator:{oscar.id}", "appoint", f"user:{stranger.id}"),
        (f"operator:{oscar.id}", "dismiss", f"user:{ann.id}"),
    ]
    assert await _kinds(session, ann) == ["appointed", "dismissed"]


async def test_nobody_is_dismissed_twice_or_in_favour_of_who_may_not_sell(session: AsyncSession) -> None:
    await user(session, IVAN)
    with pytest.raises(NotFound):
        await _dismiss(session, IVAN, BOB)
    with pytest.raises(NotFound):
        await _dismiss(session, IVAN, IVAN)
    with pytest.raises(IsOperator):
        await _dismiss(session, OSCAR, OLGA)
    await _dismiss(session, IVAN, OSCAR)
    with pytest.raises(NotFound):
        await _dismiss(session, IVAN, OSCAR)


async def test_goods_with_their_variants_orders_and_carts_go_to_the_taker(
    database: Database, clock: ManualClock
) -> None:
    async with database.begin() as session:
        ann, bob, olga = await user(session, ANN), await user(session, BOB), await user(session, OLGA)
        await a_product(session, seller=OLGA, sku="cup")
        cup = await a_product(session, seller=IVAN, sku="CUP", name="Ivan's cup")
        order = await place(session, ann, cup, 1)
        await carts.set_quantity(session, bob, cup.id, 2, now=START)
        before = await checkout.summarise(session, bob, cup.owner_id, cup.kind, now=START)

    async with database.begin() as session:
        await _dismiss(session, IVAN, OLGA)

    async with database.begin() as session:
        (moved,) = (await session.scalars(select(Product).where(Product.name == "Ivan's cup"))).all()
        assert (moved.owner_id, moved.sku, moved.archived_at) == (olga.id, f"CUP-{cup.id}", None)
        assert await session.scalar(select(Order.owner_id).where(Order.id == order.id)) == olga.id
        assert await _kinds(session, olga) == ["handed_over"]
    async with database.begin() as session:
        with pytest.raises(CartChanged):
            await _order(session, bob, before.owner_id, before.key)
    async with database.begin() as session:
        after = await checkout.summarise(session, bob, olga.id, cup.kind, now=START)
        assert (await _order(session, bob, olga.id, after.key)).owner_id == olga.id
        assert [finding for finding in await doctor.check(session, now=clock.now()) if "sell" in finding.check] == []


async def _order(session: AsyncSession, buyer: User, owner_id: int, key: str) -> Order:
    return await checkout.place_order(
        session,
        buyer,
        owner_id=owner_id,
        kind=(await session.scalars(select(Product.kind).limit(1))).one(),
        checkout_key=key,
        payment_method=None,
        note=None,
        policy=Policy(),
        hold=HOLD,
        now=START,
    )


async def test_goods_may_be_taken_off_sale_while_their_orders_go_on(session: AsyncSession) -> None:
    ann, oscar = await user(session, ANN), await user(session, OSCAR)
    book = await a_product(session, seller=IVAN)
    order = await place(session, ann, book)

    await session.execute(update(Order).values(updated_at=START - HOLD))
    await _dismiss(session, IVAN, OSCAR, archive=True)

    await session.refresh(book)
    # the books are compared for every order that changed lately: a whole past must not become news
    assert await session.scalar(select(Order.updated_at).where(Order.id == order.id)) == START - HOLD
    assert (book.owner_id, book.archived_at) == (oscar.id, START)
    assert await session.scalar(select(Order.owner_id).where(Order.id == order.id)) == oscar.id


async def test_from_that_moment_a_dismissed_seller_hears_of_no_customer(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        ann, ivan = await user(session, ANN), await user(session, IVAN)
        tea = await a_product(session, seller=IVAN)
        order = await place(session, ann, tea)
        await tell_seller(session, order.id, ivan.id, now=START)  # decided before, not yet delivered
        question = await threads.of_product(session, ann, tea.id)
        await _write(session, question, "Does it keep?")
        await dialogs.start(session, ivan, "sale_message", "text", {"order_id": order.id}, now=START)
        await dialogs.keep(session, ivan, "add_product", "n", {}, now=START)
    async with database.begin() as session:
        await _dismiss(session, IVAN, OLGA)
        assert await session.scalar(select(func.count()).select_from(Dialog)) == 0
        assert not await dialogs.keeps_anything(session, ivan)
    async with database.begin() as session:
        await _write(session, await threads.of_order(session, ann, order.id), "My phone is 0123")

    brought = await _deliver(database, clock)

    told = ["handed_over", "new_order", "problem", "question"]
    assert sorted(kind for name, kind in brought if name == "Olga") == told
    assert [kind for name, kind in brought if name == "Ivan"] == ["dismissed"]


async def test_a_question_goes_with_the_goods_to_who_took_over(database: Database, clock: ManualClock) -> None:
    async with database.begin() as session:
        ann, ivan, olga = await user(session, ANN), await user(session, IVAN), await user(session, OLGA)
        tea = await a_product(session, seller=IVAN)
        await _write(session, await threads.of_product(session, ann, tea.id), "Does it keep?")
        message_id = (await session.scalars(select(Message.id))).one()
        await _dismiss(session, IVAN, OLGA)

        thread = await threads.of_message_sold(session, olga, message_id)
        assert (thread.seller.id, thread.customer.id) == (olga.id, ann.id)
        with pytest.raises(NotFound):
            await threads.of_message_sold(session, ivan, message_id)
        again = await threads.of_message(session, ann, message_id)
        await _write(session, again, "Still there?")  # the customer goes on where they were

    brought = await _deliver(database, clock)
    assert [kind for name, kind in brought if name == "Olga" and kind == "question"] == ["question", "question"]
    assert "question" not in [kind for name, kind in brought if name == "Ivan"]


async def test_a_question_to_who_lost_the_role_meanwhile_goes_to_an_operator(
    database: Database, clock: ManualClock
) -> None:
    """Its data names no order and no product: who reads it is found by the message."""
    async with database.begin() as session:
        ann, ivan = await user(session, ANN), await user(session, IVAN)
        await user(session, OSCAR)
        tea = await a_product(session, seller=IVAN)
        await _write(session, await threads.of_product(session, ann, tea.id), "Does it keep?")
        ivan.role = Role.CUSTOMER
    assert await _deliver(database, clock) == [("Oscar", "question")]


async def test_news_written_for_who_lost_the_role_meanwhile_go_to_an_operator(
    database: Database, clock: ManualClock
) -> None:
    """As when an order was placed in the very moment of the dismissal, or the id left the configuration."""
    async with database.begin() as session:
        ann, ivan = await user(session, ANN), await user(session, IVAN)
        await user(session, OSCAR)
        order = await place(session, ann, await a_product(session, seller=IVAN))
        await tell_seller(session, order.id, ivan.id, now=START)
        ivan.role = Role.CUSTOMER

    assert await _deliver(database, clock) == [("Oscar", "new_order")]


async def test_news_of_an_order_that_changed_hands_go_to_who_sells_it_now(
    database: Database, clock: ManualClock
) -> None:
    async with database.begin() as session:
        ann, ivan, olga = await user(session, ANN), await user(session, IVAN), await user(session, OLGA)
        order = await place(session, ann, await a_product(session, seller=OLGA))
        await tell_seller(session, order.id, ivan.id, now=START)  # Ivan sells, but not this any more
        assert order.owner_id == olga.id

    assert await _deliver(database, clock) == [("Olga", "new_order")]


async def test_who_has_goods_and_may_sell_no_more_is_named(session: AsyncSession) -> None:
    ivan, oscar = await user(session, IVAN), await user(session, OSCAR)
    await a_product(session, seller=IVAN)
    await a_product(session, seller=OSCAR, sku="OTHER")
    assert await staff.list_left(session, OPERATORS) == []
    ivan.role = Role.CUSTOMER
    await session.flush()
    assert await staff.list_left(session, OPERATORS) == [ivan]
    assert await staff.list_left(session, frozenset()) == [ivan, oscar]
    await _dismiss(session, IVAN, OSCAR)  # nothing to take away but the goods
    assert await staff.list_left(session, OPERATORS) == []
    assert await users.find_by_username(session, IVAN.username) == ivan
