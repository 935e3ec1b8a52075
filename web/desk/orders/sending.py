"""Several orders sent at once: shown with a place for each tracking number, and each sent in its own right."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop import orders
from shop.forms.writing import one_line
from shop.orders import shipping, standing
from shop.orders.moves import TRACKING_LENGTH
from shop.orders.shipping import Line, Planned
from shop.people.permissions import Permission, ask
from shop.refusals import Refusal
from web.desk.behind import behind, present, words
from web.desk.orders import saying
from web.desk.orders.open_moves import can_be_sent
from web.desk.pieces import page, tell, warn
from web.desk.words import mark


class OrdersSent(CustomView):
    """The parcels that go today."""

    menu_label = mark("Orders")
    path = "/orders/several"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders."""
        return present(request).may(Permission.ORDERS)

    @route("", methods=["GET", "POST"], name="orders-sent")
    async def index(self, request: Request) -> Response:
        """What would be sent; then send it."""
        who, desk, spoken = present(request), behind(request), words(request)
        ask(who.acting, Permission.ORDERS)
        posted = request.method == "POST"
        given: Any = await request.form() if posted else request.query_params
        lines = _lines(given)
        async with desk.db.read() as session:
            planned = await shipping.plan(session, who.acting, lines, carriers=desk.policy().carriers)
        rows = [_row(request, one) for one in planned]
        if not any(row["sends"] for row in rows):
            warn(request, spoken.plain("Choose orders that wait for their parcel first."))
            return _back(request)
        if not posted:
            about = {"title": spoken.plain("Ship several"), "rows": rows, "back": _list(request)}
            return page(request, self, "orders_sent.html", about)
        sent, left = 0, list[str]()
        for one, row in zip(planned, rows, strict=True):
            if row["sends"] and given.get(f"seen-{row['id']}") == row["seen"] and await _send(request, one):
                sent += 1
            else:
                left.append(str(row["id"]))
        if sent:
            tell(request, spoken.plain_n("{n} order is on its way.", "{n} orders are on their way.", sent))
        if left:
            numbers = ", ".join(left)
            warn(request, spoken.plain("Not sent, as they changed meanwhile: {numbers}", numbers=numbers))
        return _back(request)


def _lines(given: Any) -> list[Line]:
    """The chosen orders, each once, as many as are sent at once."""
    numbers = dict.fromkeys(number for value in given.getlist("id") if (number := read_id(str(value))))
    return [
        Line(str(number), number, one_line(str(given.get(f"tracking-{number}", "")))[:TRACKING_LENGTH])
        for number in list(numbers)[: shipping.MOST]
    ]


async def _send(request: Request, one: Planned) -> bool:
    who, desk = present(request), behind(request)
    assert one.order is not None  # noqa: S101  only what is there is sent
    try:
        async with desk.db.begin() as session:
            carriers = desk.policy().carriers
            await orders.ship(
                session, who.acting, one.order.id, one.line.tracking or None, carriers=carriers, now=desk.now()
            )
    except Refusal:  # it moved on at this very moment, or the right is gone
        return False
    return True


def _row(request: Request, one: Planned) -> dict[str, Any]:
    """An order as it is shown before it is sent; `why` it would not be."""
    spoken, order = words(request), one.order
    sends = order is not None and one.why is None and can_be_sent(order)
    why = "" if sends else spoken.plain("It does not wait for a parcel.")
    if one.why is not None:
        why = behind(request).say(spoken, one.why)
    return {
        "id": one.line.order_id,
        "sends": sends,
        "why": why,
        "seen": "" if order is None else standing.as_seen(order),
        "address": [] if order is None else saying.address(spoken, order),
        "customer": "" if order is None else order.user.name,
        "tracking": one.line.tracking,
    }


def _list(request: Request) -> str:
    return f"{request.url_for('desk:orders')}?status=to-do"


def _back(request: Request) -> Response:
    return RedirectResponse(_list(request), status_code=303)
