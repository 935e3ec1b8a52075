"""Gift cards of Olga's: one that Nina redeemed, one that anybody may try, one that is over."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import GiftCard, User
from db.writes import changed
from shop import credit
from shop.credit import CardDraft

CODE = "TEACARDFREE2"  # written on the page of the demo; a real one is drawn by lot
AGO = timedelta(days=3)


async def issue(session: AsyncSession, people: dict[str, User], *, currency: str, now: datetime) -> None:
    """Nina has what a card was worth; the card with the code above waits to be redeemed."""
    olga, then = people["Olga"], now - AGO
    (hers,) = await credit.issue(session, olga, CardDraft(1240, currency), said="demo:1", now=then)
    await credit.redeem(session, people["Nina"], hers, now=now)
    over = CardDraft(1000, currency, expires_at=now - timedelta(days=1))
    await credit.issue(session, olga, over, said="demo:2", now=then)
    (drawn,) = await credit.issue(session, olga, CardDraft(2500, currency), said="demo:3", now=now)
    known = update(GiftCard).where(GiftCard.digest == credit.digest(drawn))
    await changed(session, known.values(digest=credit.digest(CODE), ending=CODE[-4:]))
