"""What a seller does with gift cards: issues them, looks at them, disables one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import GiftCard, User
from db.money import STARS
from db.writes import changed
from shop.credit.codes import GROUP, digest, new_card_code
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.refusals import CannotRead, NotFound

MOST_CARDS = 500  # issued at once
MOST_VALUE = 10**9  # minor units of one card, and of credit given at once


class CardDraft(Struct, frozen=True):
    """Cards to be issued: so many of this value (minor units of `currency`), until `expires_at` if there is an end."""

    value: int
    currency: str
    count: int = 1
    expires_at: datetime | None = None


class Card(NamedTuple):
    """A card as its seller sees it, never with its code; `holder` is who redeemed it."""

    id: int
    ending: str
    value: int
    currency: str
    actor: str
    created_at: datetime
    expires_at: datetime | None
    redeemed_at: datetime | None
    disabled_at: datetime | None
    holder_id: int | None
    holder: str | None

    @property
    def left(self) -> int:
        """What can still be redeemed, in minor units; its time is not looked at."""
        return 0 if self.redeemed_at is not None or self.disabled_at is not None else self.value


async def issue(session: AsyncSession, by: By, draft: CardDraft, *, said: str, now: datetime) -> list[str]:
    """Issue cards in one's own shop; their codes, which nobody reads again.

    `said` names what was asked for: heard again, nothing is issued and nothing is told. Raises CannotRead,
    NotPermitted.
    """
    acting = ask(by, Permission.MONEY)
    check_amount(draft.value, draft.currency)
    if not 0 < draft.count <= MOST_CARDS:
        raise CannotRead(field="card", given=str(draft.count), hint="card_count", limit=MOST_CARDS)
    if await session.scalar(select(GiftCard.id).where(GiftCard.said == said).limit(1)) is not None:
        return []
    codes: set[str] = set()
    while len(codes) < draft.count:
        codes.add(new_card_code())
    made = sorted(codes)
    row = {
        "owner_id": acting.owner_id,
        "value": draft.value,
        "currency": draft.currency,
        "said": said,
        "actor": acting.actor,
        "expires_at": draft.expires_at,
        "created_at": now,
    }
    rows = [row | {"digest": digest(code), "ending": code[-GROUP:], "place": place} for place, code in enumerate(made)]
    await session.execute(insert(GiftCard), rows)
    data = {"amount": draft.value, "currency": draft.currency, "cards": draft.count}
    note(session, acting, "card.issued", f"cards:{said}", data, now)
    return made


async def list_cards(session: AsyncSession, by: By, *, before: int | None = None, limit: int) -> Sequence[Card]:
    """One's own cards, the newest first, those before an id. Raises NotPermitted."""
    acting = ask(by, Permission.MONEY)
    query = _CARDS.where(GiftCard.owner_id == acting.owner_id).order_by(GiftCard.id.desc()).limit(limit)
    if before is not None:
        query = query.where(GiftCard.id < before)
    return [Card(*row) for row in await session.execute(query)]


async def look(session: AsyncSession, by: By, card_id: int) -> Card:
    """One of one's own cards. Raises NotFound, NotPermitted."""
    acting = ask(by, Permission.MONEY)
    query = _CARDS.where(GiftCard.id == card_id, GiftCard.owner_id == acting.owner_id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound(card_id=card_id)
    return Card(*row)


async def disable(session: AsyncSession, by: By, card_id: int, *, now: datetime) -> bool:
    """Let nobody redeem this card; False where somebody did, or it is disabled already. Raises NotFound."""
    acting = ask(by, Permission.MONEY)
    card = await look(session, acting, card_id)
    mine = update(GiftCard).where(
        GiftCard.id == card_id, GiftCard.redeemed_at.is_(None), GiftCard.disabled_at.is_(None)
    )
    if await changed(session, mine.values(disabled_at=now)) != 1:
        return False
    data = {"amount": card.value, "currency": card.currency, "running": [True, False]}
    note(session, acting, "card.disabled", f"card:{card_id}", data, now)
    return True


def check_amount(amount: int, currency: str) -> None:
    """Whether so much can be given in this currency. Raises CannotRead."""
    if currency == STARS:
        raise CannotRead(field="card", given=currency, hint="credit_stars")
    if not 0 < amount <= MOST_VALUE:
        raise CannotRead(field="card", given=str(amount), hint="credit_amount")


def note(
    session: AsyncSession, acting: Acting, action: str, subject: str, data: Mapping[str, object], now: datetime
) -> None:
    """Write down what was done with cards and credit; a code is never part of it."""
    events.write(session, acting.actor, action, subject[:64], owner_id=acting.owner_id, data=data, now=now)


_CARDS = select(
    GiftCard.id,
    GiftCard.ending,
    GiftCard.value,
    GiftCard.currency,
    GiftCard.actor,
    GiftCard.created_at,
    GiftCard.expires_at,
    GiftCard.redeemed_at,
    GiftCard.disabled_at,
    GiftCard.redeemed_by,
    User.name,
).outerjoin(User, User.id == GiftCard.redeemed_by)
