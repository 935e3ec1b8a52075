"""When a subscription lasts, who may let it go on, and what Telegram takes for a month."""

from datetime import datetime, timedelta

from db.models import Subscription, SubscriptionState
from shop.subscriptions.refusals import CannotBeMonthly

PERIOD = timedelta(days=30)  # the only one that Telegram knows
MOST = 10_000  # Stars a month, Bot API
GRACE = timedelta(days=1)  # so long we wait for the news of a renewal that Telegram may have charged
REMIND_BEFORE = timedelta(days=3)

# Why a subscription goes on no more.
CUSTOMER = "customer"  # they cancelled it here, and the bot told Telegram
TELEGRAM = "telegram"  # they cancelled it in Telegram's own screens
UNPAID = "unpaid"  # they had too few Stars
SHOP = "shop"  # it is not sold any more, or not to them
REFUNDED = "refunded"  # the month was given back

STOP, ALLOW = "stop", "allow"  # what Telegram is to be told


def must_fit_a_month(price: int, *, monthly: bool = True) -> None:
    """Raise CannotBeMonthly for what Telegram does not charge every month."""
    if monthly and not 0 < price <= MOST:
        raise CannotBeMonthly(why="price", most=MOST)


def ends_at(one: Subscription) -> datetime:
    """When it is over if nothing more is heard: what goes on by itself is given time to be heard of."""
    return one.paid_until + (GRACE if one.state is SubscriptionState.ACTIVE else timedelta(0))


def may_be_cancelled(one: Subscription) -> bool:
    """Whether its person can cancel it."""
    return one.state is SubscriptionState.ACTIVE


def may_go_on(one: Subscription, now: datetime) -> bool:
    """Whether its person can take back that they cancelled it."""
    cancelled = one.state is SubscriptionState.CANCELLED and one.paid_until > now
    return cancelled and one.stopped_by in {CUSTOMER, TELEGRAM}


def is_wanted(one: Subscription) -> bool:
    """Whether the shop lets Telegram charge another month: not while it was told, or is to be told, to stop.

    Who cancelled here and is charged all the same took that back in Telegram, once Telegram had heard of it.
    """
    return one.stopped_by not in {SHOP, REFUNDED} and one.wish != STOP
