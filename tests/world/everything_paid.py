"""A row in every table of credit and subscriptions, for the shop that has everything."""

from sqlalchemy.ext.asyncio import AsyncSession

from db.models import (
    CreditAccount,
    CreditHold,
    CreditKind,
    CreditMovement,
    GiftCard,
    HoldState,
    Subscription,
    SubscriptionPeriod,
    SubscriptionState,
)
from tests.world.clock import START


async def credit_and_a_subscription(
    session: AsyncSession, user_id: int, order_id: int, product_id: int, odd: str
) -> None:
    """Write them; `odd` is a text that gets lost easily."""
    both = {"user_id": user_id, "owner_id": user_id}
    account = CreditAccount(currency="EUR", balance=2**62, in_use=False, updated_at=START, **both)
    card = GiftCard(owner_id=user_id, digest="d" * 64, ending="EE2Z", value=2**62, currency="EUR", said="tap", place=1)
    card.actor, card.redeemed_by, card.redeemed_at, card.created_at = "ä", user_id, START, START
    kept = Subscription(order_id=order_id, product_id=product_id, payload="p", charge_id="c", price=2**52, **both)
    kept.state, kept.wish, kept.paid_until = SubscriptionState.CANCELLED, "stop", START
    kept.created_at = kept.updated_at = kept.run_at = START
    session.add_all([account, card, kept])
    await session.flush()
    moved = CreditMovement(account_id=account.id, delta=-(2**52), kind=CreditKind.GIVEN, reason=odd[:255], actor="ä")
    moved.order_id, moved.card_id, moved.said, moved.created_at = order_id, card.id, "said", START
    hold = CreditHold(account_id=account.id, order_id=order_id, amount=2**52, state=HoldState.SPENT)
    hold.created_at = hold.updated_at = START
    month = SubscriptionPeriod(subscription_id=kept.id, order_id=order_id, until=START, created_at=START)
    session.add_all([moved, hold, month])
    await session.flush()
