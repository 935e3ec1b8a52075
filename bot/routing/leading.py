"""Follows a handler that leads on to another screen: what stands behind the button it names, as if that were tapped."""

from typing import TypeVar, cast

from markupsafe import escape
from msgspec.structs import replace

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.sending.reply import Lead, Screen
from db.session import retrying

R = TypeVar("R")

MOST = 3  # leads in a row: more would be a circle


async def led(router: Router, visit: Visit, reply: R | Lead) -> R | None:
    """The reply itself, or that of the button it leads to; None where that is not for this person.

    Raises the refusals of the handler behind the button, and RecursionError when leads go round in a circle.
    """
    for _ in range(MOST):
        if not isinstance(reply, Lead):
            return reply
        lead, route = reply, router.buttons[type(reply.button)]
        if not visit.may_reach(route.audience, route.needs):
            return None
        reply = cast("R | Lead", await retrying(lambda: route.handle(visit, lead.button)))  # noqa: B023  awaited here
        if isinstance(reply, Screen):
            toast = reply.toast if lead.toast is None else lead.toast
            note = "" if lead.note is None else f"{escape(lead.note)}\n\n"
            reply = cast("R", replace(reply, toast=toast, fresh=reply.fresh or lead.fresh, text=note + reply.text))
    raise RecursionError(f"{reply} leads on and on")
