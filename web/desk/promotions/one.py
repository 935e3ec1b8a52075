"""One promotion: its figures, its values, whether it runs; a draft is thrown away after a question."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import PromotionKind
from db.numbers import read_id
from shop import promotions
from shop.people.permissions import Permission
from shop.products.sale_days import today
from shop.promotions import MOST_CODES, Standing, never_ran, read_times
from shop.refusals import CannotRead, Refusal
from web.desk.behind import behind, present, words
from web.desk.pieces import explain, page, question, tell, to
from web.desk.promotions import reading, saying
from web.desk.words import mark

USES = 25  # orders of a page


class PromotionOf(CustomView):
    """The page of one."""

    menu_label = mark("Promotion")
    path = "/promotions/{promotion_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to promotion."""
        return present(request).may(Permission.PROMOTION)

    @route("", methods=["GET", "POST"], name="promotion")
    async def index(self, request: Request) -> Response:
        """What there is to know; sent back, its values."""
        standing = await _look(request)
        if request.method != "POST":
            return await self._show(request, standing)
        who, desk, spoken, one = present(request), behind(request), words(request), standing.promotion
        form = await request.form()
        given = {name: str(value) for name, value in form.items()}
        if standing.code is not None:
            given.pop("name", None)  # it is called by its code
        wrong: dict[str, str] = {}
        try:
            on = today(desk.now(), spoken.zone)
            shown = saying.fields(spoken, one)
            values = reading.values(given, one.kind, one.currency, on, spoken.zone, shown)
            async with desk.db.begin() as session:
                await promotions.change(session, who.acting, one.id, now=desk.now(), **values)
        except reading.Wrong as refused:
            wrong = {refused.field: desk.say(spoken, refused.refusal)}
        except CannotRead as refusal:
            field = "total_limit" if refusal.data.get("hint") == "promo_used" else "ends_at"
            wrong = {field: desk.say(spoken, refusal)}
        if wrong:
            return await self._show(request, standing, given={"first_order": "", **given}, wrong=wrong, status=422)
        tell(request, spoken.plain("Saved."))
        return to(request, "promotion", promotion_id=one.id)

    @route("/running", methods=["POST"], name="promotion-running")
    async def running(self, request: Request) -> Response:
        """It runs, or runs no more."""
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        running = (await request.form()).get("to") == "run"
        async with desk.db.begin() as session:
            await promotions.set_running(session, who.acting, number, running=running, now=desk.now())
        started, stopped = spoken.plain("It runs."), spoken.plain("It is stopped: new orders do without it.")
        tell(request, started if running else stopped)
        return to(request, "promotion", promotion_id=number)

    @route("/discard", methods=["GET", "POST"], name="promotion-discard")
    async def discard(self, request: Request) -> Response:
        """Ask; then throw a draft away."""
        who, desk, spoken = present(request), behind(request), words(request)
        standing = await _look(request)
        one = standing.promotion
        form = await request.form() if request.method == "POST" else {}
        if form.get("sure") != "1" or form.get("seen") != str(one.id) or not never_ran(one):
            lines = [spoken.plain("It never ran: nobody has seen it. This cannot be undone.")]
            if standing.one_time:
                lines.append(spoken.plain_n("{n} code of it goes, too.", "{n} codes of it go, too.", standing.one_time))
            if not never_ran(one):
                return to(request, "promotion", promotion_id=one.id)
            return question(
                request,
                self,
                title=spoken.plain("Throw {name} away?", name=one.name),
                lines=lines,
                label=spoken.plain("Yes, throw it away"),
                back=request.url_for("desk:promotion", promotion_id=one.id),
                seen=str(one.id),
            )
        async with desk.db.begin() as session:
            await promotions.discard(session, who.acting, one.id, now=desk.now())
        tell(request, spoken.plain("It is gone."))
        return to(request, "promotions")

    @route("/uses", name="promotion-uses")
    async def uses(self, request: Request) -> Response:
        """Which orders used it."""
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        before = read_id(request.query_params.get("before", ""))
        standing = await _look(request)
        async with desk.db.read() as session:
            found = await promotions.list_uses(session, who.acting, number, before=before, limit=USES + 1)
        rows = [
            {
                "order": one.order_id,
                "at": spoken.datetime(one.at),
                "code": one.code or "",
                "saved": spoken.money(one.saved, one.currency),
                "total": spoken.money(one.total, one.currency),
                "given_back": one.given_back,
            }
            for one in found[:USES]
        ]
        context = {
            "title": standing.promotion.name,
            "number": number,
            "rows": rows,
            "opens": who.may(Permission.ORDERS, Permission.MONEY),
            "first": before is None,
            "older": found[USES - 1].id if len(found) > USES else None,
        }
        return page(request, self, "promotion_uses.html", context)

    @route("/codes", methods=["POST"], name="promotion-codes")
    async def codes(self, request: Request) -> Response:
        """Make codes that count once each."""
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        try:
            count = read_times(str((await request.form()).get("count", "")))
            async with desk.db.begin() as session:
                await promotions.generate(session, who.acting, number, count, now=desk.now())
        except Refusal as refusal:
            explain(request, refusal)
        else:
            made = spoken.plain_n(
                "{n} code is made. Take it along as a file.", "{n} codes are made. Take them along as a file.", count
            )
            tell(request, made)
        return to(request, "promotion", promotion_id=number)

    @route("/codes.csv", name="promotion-codes-file")
    async def codes_file(self, request: Request) -> Response:
        """All codes that count once, and which are used."""
        who, desk, number = present(request), behind(request), _number(request)
        async with desk.db.read() as session:
            made = await promotions.made_codes(session, who.acting, number)
        lines = ["code,used", *(f"{one.code},{int(one.used)}" for one in made)]
        headers = {"content-disposition": f'attachment; filename="codes-{number}.csv"', "cache-control": "no-store"}
        return Response("\r\n".join(lines) + "\r\n", media_type="text/csv", headers=headers)

    async def _show(
        self,
        request: Request,
        standing: Standing,
        *,
        given: dict[str, str] | None = None,
        wrong: dict[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        who, desk, spoken, one = present(request), behind(request), words(request), standing.promotion
        async with desk.db.read() as session:
            chosen = await promotions.chosen(session, who.acting, one.id)
        context: dict[str, Any] = {
            "title": one.name,
            "promotion": one,
            "row": saying.row(spoken, one, desk.now()),
            "code": standing.code,
            "one_time": spoken.number(standing.one_time) if standing.one_time else "",
            "saved": spoken.money(standing.saved, one.currency),
            "revenue": spoken.money(standing.revenue, one.currency),
            "is_draft": never_ran(one),
            "is_running": one.stopped_at is None,
            "has_value": one.kind in {PromotionKind.PERCENT, PromotionKind.FIXED},
            "is_percent": one.kind is PromotionKind.PERCENT,
            "has_units": one.kind is PromotionKind.BUY_X_GET_Y,
            "chosen": chosen,
            "given": {**saying.fields(spoken, one), **(given or {})},
            "wrong": wrong or {},
            "most": spoken.number(MOST_CODES),
        }
        return page(request, self, "promotion.html", context, status)


async def _look(request: Request) -> Standing:
    async with behind(request).db.read() as session:
        return await promotions.look(session, present(request).acting, _number(request))


def _number(request: Request) -> int:
    return int(request.path_params["promotion_id"])
