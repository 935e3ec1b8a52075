"""Who leaves the shop leaves their credit behind: nobody is there to spend it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CreditAccount, CreditKind, CreditMovement
from db.writes import changed
from shop.credit.accounts import move


async def forfeit(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """Bring every balance of this person to nothing, and forget what was said about them."""
    mine = CreditAccount.user_id == person_id
    rows = select(CreditAccount.id, CreditAccount.balance).where(mine).order_by(CreditAccount.id).with_for_update()
    for account_id, balance in (await session.execute(rows)).all():
        if balance:
            await move(session, account_id, -balance, CreditKind.FORFEITED, actor="system:departure", now=now)
        told = (CreditMovement.account_id == account_id, CreditMovement.reason.is_not(None))
        await changed(session, update(CreditMovement).where(*told).values(reason=None))
