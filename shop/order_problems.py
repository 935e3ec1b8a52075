"""A customer's problem with an order: told to its seller, answered by the seller."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Order, User
from shop.bans import must_be_served
from shop.order_reading import get_for_customer, get_for_owner
from shop.outbox import enqueue
from shop.refusals import CannotRead

TEXT_LENGTH = 1000


async def report_problem(session: AsyncSession, user: User, order_id: int, text: str, *, now: datetime) -> Order:
    """Tell the seller what is wrong with the customer's own order. Raises NotFound, CannotRead, NotServed."""
    order = await get_for_customer(session, user, order_id)
    await must_be_served(session, user.id, order.owner_id)
    await _say(session, order, order.owner_id, "problem", text, now)
    return order


async def answer_problem(
    session: AsyncSession, owner: User, order_id: int, text: str, *, everything: bool = False, now: datetime
) -> Order:
    """Bring the seller's answer to the customer. Raises NotFound (not their order), CannotRead (no text)."""
    order = await get_for_owner(session, owner, order_id, everything=everything)
    await _say(session, order, order.user_id, "problem_answer", text, now)
    return order


async def _say(session: AsyncSession, order: Order, user_id: int, kind: str, text: str, now: datetime) -> None:
    words = text.strip()[:TEXT_LENGTH]
    if not words:
        raise CannotRead(field="text", given=text, hint="empty")
    # The same words within the same minute are one message that arrived twice.
    digest = sha256(f"{words}\n{now:%Y-%m-%dT%H:%M}".encode()).hexdigest()[:24]
    await enqueue(
        session,
        user_id=user_id,
        kind=kind,
        data={"order_id": order.id, "text": words},
        dedupe_key=f"order:{order.id}:{kind}:{digest}",
        now=now,
    )
