"""A gift card becomes credit: once, whoever else types it at the same moment, and however often it is heard."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import CreditKind, GiftCard, User
from db.writes import changed
from shop.credit.accounts import Balance, account_of, move, standing
from shop.credit.codes import digest, is_code
from shop.credit.refusals import CardRefused
from shop.promotions import count_guess, guessed_right


async def redeem(
    session: AsyncSession, user: User, text: str, *, counted: bool = False, now: datetime
) -> Balance | CardRefused:
    """Turn the card into credit of this person; what they have at its seller then.

    What is wrong with the code is returned, not raised: the guess has to be counted (`counted`: it was), which a
    rollback would undo. A card that this very person redeemed is answered as the first time. Raises TooManyCodes.
    """
    if not counted:
        await count_guess(session, user.id, now=now)
    card = None
    if is_code(text):
        card = await session.scalar(select(GiftCard).where(GiftCard.digest == digest(text)))
    if card is None:
        return CardRefused(why="unknown")
    taken = update(GiftCard).where(
        GiftCard.id == card.id,
        GiftCard.redeemed_at.is_(None),
        GiftCard.disabled_at.is_(None),
        or_(GiftCard.expires_at.is_(None), GiftCard.expires_at > now),
    )
    mine = await changed(session, taken.values(redeemed_by=user.id, redeemed_at=now)) == 1
    if not mine:
        await session.refresh(card)
        if card.redeemed_by != user.id:
            return CardRefused(why=_why(card))
    account_id = await account_of(session, user.id, card.owner_id, card.currency, now=now)
    if mine:
        actor = f"customer:{user.id}"
        await move(session, account_id, card.value, CreditKind.REDEEMED, card_id=card.id, actor=actor, now=now)
    await guessed_right(session, user.id)
    seller = await session.scalar(select(User.name).where(User.id == card.owner_id)) or ""
    there = await standing(session, user.id, card.owner_id, card.currency)
    return Balance(account_id, card.owner_id, seller, card.currency, there.balance)


def _why(card: GiftCard) -> str:
    if card.redeemed_at is not None:
        return "redeemed"
    return "disabled" if card.disabled_at is not None else "expired"
