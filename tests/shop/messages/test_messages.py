"""What customers and sellers write is kept and told together, belongs to two people, and has its limits."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Author, Message, Notification, User
from shop import catalog, messages, orders
from shop.messages import Note, threads
from shop.messages.threads import Thread
from shop.people.permissions import operating
from shop.policy import Policy
from shop.refusals import CannotRead, NotFound, TooManyMessages
from tests.shop.buying import place
from tests.world.clock import START
from tests.world.goods import a_product, a_product_with_variants
from tests.world.people import ANN, EVE, IVAN, OLGA, OSCAR, user

POLICY = Policy(operators=frozenset({OSCAR.telegram_id}))
A_MINUTE = timedelta(minutes=1)


async def an_order(session: AsyncSession) -> tuple[User, Thread]:
    """Ann, and the thread about what she ordered from Olga."""
    ann, tea = await user(session, ANN), await a_product(session)
    order = await place(session, ann, tea)
    return ann, await threads.of_order(session, ann, order.id)


async def writes(
    session: AsyncSession, thread: Thread, *numbers: int, author: Author = Author.CUSTOMER, album: str | None = None
) -> None:
    for number in numbers:
        photo = "AgAD" if album else None
        one = Note(f"Number {number}", f"{author}:{number}", photo, 1 if album else None, album)
        await messages.write(session, thread, author, one, policy=POLICY, now=START + number * A_MINUTE)


async def test_a_message_and_the_news_of_it_are_written_once(session: AsyncSession) -> None:
    ann, thread = await an_order(session)
    olga = await user(session, OLGA)
    note = Note(" The tea is cold ", "4242:1001:7", "AgAD", 4242)
    written = [await messages.write(session, thread, Author.CUSTOMER, note, policy=POLICY, now=START) for _ in range(2)]
    await writes(session, thread, 2, author=Author.SELLER)

    assert written == [True, False]
    kept = list(await session.scalars(select(Message).order_by(Message.id)))
    assert [(one.text, one.author, one.photo_file_id) for one in kept] == [
        ("The tea is cold", Author.CUSTOMER, "AgAD"),
        ("Number 2", Author.SELLER, None),
    ]
    told = (await session.scalars(select(Notification).order_by(Notification.id))).all()
    assert [(one.kind, one.user_id, one.data["message_id"], one.priority) for one in told] == [
        ("problem", olga.id, kept[0].id, 1),
        ("problem_answer", ann.id, kept[1].id, 1),
    ]


async def test_neither_words_nor_a_photo_is_no_message(session: AsyncSession) -> None:
    _, thread = await an_order(session)
    with pytest.raises(CannotRead):
        await messages.write(session, thread, Author.CUSTOMER, Note("  \n", "1"), policy=POLICY, now=START)


async def test_who_waits_for_an_answer_waits(session: AsyncSession) -> None:
    """Guard: the limit of messages in a row; what was brought twice does not count twice, nor is it refused."""
    _, thread = await an_order(session)
    await writes(session, thread, *range(5), 4)
    with pytest.raises(TooManyMessages) as refused:
        await writes(session, thread, 5)
    assert refused.value.data == {"seller": "Olga", "order_id": thread.order_id, "waiting": 5}
    await writes(session, thread, 4)

    await writes(session, thread, 6, author=Author.SELLER)
    await writes(session, thread, 7)

    assert await session.scalar(select(func.count()).select_from(Message)) == 7


async def test_a_day_has_so_many_messages_however_they_are_answered(session: AsyncSession) -> None:
    _, thread = await an_order(session)
    for number in range(20):
        await writes(session, thread, 2 * number)
        await writes(session, thread, 2 * number + 1, author=Author.SELLER)
    with pytest.raises(TooManyMessages) as refused:
        await writes(session, thread, 40)
    assert refused.value.data["waiting"] == 0

    await writes(session, thread, 2000)  # the next day


async def test_an_album_is_one_message(session: AsyncSession) -> None:
    _, thread = await an_order(session)
    await writes(session, thread, *range(4))
    await writes(session, thread, *range(10, 20), album="first")
    with pytest.raises(TooManyMessages):
        await writes(session, thread, 20, album="second")


async def test_other_threads_have_limits_of_their_own(session: AsyncSession) -> None:
    ann, thread = await an_order(session)
    tea, scarf = await a_product(session, "Green tea"), await a_product(session, "Scarf", seller=IVAN)
    await writes(session, thread, *range(5))

    about_tea = await threads.of_product(session, ann, tea.id)
    await writes(session, about_tea, *range(10, 15))

    another_tea = await threads.of_product(session, ann, (await a_product(session, "Sencha")).id)
    with pytest.raises(TooManyMessages):  # the same two people
        await writes(session, another_tea, 15)
    await writes(session, await threads.of_product(session, ann, scarf.id), 16)


async def test_nobody_reads_or_writes_where_they_do_not_belong(session: AsyncSession) -> None:
    ann, thread = await an_order(session)
    eve, ivan, olga, oscar = [await user(session, who) for who in (EVE, IVAN, OLGA, OSCAR)]
    await writes(session, thread, 1)
    question = await threads.of_product(session, ann, (await a_product(session, "Green tea")).id)
    await writes(session, question, 2)
    for one in await session.scalars(select(Message)):
        for attempt in (
            threads.of_message(session, eve, one.id),
            threads.of_message(session, olga, one.id),
            threads.of_message_sold(session, ivan, one.id),
            threads.of_message_sold(session, ann, one.id),
        ):
            with pytest.raises(NotFound):
                await attempt
        assert (await threads.of_message_sold(session, olga, one.id)).customer.id == ann.id
        assert (await threads.of_message_sold(session, operating(oscar), one.id)).customer.id == ann.id
        assert (await threads.of_message(session, ann, one.id)).seller.id == olga.id


async def test_an_order_shows_its_last_messages_and_the_rest_is_read_by_pages(session: AsyncSession) -> None:
    ann, thread = await an_order(session)
    for number in range(6):
        await writes(session, thread, 2 * number)
        await writes(session, thread, 2 * number + 1, author=Author.SELLER)
    order = await orders.get_for_customer(session, ann, thread.order_id or 0)
    assert [one.text for one in order.messages] == [f"Number {number}" for number in range(8, 12)]

    read: list[str] = []
    before = None
    while page := await messages.page(session, thread, before_id=before, limit=5):
        read += [told.message.text for told in page]
        before = page[-1].message.id
    assert read == [f"Number {number}" for number in reversed(range(12))]


async def test_the_shop_is_its_only_seller_or_else_an_operator(session: AsyncSession) -> None:
    ann, olga = await user(session, ANN), await user(session, OLGA)
    assert (await threads.of_shop(session, ann, POLICY)).seller.id == olga.id
    oscar = await user(session, OSCAR)
    assert (await threads.of_shop(session, ann, POLICY)).seller.id == olga.id
    await user(session, IVAN)
    assert (await threads.of_shop(session, ann, POLICY)).seller.id == oscar.id
    assert (await threads.of_shop(session, ann, Policy())).seller.id == olga.id
    with pytest.raises(NotFound):
        await threads.of_shop(session, oscar, POLICY)


async def test_a_question_names_the_variant_and_goes_to_who_sells_it(session: AsyncSession) -> None:
    ann, (mug, *_) = await user(session, ANN), await a_product_with_variants(session)
    variant = (await catalog.get_product(session, mug.id, now=START)).variants[0]
    thread = await threads.of_product(session, ann, variant.id)
    assert (thread.product_id, thread.seller.id) == (variant.id, mug.owner_id)
    assert variant.label in thread.product
