"""The list of orders and one order, with the keys of what its seller can do."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, route

from db.models import Order
from db.numbers import read_id
from shop import messages, orders
from shop.forms.writing import one_line
from shop.messages import threads
from shop.orders import notes, searching, timeline
from shop.orders.pages import OrderPage, Turn
from shop.people.permissions import Permission
from web.desk.behind import behind, present, words
from web.desk.orders import saying
from web.desk.orders.open_moves import can_be_sent, open_moves
from web.desk.pieces import page, secret
from web.desk.words import Words, mark

SIZE = 25  # orders of a page
AT_ONCE = 6  # times 180 orders that one search by a name looks through; who wants to look further says so
LONGEST = 64  # letters of what is looked for
HAPPENED, SAID, NOTED = 20, 30, 12  # of a timeline, a thread, the notes


class Orders(CustomView):
    """Everybody's orders, newest first, by status or by what their seller remembers of them."""

    menu_label = mark("Orders")
    icon: str | None = "fa fa-receipt"
    path = "/orders"

    def title(self, request: Request) -> str:
        """Its name."""
        return words(request).plain(self.menu_label)

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders or to money."""
        return present(request).may(*orders.reading.SEEING)

    def is_active(self, request: Request) -> bool:
        """Also on the page of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/orders")

    @route("", name="orders")
    async def index(self, request: Request) -> Response:
        """A page of them; a number alone opens that order."""
        who, desk, asked = present(request), behind(request), request.query_params
        query = one_line(asked.get("q", "")[:LONGEST])
        number = read_id(query.removeprefix("#"))
        if number is not None:
            async with desk.db.read() as session:
                if (await searching.parties(session, who.acting, number)).sells:
                    return RedirectResponse(request.url_for("desk:order", order_id=number), status_code=303)
        tab = asked.get("status", "all")
        tab = tab if tab in saying.TABS else "all"
        before, after = read_id(asked.get("before", "")), read_id(asked.get("after", ""))
        async with desk.db.read() as session:
            if query:
                found = await searching.find_for_owner(
                    session, who.acting, query, before=before, limit=SIZE, windows=AT_ONCE
                )
                shown, older = OrderPage(found.orders), found.further
            else:
                turn = Turn(before=before, after=after, size=SIZE)
                shown = await orders.list_for_owner(session, who.acting, turn, status=saying.TABS[tab][1])
                older = shown.orders[-1].id if shown.older else None
        kept = {"q": query} if query else {"status": tab}
        context = {
            "rows": [_row(words(request), order, everything=who.acting.everything) for order in shown.orders],
            "tabs": [(key, words(request).plain(label)) for key, (label, _) in saying.TABS.items()],
            "tab": tab,
            "may_send": who.may(Permission.ORDERS) and any(can_be_sent(order) for order in shown.orders),
            "query": query,
            "older": None if older is None else urlencode({**kept, "before": older}),
            "newer": urlencode({**kept, "after": shown.orders[0].id}) if shown.newer and shown.orders else None,
            "title": self.title(request),
        }
        return page(request, self, "orders.html", context)


class OrderOf(CustomView):
    """One order: what was bought, its way so far, what was said and noted, and what can be done."""

    menu_label = mark("Order")
    path = "/orders/{order_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders or to money."""
        return present(request).may(*orders.reading.SEEING)

    @route("", name="order")
    async def index(self, request: Request) -> Response:
        """The page."""
        who, desk, spoken = present(request), behind(request), words(request)
        number = int(request.path_params["order_id"])
        past: list[dict[str, str]] = []
        thread: list[dict[str, Any]] = []
        noted: list[dict[str, str]] = []
        async with desk.db.read() as session:
            order = await orders.get_for_owner(session, who.acting, number)
            if who.may(Permission.ORDERS):
                found = await timeline.of_order(session, who.acting, number, size=HAPPENED)
                past = [saying.happened(spoken, one, order.currency) for one in found.happened]
                noted = [
                    {"who": one.who, "text": one.note.text, "at": spoken.datetime(one.note.updated_at)}
                    for one in await notes.of_order(session, who.acting, number, limit=NOTED)
                ]
                told = await messages.page(session, await threads.of_sale(session, who.acting, number), limit=SAID)
                thread = [_said(spoken, one) for one in reversed(told)]
        context = {
            "title": spoken.plain("Order {number}", number=order.id),
            "order": order,
            "status": saying.status(spoken, order),
            "reason": saying.reason(spoken, order),
            "method": saying.method(spoken, order.payment_method),
            "address": saying.address(spoken, order),
            "colour": saying.COLOURS[order.status],
            "moves": open_moves(order, who),
            "past": past,
            "thread": thread,
            "noted": noted,
            "writes": who.may(Permission.ORDERS),
            "once": secret(),
        }
        return page(request, self, "order.html", context)


def _row(spoken: Words, order: Order, *, everything: bool) -> dict[str, Any]:
    return {
        "id": order.id,
        "at": spoken.datetime(order.created_at),
        "customer": order.user.name,
        "seller": order.owner.name if everything else "",
        "can_be_sent": can_be_sent(order),
        "total": spoken.money(order.total_price, order.currency),
        "status": saying.status(spoken, order),
        "colour": saying.COLOURS[order.status],
    }


def _said(spoken: Words, one: messages.Told) -> dict[str, Any]:
    ours = one.message.author.value != "customer"
    return {
        "ours": ours,
        "who": one.seller if ours else one.customer,
        "text": one.message.text,
        "photo": one.message.photo_file_id is not None,
        "at": spoken.datetime(one.message.created_at),
    }
