"""Credit that a seller gives a customer of theirs, with the reason."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CreditAccount, CreditKind, CreditMovement
from shop.credit.accounts import account_of, move
from shop.credit.cards import check_amount, note
from shop.forms.writing import one_line
from shop.people import bans
from shop.people.permissions import ALL, By, Permission, ask

REASON = 255


async def give(
    session: AsyncSession, by: By, person_id: int, amount: int, currency: str, *, reason: str, said: str, now: datetime
) -> int:
    """Give the customer so much (minor units) to spend in one's own shop; what they have there then.

    `said` names what was asked for: heard again, nothing moves. Raises CannotRead, NotFound (no customer of this
    shop), NotPermitted.
    """
    acting = ask(by, Permission.MONEY)
    check_amount(amount, currency)
    await bans.look(session, replace(acting, permissions=ALL), person_id)
    account_id = await account_of(session, person_id, acting.owner_id, currency, now=now)
    account = select(CreditAccount.balance).where(CreditAccount.id == account_id).with_for_update()
    before = (await session.scalars(account)).one()
    if await session.scalar(select(CreditMovement.id).where(CreditMovement.said == said)) is not None:
        return before
    why = one_line(reason)[:REASON]
    await move(
        session, account_id, amount, CreditKind.GIVEN, said=said, reason=why or None, actor=acting.actor, now=now
    )
    data = {"credit": [before, before + amount], "currency": currency, "reason": why}
    note(session, acting, "credit.given", f"user:{person_id}", data, now)
    return before + amount


async def of_customer(session: AsyncSession, by: By, person_id: int, *, limit: int) -> Sequence[tuple[int, str]]:
    """What the customer has in one's own shop: amounts (minor units) with their currencies. Raises NotPermitted."""
    acting = ask(by, Permission.ORDERS)
    mine = (CreditAccount.user_id == person_id, CreditAccount.owner_id == acting.owner_id, CreditAccount.balance > 0)
    query = select(CreditAccount.balance, CreditAccount.currency).where(*mine).order_by(CreditAccount.id).limit(limit)
    return [(balance, currency) for balance, currency in await session.execute(query)]
