"""Which handler serves what: a router a handler module, joined into one table of routes by bot/screens/routes.py.

    router = Router()

    @router.command("restock", for_="owner", about=mark("Change the stock of a product"))
    async def restock(visit: Visit, argument: str) -> Reply: ...

    @router.button(SetStock, for_="owner", needs=Permission.STOCK)  # also for staff who have this (or one of several)
    async def set_stock(visit: Visit, pressed: SetStock) -> Reply: ...

    @router.dialog("restock", for_="owner", leaves=CLOSES, again=ask_once_more)  # a text while this is asked
    async def how_many(visit: Visit, dialog: Dialog, said: Said) -> Reply: ...

    @router.button(AskRestock, for_="owner", asks="restock")  # opens that question

    @router.button(FormSkip, for_="owner", within="add_product")  # a key of that form itself: it stays open

    @router.reply("problem", for_="owner")           # a reply to a message that delivered such a notification
    async def answer_problem(visit: Visit, notification: Notification, said: Said) -> Reply: ...

    @router.caption(for_="owner")                    # a photo with a caption, outside any form
    async def add_by_caption(visit: Visit, said: Said) -> Reply: ...

    @router.deep_link("paid_")                       # /start paid_42 → argument "42"
    async def came_back(visit: Visit, argument: str) -> Reply: ...

    @router.inline()                                 # "@bot words" in any chat: cards to send there
    async def offer(house: House, words: Words, asked: InlineAsked) -> Cards: ...

    @router.notice("new_order")                      # how a notification is worded; visit.user is its reader
    async def new_order(visit: Visit, notification: Notification) -> Reply | None: ...

    @router.page(OpenSale, for_="owner")             # what such a button shows, drawn without doing anything
    async def sale_page(visit: Visit, pressed: OpenSale) -> Screen: ...

A page is what stands behind a key that came too late, and what a message that shows an order becomes when it moves.
A notice that answers None has nothing to say any more. A Screen with `remember_card` edits the card of that order.
A handler that has nothing to show itself leads on by a button: `return Lead(OpenHome())`.
A handler raises a Refusal to say no; it may run twice when the database asks for a retry, so it sends nothing itself.
Who is not of the audience gets the answer for an unknown command or button. What is for owners and `needs` nothing is
for owners alone; what staff may not press is not shown to them. The use case asks for the permission once more. A
dialog handler that wants to be rid of the text (the form was finished meanwhile) returns None, and the text is treated
as if there had been no form.

Whatever opens another screen ends what is asked: questions.py sees to it for every route, by what is declared
here. A dialog says what leaving means (`leaves`: it CLOSES, or it WAITS and is offered again on the first screen) and
how it asks at its present step (`again`), which is shown after what it cannot take and after a key of an older
message. A route says whether it may open a dialog (`asks`) or belongs to one (`within`).
"""

from collections.abc import Callable
from typing import TypeVar, cast

from bot.routing.route import (
    CLOSES,
    MORE,
    WAITS,
    B,
    DialogRoute,
    H,
    Leaves,
    OnAgain,
    OnButton,
    OnDialog,
    OnInline,
    OnJoined,
    OnNotice,
    OnPage,
    OnPayment,
    OnPreCheckout,
    OnReply,
    OnSaid,
    OnShipping,
    OnText,
    Route,
    Takes,
)
from bot.routing.routes import Routes, put
from bot.sending.reply import Audience
from db.models import Permission

__all__ = ["CLOSES", "MORE", "WAITS", "Router"]  # what a module of handlers needs

K = TypeVar("K")
Needs = Permission | tuple[Permission, ...]


class Router(Routes):
    """Collects the handlers of one module by decorators, and refuses a second one for the same thing."""

    def command(
        self,
        name: str,
        *,
        for_: Audience = "everyone",
        needs: Needs = (),
        about: str = "",
        asks: str | None = None,
        also: str = "",
        otherwise: str = "",
    ) -> Callable[[OnText], OnText]:
        """`/name argument`; `about` is a marked text of ≤ 256 characters for the menu of commands.

        `also`: other names, by blanks, that people guess; `otherwise`: the command for whom this one is not.
        """
        for guess in also.split():
            put(self.guessed, guess, name)
        if otherwise:
            put(self.otherwise, name, otherwise)
        return _adder(self.commands, name, for_, about, needs=needs, asks=asks)

    def group_command(self, name: str, *, needs: Needs) -> Callable[[OnText], OnText]:
        """`/name argument` of who sells, in a group; from others nothing is answered."""
        return _adder(self.group_commands, name, "owner", needs=needs)

    def membership(self, *, needs: Needs) -> Callable[[OnJoined], OnJoined]:
        """Who sells let the bot into a group or channel, or changed its rights there."""
        return _adder(self.joined, "", "owner", needs=needs)

    def deep_link(self, prefix: str, *, asks: str | None = None) -> Callable[[OnText], OnText]:
        """`/start <prefix><argument>`: the handler gets the argument without the prefix."""
        return _adder(self.deep_links, prefix, "everyone", asks=asks)

    def button(
        self,
        kind: type[B],
        *,
        for_: Audience = "everyone",
        needs: Needs = (),
        asks: str | None = None,
        within: str | None = None,
        stays: bool = False,
    ) -> Callable[[OnButton[B]], OnButton[B]]:
        """A tap on this button."""
        routes = cast("dict[type[B], Route[OnButton[B]]]", self.buttons)
        return _adder(routes, kind, for_, needs=needs, asks=asks, within=within, stays=stays)

    def page(
        self, kind: type[B], *, for_: Audience = "everyone", needs: Needs = ()
    ) -> Callable[[OnPage[B]], OnPage[B]]:
        """What this button shows; it only reads. Raises a Refusal when there is no such thing for this person."""
        return _adder(cast("dict[type[B], Route[OnPage[B]]]", self.pages), kind, for_, needs=needs)

    def dialog(
        self,
        kind: str,
        *,
        leaves: Leaves,
        again: OnAgain,
        takes: Takes = "text",
        for_: Audience = "everyone",
        needs: Needs = (),
    ) -> Callable[[OnDialog], OnDialog]:
        """A text or photo while a form of this kind is in progress (commands are never part of a form)."""

        def add(handle: OnDialog) -> OnDialog:
            route = DialogRoute(
                handle=handle, again=again, leaves=leaves, takes=takes, audience=for_, needs=_all_of(needs)
            )
            put(self.dialogs, kind, route)
            return handle

        return add

    def reply(
        self, kind: str, *, for_: Audience = "everyone", needs: Needs = (), asks: str | None = None
    ) -> Callable[[OnReply], OnReply]:
        """A reply to the message that delivered a notification of this kind to this very person."""
        return _adder(self.replies, kind, for_, needs=needs, asks=asks)

    def notice(self, *kinds: str) -> Callable[[OnNotice], OnNotice]:
        """How notifications of these kinds are worded for their reader, by the courier: not part of any update."""

        def add(handle: OnNotice) -> OnNotice:
            for kind in kinds:
                put(self.notices, kind, Route(handle))
            return handle

        return add

    def caption(self, *, for_: Audience = "owner", needs: Needs = (), asks: str = "") -> Callable[[OnSaid], OnSaid]:
        """A photo with a caption, outside any form."""
        return _adder(self.captions, "", for_, needs=needs, asks=asks or None)

    def document(self, *, needs: Needs, asks: str) -> Callable[[OnSaid], OnSaid]:
        """A file that is no picture, of who sells, outside any form."""
        return _adder(self.captions, "file", "owner", needs=needs, asks=asks)

    def text(self, *, asks: str | None = None) -> Callable[[OnSaid], OnSaid]:
        """Any other text."""
        return _adder(self.texts, "", "everyone", asks=asks)

    def inline(self) -> Callable[[OnInline], OnInline]:
        """What is offered where somebody writes the bot's name in any chat: to anybody, so they have no visit."""
        return _adder(self.inlines, "", "everyone")

    def pre_checkout(self) -> Callable[[OnPreCheckout], OnPreCheckout]:
        """The gate before money is taken: return to agree, raise a Refusal to decline in the customer's words."""
        return _adder(self.pre_checkouts, "", "everyone")

    def shipping(self) -> Callable[[OnShipping], OnShipping]:
        """Ways to send an invoice's goods to an address; raise a Refusal when there is none."""
        return _adder(self.shippings, "", "everyone")

    def payment(self) -> Callable[[OnPayment], OnPayment]:
        """Money was taken. Delivered at least once: the effect must be idempotent."""
        return _adder(self.payments, "made", "everyone")

    def refunded(self) -> Callable[[OnPayment], OnPayment]:
        """Money was given back through Telegram. Delivered at least once."""
        return _adder(self.payments, "refunded", "everyone")


def _adder(
    routes: dict[K, Route[H]],
    key: K,
    audience: Audience,
    about: str = "",
    *,
    needs: Needs = (),
    asks: str | None = None,
    within: str | None = None,
    stays: bool = False,
) -> Callable[[H], H]:
    def add(handle: H) -> H:
        put(routes, key, Route(handle, audience, about, asks, within, stays, _all_of(needs)))
        return handle

    return add


def _all_of(needs: Needs) -> tuple[Permission, ...]:
    return (needs,) if isinstance(needs, Permission) else needs
