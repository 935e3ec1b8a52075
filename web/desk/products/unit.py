"""One key in full: revoked when it does not work, with another sent; put back when its order gave its money back."""

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import UnitState
from db.texts import titled
from shop import units
from shop.people.permissions import Permission
from shop.units import Sold
from web.desk.behind import behind, present, words
from web.desk.pieces import explained, page, question, to, warn
from web.desk.products.keys import STATES
from web.desk.words import mark

LONGEST = 255  # letters of a reason


class KeyOf(CustomView):
    """The page of one."""

    menu_label = mark("Key")
    path = "/keys/{unit_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to stock or to orders."""
        return present(request).may(Permission.STOCK, Permission.ORDERS)

    @route("", name="key")
    async def index(self, request: Request) -> Response:
        """It, and its order; that it was looked at is written down."""
        one = await _open(request)
        who, spoken = present(request), words(request)
        context = {
            "title": titled(one.product.name, one.product.option_label),
            "one": one,
            "state": spoken.plain(STATES[one.unit.state]),
            "is_sold": one.unit.state is UnitState.SOLD,
            "at": spoken.datetime(one.unit.claimed_at) if one.unit.claimed_at else "",
            "longest": LONGEST,
            "opens_orders": who.may(Permission.ORDERS, Permission.MONEY),
            "opens_pool": who.may(Permission.STOCK),
        }
        return page(request, self, "key.html", context)

    @route("/revoke", methods=["POST"], name="key-revoke")
    async def revoke(self, request: Request) -> Response:
        """It works no more; its buyer gets another one, or none."""
        who, desk, number, spoken = present(request), behind(request), _number(request), words(request)
        form = await request.form()
        replaced = form.get("replace") == "1"
        another = spoken.plain("It is revoked. Its buyer has another one, and is told.")
        with explained(request, another if replaced else spoken.plain("It is revoked.")):
            async with desk.db.begin() as session:
                await units.revoke(
                    session, who.acting, number, reason=str(form.get("reason", "")), replace=replaced, now=desk.now()
                )
        return to(request, "key", unit_id=number)

    @route("/back", methods=["GET", "POST"], name="key-back")
    async def back(self, request: Request) -> Response:
        """Ask; then it is free for others again."""
        who, desk, number, spoken = present(request), behind(request), _number(request), words(request)
        one = await _open(request)
        seen = f"{one.unit.state}:{one.order_id}"
        form = await request.form() if request.method == "POST" else {}
        if form.get("sure") != "1" or form.get("seen") != seen:
            if form.get("sure") == "1":
                warn(request, spoken.plain("Something changed meanwhile. Please look again."))
            return question(
                request,
                self,
                title=spoken.plain("Put the key back?"),
                lines=[
                    spoken.plain("It is sold again, to whoever buys next. Do it only if its first buyer cannot use it.")
                ],
                label=spoken.plain("Yes, put it back"),
                back=request.url_for("desk:key", unit_id=number),
                seen=seen,
            )
        with explained(request, spoken.plain("It is free again.")):
            async with desk.db.begin() as session:
                await units.put_back_unit(session, who.acting, number, now=desk.now())
        return to(request, "key", unit_id=number)


async def _open(request: Request) -> Sold:
    desk = behind(request)
    async with desk.db.begin() as session:
        return await units.open_unit(session, present(request).acting, _number(request), now=desk.now())


def _number(request: Request) -> int:
    return int(request.path_params["unit_id"])
