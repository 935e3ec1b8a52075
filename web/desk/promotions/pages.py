"""The list of promotions, and a new one, which begins as a draft."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop import promotions
from shop.people.permissions import Permission
from shop.products.sale_days import today
from shop.refusals import CannotRead, CodeTaken
from web.desk.behind import behind, present, words
from web.desk.pieces import page, tell, to
from web.desk.promotions import reading, saying
from web.desk.words import mark

SIZE = 25  # rows of a page


class Promotions(CustomView):
    """Codes and offers, newest first."""

    menu_label = mark("Promotions")
    icon: str | None = "fa fa-percent"
    path = "/promotions"

    def is_accessible(self, request: Request) -> bool:
        """Who sees to promotion."""
        return present(request).may(Permission.PROMOTION)

    def is_active(self, request: Request) -> bool:
        """Also on the page of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/promotions")

    @route("", name="promotions")
    async def index(self, request: Request) -> Response:
        """A page of them."""
        who, desk, spoken = present(request), behind(request), words(request)
        before = read_id(request.query_params.get("before", ""))
        async with desk.db.read() as session:
            found = await promotions.list_promotions(session, who.acting, before=before, limit=SIZE + 1)
        context = {
            "title": spoken.plain(self.menu_label),
            "rows": [saying.row(spoken, one, desk.now()) for one in found[:SIZE]],
            "first": before is None,
            "older": found[SIZE - 1].id if len(found) > SIZE else None,
        }
        return page(request, self, "promotions.html", context)

    @route("/new", methods=["GET", "POST"], name="promotion-new")
    async def new(self, request: Request) -> Response:
        """It is made as a draft: nobody sees it before it is started."""
        who, desk, spoken = present(request), behind(request), words(request)
        currency = desk.policy().currency
        context: dict[str, Any] = {
            "title": spoken.plain("New promotion"),
            "currency": currency,
            "kinds": [(kind.value, spoken.plain(label)) for kind, label in saying.KINDS.items()],
            "given": {"kind": "percent", "comes": "code"},
            "wrong": {},
        }
        if request.method != "POST":
            return page(request, self, "promotion_new.html", context)
        form = await request.form()
        context["given"] = {name: str(value) for name, value in form.items()}
        on = today(desk.now(), spoken.zone)
        try:
            draft = reading.draft(
                context["given"],
                currency,
                on,
                spoken.zone,
                lambda kind, values: saying.named(spoken, kind, values, currency),
            )
            async with desk.db.begin() as session:
                number = (await promotions.create(session, who.acting, draft, now=desk.now())).id
        except reading.Wrong as wrong:
            context["wrong"] = {wrong.field: desk.say(spoken, wrong.refusal)}
        except CodeTaken as refusal:
            context["wrong"] = {"code": desk.say(spoken, refusal)}
        except CannotRead as refusal:
            context["wrong"] = {"ends_at": desk.say(spoken, refusal)}
        else:
            tell(request, spoken.plain("It is a draft: say what it is for, then start it."))
            return to(request, "promotion", promotion_id=number)
        return page(request, self, "promotion_new.html", context, 422)
