"""What staff may not press is not shown to them: the keys of a screen are those that its reader may use."""

from typing import TypeVar

from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.sending.reply import Document, Key, Keyboard, Screen, Several

R = TypeVar("R")


def permitted(router: Router, visit: Visit, reply: R) -> R:
    """The same without the keys of owners' routes that need a permission this member of a staff has not got.

    Everybody else's screens are made for whom they are shown to, and are left as they are.
    """
    if not visit.seller.is_staff:
        return reply
    if isinstance(reply, Screen | Document):
        return replace(reply, keyboard=_kept(router, visit, reply.keyboard))
    if isinstance(reply, Several):
        return replace(reply, replies=tuple(permitted(router, visit, one) for one in reply.replies))
    return reply


def _kept(router: Router, visit: Visit, keyboard: Keyboard) -> Keyboard:
    rows = (tuple(key for key in row if _may_press(router, visit, key)) for row in keyboard)
    return tuple(row for row in rows if row)


def _may_press(router: Router, visit: Visit, key: Key) -> bool:
    route = router.buttons.get(type(key.button)) if key.button is not None else None
    return route is None or visit.may_reach(route.audience, route.needs)
