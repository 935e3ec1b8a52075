"""Writing a message down with the news of it, as often as a person may, and reading what was written."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from db.models import Author, Message, Product
from db.ordering import along
from db.texts import titled
from db.writes import insert_once
from shop.messages.threads import Thread
from shop.notifications.outbox import enqueue
from shop.orders.news import tell_card
from shop.people.bans import must_be_served
from shop.policy import Policy
from shop.refusals import CannotRead, NotFound, TooManyMessages

TEXT_LENGTH = 4096  # what Telegram lets a person send
LOOKED_AT = 100  # messages: what is counted, and where the limits look
DAY = timedelta(days=1)
NEWS = {  # who wrote it, whether it is about an order → the news of it
    (True, True): "problem",
    (True, False): "question",
    (False, True): "problem_answer",
    (False, False): "question_answer",
}


class Note(Struct, frozen=True):
    """What somebody wrote; `once` names it among all that they ever send."""

    text: str
    once: str
    photo_file_id: str | None = None
    photo_bot_id: int | None = None
    album: str | None = None


class Told(Struct, frozen=True):
    """One message with the names around it."""

    message: Message
    customer: str
    seller: str
    product: str = ""


async def write(
    session: AsyncSession, thread: Thread, author: Author, note: Note, *, policy: Policy, now: datetime
) -> bool:
    """Keep the message and tell the other side; False when it was kept before.

    Raises CannotRead (neither text nor photo), TooManyMessages (the customer has to wait for an answer), NotServed.
    """
    text = note.text.strip()[:TEXT_LENGTH]
    if not text and note.photo_file_id is None:
        raise CannotRead(field="text", given=note.text, hint="empty")
    if await _find(session, note.once) is not None:
        return False
    if author is Author.CUSTOMER:
        await may_write(session, thread, policy=policy, now=now, album=note.album)
    await insert_once(
        session,
        Message,
        order_id=thread.order_id,
        product_id=thread.product_id,
        customer_id=thread.customer.id,
        seller_id=thread.seller.id,
        author=author,
        text=text,
        photo_file_id=note.photo_file_id,
        photo_bot_id=note.photo_bot_id,
        album=note.album,
        once=note.once,
        created_at=now,
    )
    message_id = await _find(session, note.once)
    if message_id is None:
        raise NotFound
    from_customer = author is Author.CUSTOMER
    data = {"message_id": message_id}
    if thread.order is not None:
        data["order_id"] = thread.order.id
    await enqueue(
        session,
        user_id=(thread.seller if from_customer else thread.customer).id,
        kind=NEWS[from_customer, thread.order is not None],
        data=data,
        dedupe_key=f"message:{message_id}",
        now=now,
    )
    if thread.order is not None and thread.order.card_message_id is not None:
        await tell_card(session, thread.order.id, thread.customer.id, key=f"message:{message_id}", now=now)
    return True


async def may_write(
    session: AsyncSession, thread: Thread, *, policy: Policy, now: datetime, album: str | None = None
) -> None:
    """Raise TooManyMessages when the seller has enough to read; the photos of one album count as one message.

    Raises NotServed, too.
    """
    await must_be_served(session, thread.customer.id, thread.seller.id)
    newest = select(Message.author, Message.album, Message.created_at).where(thread.messages)
    rows = (await session.execute(newest.order_by(Message.id.desc()).limit(LOOKED_AT))).all()
    waiting, today = 0, 0
    answered, album_after = False, album
    for author, of_album, written_at in rows:
        answered = answered or author is not Author.CUSTOMER
        if author is Author.CUSTOMER and (of_album is None or of_album != album_after):
            waiting += not answered
            today += written_at > now - DAY
        album_after = of_album
    many = len(rows) == LOOKED_AT and rows[-1].created_at > now - DAY
    if waiting >= policy.messages_unanswered:
        raise TooManyMessages(seller=thread.seller.name, order_id=thread.order_id, waiting=waiting)
    if many or today >= policy.messages_a_day:
        raise TooManyMessages(seller=thread.seller.name, order_id=thread.order_id, waiting=0)


async def count(session: AsyncSession, thread: Thread) -> int:
    """How many messages there are, counted no further than LOOKED_AT. One statement."""
    some = select(Message.id).where(thread.messages).limit(LOOKED_AT).subquery()
    return await session.scalar(select(func.count()).select_from(some)) or 0


async def page(session: AsyncSession, thread: Thread, *, before_id: int | None = None, limit: int) -> Sequence[Told]:
    """Messages of the thread, newest first, older than `before_id`. One statement."""
    query = select(Message).where(thread.messages).options(joinedload(Message.product))
    if before_id is not None:
        query = query.where(Message.id < before_id)
    always_null = [] if thread.order is not None else [Message.order_id]
    ordered = query.order_by(*along(session, always_null, [Message.id], backwards=True)).limit(limit)
    return [_told(message, thread.customer.name, thread.seller.name) for message in await session.scalars(ordered)]


async def get(session: AsyncSession, message_id: int) -> Told:
    """Any message: for news of it, never for what a person asks. Raises NotFound."""
    query = select(Message).where(Message.id == message_id)
    loaded = (joinedload(Message.customer), joinedload(Message.seller), joinedload(Message.product))
    message = await session.scalar(query.options(*loaded))
    if message is None:
        raise NotFound
    return _told(message, message.customer.name, message.seller.name)


def _told(message: Message, customer: str, seller: str) -> Told:
    product: Product | None = message.product
    return Told(message, customer, seller, "" if product is None else titled(product.name, product.option_label))


async def _find(session: AsyncSession, once: str) -> int | None:
    return await session.scalar(select(Message.id).where(Message.once == once))
