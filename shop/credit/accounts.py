"""Accounts: the balance moves by one conditional UPDATE, and every movement is written beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CreditAccount, CreditKind, CreditMovement, User
from db.types import UTCDateTime
from db.writes import changed, insert_once

_MOVE = (
    update(CreditAccount)
    .where(CreditAccount.id == bindparam("account"), CreditAccount.balance + bindparam("delta") >= 0)
    .values(
        balance=CreditAccount.balance + bindparam("delta"),
        updated_at=bindparam("now", type_=UTCDateTime),
    )
)
_OF = select(CreditAccount.id).where(
    CreditAccount.user_id == bindparam("person"),
    CreditAccount.owner_id == bindparam("seller"),
    CreditAccount.currency == bindparam("currency"),
)
_STANDING = _OF.with_only_columns(CreditAccount.balance, CreditAccount.in_use)


class Standing(NamedTuple):
    """What a person may spend at a seller (minor units), and whether the next order shall use it."""

    balance: int = 0
    in_use: bool = False

    def towards(self, total: int) -> int:
        """How much of a total it pays."""
        return min(self.balance, max(total, 0)) if self.in_use else 0


class Balance(NamedTuple):
    """What a person has at one seller; minor units."""

    account_id: int
    owner_id: int
    seller: str
    currency: str
    balance: int


class Moved(NamedTuple):
    """A movement, as its person sees it; minor units."""

    id: int
    at: datetime
    kind: CreditKind
    delta: int
    order_id: int | None
    reason: str | None


async def standing(session: AsyncSession, person_id: int, owner_id: int, currency: str) -> Standing:
    """What this person has at this seller. One statement."""
    of = {"person": person_id, "seller": owner_id, "currency": currency}
    row = (await session.execute(_STANDING, of)).one_or_none()
    return Standing() if row is None else Standing(row.balance, row.in_use)


async def use(session: AsyncSession, person_id: int, owner_id: int, *, on: bool) -> None:
    """Let the person's next orders at this seller use their credit, or not."""
    mine = (CreditAccount.user_id == person_id, CreditAccount.owner_id == owner_id)
    await changed(session, update(CreditAccount).where(*mine).values(in_use=on))


async def balances(session: AsyncSession, person_id: int, *, limit: int) -> list[Balance]:
    """Where the person has an account, empty ones too; the newest first."""
    query = (
        select(CreditAccount.id, CreditAccount.owner_id, User.name, CreditAccount.currency, CreditAccount.balance)
        .join(User, User.id == CreditAccount.owner_id)
        .where(CreditAccount.user_id == person_id)
        .order_by(CreditAccount.id.desc())
        .limit(limit)
    )
    return [Balance(*row) for row in await session.execute(query)]


async def history(
    session: AsyncSession, person_id: int, account_id: int, *, before: int | None = None, limit: int
) -> Sequence[Moved]:
    """The movements of one of the person's accounts, the newest first, those before an id."""
    query = (
        select(
            CreditMovement.id,
            CreditMovement.created_at,
            CreditMovement.kind,
            CreditMovement.delta,
            CreditMovement.order_id,
            CreditMovement.reason,
        )
        .join(CreditAccount, CreditAccount.id == CreditMovement.account_id)
        .where(CreditMovement.account_id == account_id, CreditAccount.user_id == person_id)
        .order_by(CreditMovement.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(CreditMovement.id < before)
    return [Moved(*row) for row in await session.execute(query)]


async def account_of(session: AsyncSession, person_id: int, owner_id: int, currency: str, *, now: datetime) -> int:
    """The id of the account, which is opened where there is none."""
    await insert_once(
        session,
        CreditAccount,
        user_id=person_id,
        owner_id=owner_id,
        currency=currency,
        balance=0,
        in_use=True,
        updated_at=now,
    )
    of = {"person": person_id, "seller": owner_id, "currency": currency}
    return (await session.scalars(_OF, of)).one()


async def move(  # noqa: PLR0913  each is named at the call
    session: AsyncSession,
    account_id: int,
    delta: int,
    kind: CreditKind,
    *,
    actor: str,
    now: datetime,
    order_id: int | None = None,
    card_id: int | None = None,
    refund_id: int | None = None,
    said: str | None = None,
    reason: str | None = None,
) -> bool:
    """Move the balance and write the movement down; False when so much is not there."""
    if await changed(session, _MOVE, {"account": account_id, "delta": delta, "now": now}) != 1:
        return False
    row = {"account_id": account_id, "delta": delta, "kind": kind, "order_id": order_id, "card_id": card_id}
    row |= {"refund_id": refund_id, "said": said, "reason": reason, "actor": actor, "created_at": now}
    await session.execute(insert(CreditMovement), row)
    return True
