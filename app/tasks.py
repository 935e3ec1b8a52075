"""The table of what the schedule does: name, how often, and the flow that does it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from msgspec import Struct

from app.config.shop import Schedule as Periods
from app.schedule import Task
from bot.intake.repeats import forget_old
from db.session import Database
from shop import broadcasts, favourites, figures, importing, notifications, upkeep
from shop.carts.reminding import remind
from shop.catalog import listings
from shop.clock import Clock
from shop.payments import inbox, reconcile, refunds, subscribing
from shop.policy import Policy
from shop.ports import Courier, Provider
from shop.privacy import retention
from shop.returns.reminding import remind as remind_of_returns

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Parts(Struct, frozen=True, kw_only=True):
    """What tasks work with."""

    db: Database
    clock: Clock
    policy: Callable[[], Policy]  # as it holds at that moment
    providers: Mapping[str, Provider]
    courier: Courier
    herald: broadcasts.Herald | None = None
    settings: Callable[[], Awaitable[object]] | None = None  # follows what is set in the chat
    posts: Callable[[], Awaitable[object]] | None = None  # keeps products on show up to date
    glances: Callable[[], Awaitable[object]] | None = None  # writes down what people looked at here
    lists: Callable[[], Awaitable[object]] | None = None  # goes on with long lists of products
    replay: Callable[[], Awaitable[object]] | None = None  # where Telegram brings the updates


def table(parts: Parts, periods: Periods) -> list[Task]:
    """Every task, in an order in which one round of all of them leaves nothing undone that the first ones caused."""
    db, clock, policy, providers = parts.db, parts.clock, parts.policy, parts.providers
    tick = periods.tick
    brought = [Task("book what Telegram brought", MINUTE, parts.replay)] if parts.replay is not None else []
    followed = [Task("follow the settings", tick, parts.settings, shared=True)] if parts.settings is not None else []
    shown = [Task("keep posts up to date", tick, parts.posts)] if parts.posts is not None else []
    lists = [Task("write long lists", tick, parts.lists, shared=True)] if parts.lists is not None else []
    glances = [Task("note what was looked at", tick, parts.glances, shared=True)] if parts.glances is not None else []
    herald = parts.herald
    sent = []
    if herald is not None:
        sent = [Task("send broadcasts", tick, lambda: broadcasts.run(db, herald, clock), shared=True)]
    return [
        *followed,
        *brought,
        Task("settle what providers said", tick, lambda: inbox.process_waiting(db, providers, clock, policy())),
        Task("expire unpaid orders", tick, lambda: upkeep.expire_orders(db, providers, clock, policy())),
        Task("give money back", tick, lambda: refunds.run_refunds(db, providers, clock, policy())),
        Task("follow subscriptions", tick, lambda: subscribing.follow(db, providers, clock, policy())),
        Task("reconcile payments", periods.reconcile, lambda: reconcile.reconcile(db, providers, clock, policy())),
        Task("forget old updates", HOUR, lambda: forget_old(db, clock)),
        *lists,
        Task("forget what lists changed", HOUR, lambda: importing.going_on.forget_old(db, clock)),
        Task("ask for reviews", tick, lambda: upkeep.request_reviews(db, clock, policy())),
        Task("keep in bounds what is kept", 10 * MINUTE, lambda: retention.keep_in_bounds(db, clock, policy())),
        Task("remind of carts", MINUTE, lambda: remind(db, clock, policy())),
        Task("remind of returns", MINUTE, lambda: remind_of_returns(db, clock, policy())),
        Task("follow what lists are sorted by", tick, lambda: listings.follow(db, clock)),
        Task("tell who likes it", MINUTE, lambda: favourites.tell_fans(db, clock)),
        Task("send the first look of the day", tick, lambda: figures.send_digests(db, clock, policy())),
        Task(
            "deliver notifications",
            tick,
            lambda: notifications.deliver_due(db, parts.courier, clock, policy=policy()),
            shared=True,
        ),
        *shown,
        *glances,
        *sent,
    ]
