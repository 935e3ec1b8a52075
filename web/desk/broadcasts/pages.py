"""The list of broadcasts, and a new one, which goes nowhere before somebody says so."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop import broadcasts
from shop.broadcasts import Written
from shop.forms.writing import clean
from shop.people.permissions import Permission
from shop.refusals import CannotRead
from web.desk.behind import behind, present, words
from web.desk.broadcasts import saying
from web.desk.pieces import page, tell, to
from web.desk.words import mark

SIZE = 25  # rows of a page
LONGEST = 4096  # UTF-16 units of a message, as Telegram counts


class Broadcasts(CustomView):
    """News to customers, the newest first."""

    menu_label = mark("Broadcasts")
    icon: str | None = "fa fa-bullhorn"
    path = "/broadcasts"

    def is_accessible(self, request: Request) -> bool:
        """Who sees to promotion."""
        return present(request).may(Permission.PROMOTION)

    def is_active(self, request: Request) -> bool:
        """Also on the page of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/broadcasts")

    @route("", name="broadcasts")
    async def index(self, request: Request) -> Response:
        """A page of them."""
        who, desk, spoken = present(request), behind(request), words(request)
        before = read_id(request.query_params.get("before", ""))
        async with desk.db.read() as session:
            found = await broadcasts.listed(session, who.acting, before=before, limit=SIZE + 1)
        context = {
            "title": spoken.plain(self.menu_label),
            "rows": [saying.row(spoken, one) for one in found[:SIZE]],
            "first": before is None,
            "older": found[SIZE - 1].id if len(found) > SIZE else None,
        }
        return page(request, self, "broadcasts.html", context)

    @route("/new", methods=["GET", "POST"], name="broadcast-new")
    async def new(self, request: Request) -> Response:
        """Write one."""
        who, desk, spoken = present(request), behind(request), words(request)
        context: dict[str, Any] = {"title": spoken.plain("Write news"), "given": {}, "wrong": {}, "most": LONGEST}
        if request.method != "POST":
            return page(request, self, "broadcast_new.html", context)
        text = clean(str((await request.form()).get("text", "")).replace("\r\n", "\n")).strip()
        if not text or len(text.encode("utf-16-le")) // 2 > LONGEST:
            hint = "too_long" if text else "empty"
            refusal = CannotRead(field="broadcast", given="", hint=hint, limit=LONGEST)
            context |= {"given": {"text": text}, "wrong": {"text": desk.say(spoken, refusal)}}
            return page(request, self, "broadcast_new.html", context, 422)
        async with desk.db.begin() as session:
            number = (await broadcasts.create(session, who.acting, Written(text), now=desk.now())).id
        tell(request, spoken.plain("It is a draft: nothing goes out before you say so."))
        return to(request, "broadcast", broadcast_id=number)
