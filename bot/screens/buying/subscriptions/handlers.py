"""/subscriptions: what a person pays every month, cancelling it and taking that back; and what they are told of it."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.subscriptions import views
from bot.screens.buying.subscriptions.buttons import (
    CancelSubscription,
    ListSubscriptions,
    OpenSubscription,
    TakeBack,
)
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Notification, SubscriptionState
from shop.payments import subscribing
from shop.subscriptions import reading

PAGE = 6

router = Router()


@router.command(
    "subscriptions", about=mark("What you pay every month"), also="subscription subs abo cancel_subscription"
)
async def subscriptions_command(visit: Visit, _argument: str) -> Reply:
    """The newest of them."""
    return await list_subscriptions(visit, ListSubscriptions())


@router.button(ListSubscriptions)
async def list_subscriptions(visit: Visit, pressed: ListSubscriptions) -> Reply:
    """A page of them; of one alone its own page."""
    page = max(pressed.page, 0)
    async with visit.db.read() as session:
        found = await reading.list_of(session, visit.user, skip=page * PAGE, limit=PAGE + 1)
    return views.mine(visit.words, found[:PAGE], page, more=len(found) > PAGE)


@router.button(OpenSubscription)
async def open_subscription(visit: Visit, pressed: OpenSubscription) -> Reply:
    """One of them."""
    return await _show(visit, pressed.subscription_id)


@router.page(OpenSubscription)
async def subscription_page(visit: Visit, pressed: OpenSubscription) -> Screen:
    """The same, for a key that came too late."""
    return await _show(visit, pressed.subscription_id)


@router.button(CancelSubscription)
async def cancel_subscription(visit: Visit, pressed: CancelSubscription) -> Reply:
    """Asked once, then it ends with what is paid; Telegram is told at once, or as soon as it answers."""
    if not pressed.sure:
        async with visit.db.read() as session:
            one = await reading.get_of(session, visit.user, pressed.subscription_id)
        if one.row.state is not SubscriptionState.ACTIVE:
            return views.one(visit.words, one, now=visit.now())
        return views.sure(visit.words, one)
    async with visit.db.begin() as session:
        await subscribing.cancel(session, visit.user, pressed.subscription_id, now=visit.now())
    return await _told(visit, pressed.subscription_id)


@router.button(TakeBack)
async def take_back(visit: Visit, pressed: TakeBack) -> Reply:
    """Telegram lets them go on with it there."""
    async with visit.db.begin() as session:
        await subscribing.take_back(session, visit.user, pressed.subscription_id, now=visit.now())
    return await _told(visit, pressed.subscription_id)


@router.notice("subscription_renewed")
async def renewed(visit: Visit, notification: Notification) -> Reply | None:
    """Another month was paid; quietly, and not when it was given back meanwhile."""
    async with visit.db.read() as session:
        one = await reading.get(session, int(notification.data["subscription_id"]))
    if one.row.state is SubscriptionState.ENDED and notification.sent_at is None:
        return None
    return views.renewed(visit.words, one)


@router.notice("subscription_ending")
async def ending(visit: Visit, notification: Notification) -> Reply | None:
    """It ends in some days; silence when it goes on by now."""
    async with visit.db.read() as session:
        one = await reading.get(session, int(notification.data["subscription_id"]))
    if one.row.state is not SubscriptionState.CANCELLED and notification.sent_at is None:
        return None
    return views.ending(visit.words, one)


@router.notice("subscription_stopped")
async def stopped(visit: Visit, notification: Notification) -> Reply:
    """The shop sells it no more."""
    async with visit.db.read() as session:
        one = await reading.get(session, int(notification.data["subscription_id"]))
    return views.stopped(visit.words, one)


@router.notice("subscription_ended")
async def ended(visit: Visit, notification: Notification) -> Reply:
    """It is over."""
    async with visit.db.read() as session:
        one = await reading.get(session, int(notification.data["subscription_id"]))
    return views.ended(visit.words, one)


async def _told(visit: Visit, subscription_id: int) -> Screen:
    """Tell Telegram now; where it does not answer, the schedule goes on with it."""
    await subscribing.tell_one(visit.db, visit.providers, subscription_id, clock=visit.clock, policy=visit.policy)
    return await _show(visit, subscription_id)


async def _show(visit: Visit, subscription_id: int) -> Screen:
    async with visit.db.read() as session:
        one = await reading.get_of(session, visit.user, subscription_id)
    return views.one(visit.words, one, now=visit.now())
