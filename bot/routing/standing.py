"""What stands behind a refusal about an order: the order as it is now, with the keys that move it, never a bare no."""

from markupsafe import escape
from msgspec.structs import replace

from bot.routing.permitted import permitted
from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.home.buttons import OpenHome
from bot.screens.buying.orders.buttons import ListOrders, OpenOrder
from bot.screens.selling.orders.buttons import ListSales, OpenSale
from bot.sending.button import Button
from bot.sending.cutting import TOAST
from bot.sending.reply import Audience, Key, Screen
from bot.words import Words
from db.session import retrying
from shop.refusals import Conflict, NotFound, Refusal

SHORT = 100  # letters that are read while a toast is on show


class Standing:
    """Draws the order that a tap or a message could not move."""

    def __init__(self, router: Router) -> None:
        self._router = router

    async def behind(self, visit: Visit, audience: Audience, given: object, refusal: Refusal) -> Screen | None:
        """The screen that answers this refusal; None where it is about no order, or about none of this person's.

        After a tap the order is shown where the key was, with the words over it; after a message, with the words in it.
        """
        words, said = visit.words, say(visit.words, refusal)
        tapped = isinstance(given, Button)
        opened = _opened(given, audience, refusal)
        if isinstance(refusal, NotFound) and opened is not None and not tapped:
            return replace(_not_found(words, said, audience), refused=refusal.code)
        if not isinstance(refusal, Conflict) or opened is None:
            return None
        screen = await self.draw(visit, opened)
        if screen is None:
            return None
        if tapped:
            long = len(said) > min(SHORT, TOAST)
            return replace(screen, toast=said, alert=long, refused=refusal.code)
        return replace(screen, text=f"⚠️ {escape(said)}\n\n{screen.text}", refused=refusal.code)

    async def draw(self, visit: Visit, opened: Button) -> Screen | None:
        """What this button shows to this person now; None when that is nothing."""
        route = self._router.pages.get(type(opened))
        if route is None or not visit.may_reach(route.audience, route.needs):
            return None
        try:
            return permitted(self._router, visit, await retrying(lambda: route.handle(visit, opened)))
        except Refusal:
            return None


def _opened(given: object, audience: Audience, refusal: Refusal) -> Button | None:
    """The button behind the tapped one; else the order that the refusal names, as this person sees it."""
    if isinstance(given, Button) and (opened := given.opens()) is not None:
        return opened
    order_id = refusal.data.get("order_id")
    if not isinstance(order_id, int):
        return None
    return OpenOrder(order_id) if audience == "everyone" else OpenSale(order_id)


def _not_found(words: Words, said: str, audience: Audience) -> Screen:
    orders = (
        Key(words.plain("📦 My orders"), ListOrders())
        if audience == "everyone"
        else Key(words.plain("🧾 Orders"), ListSales())
    )
    return Screen(escape(said), ((orders, Key(words.plain("🏠 Home"), OpenHome())),))
