"""Handing over what customers may spend: who takes a seller's orders takes their gift cards and their credit, too."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models import CreditAccount, CreditHold, CreditMovement, GiftCard
from db.writes import changed


async def hand_credit_over(session: AsyncSession, giver: int, taker: int, *, now: datetime) -> None:
    """Give the cards and accounts of one seller to another; whoever has credit at both has it in one account then."""
    await changed(session, update(GiftCard).where(GiftCard.owner_id == giver).values(owner_id=taker))
    theirs = aliased(CreditAccount)
    both = (
        select(CreditAccount.id, CreditAccount.balance, theirs.id.label("into"))
        .join(theirs, (theirs.user_id == CreditAccount.user_id) & (theirs.currency == CreditAccount.currency))
        .where(CreditAccount.owner_id == giver, theirs.owner_id == taker)
        .order_by(CreditAccount.id)
        .with_for_update()
    )
    for account_id, balance, into in (await session.execute(both)).all():
        for table in (CreditMovement, CreditHold):
            await changed(session, update(table).where(table.account_id == account_id).values(account_id=into))
        more = update(CreditAccount).where(CreditAccount.id == into)
        await changed(session, more.values(balance=CreditAccount.balance + balance, updated_at=now))
        await changed(session, delete(CreditAccount).where(CreditAccount.id == account_id))
    await changed(session, update(CreditAccount).where(CreditAccount.owner_id == giver).values(owner_id=taker))
