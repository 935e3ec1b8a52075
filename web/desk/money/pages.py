"""The list of money, order by order; what is done about it is done on the page of the order."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import PaymentStatus
from db.numbers import read_id
from shop.payments import listed
from shop.payments.listed import Which
from shop.people.permissions import Permission
from web.desk.behind import behind, present, words
from web.desk.orders import saying
from web.desk.pieces import page
from web.desk.words import mark

SIZE = 25  # rows of a page
TABS: Mapping[Which, str] = {
    Which.ALL: mark("All"),
    Which.BACK: mark("Given back"),
    Which.DISPUTED: mark("Disputed"),
}
STATUS: Mapping[PaymentStatus, tuple[str, str]] = {
    PaymentStatus.PENDING: (mark("waits"), "yellow"),
    PaymentStatus.COMPLETED: (mark("paid"), "green"),
    PaymentStatus.FAILED: (mark("failed"), "red"),
    PaymentStatus.PARTLY_REFUNDED: (mark("partly given back"), "blue"),
    PaymentStatus.REFUNDED: (mark("given back"), "secondary"),
    PaymentStatus.DISPUTED: (mark("disputed"), "red"),
}


class Money(CustomView):
    """What came for orders, newest first."""

    menu_label = mark("Money")
    icon: str | None = "fa fa-coins"
    path = "/money"

    def is_accessible(self, request: Request) -> bool:
        """Who sees to money."""
        return present(request).may(Permission.MONEY)

    @route("", name="money")
    async def index(self, request: Request) -> Response:
        """A page of it."""
        who, desk, spoken = present(request), behind(request), words(request)
        asked = request.query_params.get("which", "all")
        which = Which(asked) if asked in [*Which] else Which.ALL
        before = read_id(request.query_params.get("before", ""))
        async with desk.db.read() as session:
            found = await listed.list_money(session, who.acting, which, before=before, limit=SIZE)
        rows = [
            {
                "id": one.order_id,
                "at": spoken.datetime(one.paid_at) if one.paid_at else "",
                "customer": one.customer,
                "seller": one.seller if who.acting.everything else "",
                "method": saying.method(spoken, one.method),
                "amount": spoken.money(one.amount, one.currency),
                "back": spoken.money(one.refunded, one.currency) if one.refunded else "",
                "status": spoken.plain(STATUS[one.status][0]),
                "colour": STATUS[one.status][1],
            }
            for one in found.rows
        ]
        tabs = [(key.value, spoken.plain(label)) for key, label in TABS.items()]
        context = {"title": spoken.plain(self.menu_label), "rows": rows, "tabs": tabs, "tab": which.value}
        return page(request, self, "money.html", {**context, "older": found.further, "first": before is None})
