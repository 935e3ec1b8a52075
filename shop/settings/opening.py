"""When a shop takes orders and when they are handled: holidays and opening hours, as rules of the policy."""

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from shop.policy import Hours, Ordering, Policy
from shop.refusals import Conflict

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # as the file names them
WEEK = len(DAYS)


class ShopClosed(Conflict):
    """No orders are taken at the moment. Data: notice (what the shop says about it), back_on (a date, or None)."""

    code = "shop_closed"


class Standing(Struct, frozen=True):
    """How the shop stands at a moment.

    `closed`: nothing can be ordered. `notice` is what the shop says about its holiday, `back_on` its last day's morrow;
    `handled_from` is when somebody is there again, None while somebody is or where no hours are set.
    """

    closed: bool = False
    on_holiday: bool = False
    notice: str = ""
    back_on: date | None = None
    handled_from: datetime | None = None


def standing(policy: Policy, now: datetime) -> Standing:
    """How the shop stands now, aware UTC; days and hours are those of the shop's time zone."""
    local = now.astimezone(policy.timezone)
    on_holiday = policy.ordering is not Ordering.OPEN and (policy.back_on is None or local.date() < policy.back_on)
    if on_holiday:
        return Standing(policy.ordering is Ordering.CLOSED, True, policy.notice, policy.back_on)
    return Standing(handled_from=next_opening(policy.hours, local))


def next_opening(hours: tuple[Hours, ...], local: datetime) -> datetime | None:
    """When somebody is there again, in the zone of `local`; None when somebody is, or where there are no hours."""
    if not hours:
        return None
    minute = local.hour * 60 + local.minute
    if any(one.weekday == local.weekday() and one.opens <= minute < one.closes for one in hours):
        return None
    for ahead in range(WEEK + 1):
        day = local.date() + timedelta(days=ahead)
        for one in sorted(hours, key=lambda one: one.opens):
            if one.weekday == day.weekday() and (ahead or one.opens > minute):
                return datetime.combine(day, time(*divmod(one.opens, 60)), tzinfo=local.tzinfo)
    return None
