"""What was done, newest first: owners read of their own shop, operators of everybody's, staff not at all."""

from collections.abc import Mapping

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop.people import log
from shop.people.log import Kind
from web.desk.behind import behind, present, words
from web.desk.pieces import page
from web.desk.words import mark

SIZE = 30  # events of a page
TABS: Mapping[Kind, str] = {
    Kind.ORDERS: mark("🧾 Orders"),
    Kind.PRODUCTS: mark("🏷 Products"),
    Kind.CUSTOMERS: mark("👤 Customers"),
    Kind.STAFF: mark("👥 People"),
    Kind.SETTINGS: mark("⚙️ Settings"),
}


class Log(CustomView):
    """A page of it."""

    menu_label = mark("What was done")
    icon: str | None = "fa fa-clock-rotate-left"
    path = "/log"

    def is_accessible(self, request: Request) -> bool:
        """Everybody but staff."""
        return not present(request).acting.is_staff

    @route("", name="log")
    async def index(self, request: Request) -> Response:
        """Events, of a kind or all, in the words of the chat."""
        who, desk, spoken = present(request), behind(request), words(request)
        asked = request.query_params.get("kind", "")
        kind = Kind(asked) if asked in [*Kind] else None
        before = read_id(request.query_params.get("before", ""))
        async with desk.db.read() as session:
            found = await log.page(session, who.acting, kind=kind, before=before, limit=SIZE + 1)
        shown = found[:SIZE]
        context = {
            "title": spoken.plain(self.menu_label),
            "lines": [Markup(desk.done(spoken, one)) for one in shown],  # noqa: S704  escaped where it was made
            "tabs": [("", spoken.plain("All")), *((key.value, spoken.plain(label)) for key, label in TABS.items())],
            "tab": kind.value if kind is not None else "",
            "older": shown[-1].id if len(found) > SIZE else None,
        }
        return page(request, self, "log.html", context)
