"""The keys of a digital product: how many are where, more of them, and free ones taken out after a question."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import UnitState
from db.numbers import read_id
from db.texts import titled
from shop import units
from shop.people.permissions import Permission
from shop.refusals import Refusal
from shop.units import LARGEST, Added, Pool, masked
from web.desk.behind import behind, present, words
from web.desk.pieces import explain, page, question, tell, to, warn
from web.desk.words import Words, mark

SIZE = 50  # keys of a page
FURTHEST = 4_000  # pages of the largest pool, twice over
STATES = {
    UnitState.FREE: mark("Free"),
    UnitState.SOLD: mark("Sold"),
    UnitState.REVOKED: mark("Revoked"),
}


class ProductKeys(CustomView):
    """The pool of a product."""

    menu_label = mark("Product")
    path = "/products/{product_id:int}/keys"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to stock."""
        return present(request).may(Permission.STOCK)

    @route("", methods=["GET", "POST"], name="product-keys")
    async def index(self, request: Request) -> Response:
        """A page of it; sent back, more keys."""
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        if request.method == "POST":
            return await self._add(request)
        asked = request.query_params.get("state", "")
        state = UnitState(asked) if asked in [*STATES] else UnitState.FREE
        turn = min(read_id(request.query_params.get("page", "")) or 0, FURTHEST)
        async with desk.db.read() as session:
            pool, found = await units.list_units(session, who.acting, number, state, skip=turn * SIZE, limit=SIZE + 1)
        counts = {UnitState.FREE: pool.free, UnitState.SOLD: pool.sold, UnitState.REVOKED: pool.revoked}
        rows = [
            {
                "id": unit.id,
                "shown": unit.content if unit.file_id else masked(unit.content),
                "order": order_id,
                "at": spoken.date(unit.claimed_at) if unit.claimed_at else "",
                "reason": unit.reason or "",
            }
            for unit, order_id in found[:SIZE]
        ]
        context: dict[str, Any] = {
            "title": _name(pool),
            "number": number,
            "is_pool": pool.item.product.pooled_at is not None,
            "held": spoken.number(pool.held) if pool.held else "",
            "tabs": [
                (key.value, f"{spoken.plain(label)} ({spoken.number(counts[key])})") for key, label in STATES.items()
            ],
            "tab": state.value,
            "rows": rows,
            "turn": turn,
            "more": len(found) > SIZE,
            "may_withdraw": pool.free > pool.held,
            "any": any(counts.values()),
            "opens_orders": who.may(Permission.ORDERS),
        }
        return page(request, self, "product_keys.html", context)

    async def _add(self, request: Request) -> Response:
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        async with request.form() as form:
            file = form.get("file")
            name = (file.filename or "") if isinstance(file, UploadFile) else ""
            content = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
            text = str(form.get("keys", ""))
        if len(content) > LARGEST:
            warn(request, spoken.plain("The file is too large: at most 6 MB."))
            return to(request, "product-keys", product_id=number)
        try:
            if content:
                given, told = units.read_file(content, is_table=name.lower().endswith(".csv"))
            else:
                given, told = units.read_lines(text)
            async with desk.db.begin() as session:
                told = await units.add(session, who.acting, number, given, told=told, now=desk.now())
        except Refusal as refusal:
            explain(request, refusal)
        else:
            _say(request, told)
        return to(request, "product-keys", product_id=number)

    @route("/withdraw", methods=["GET", "POST"], name="product-keys-withdraw")
    async def withdraw(self, request: Request) -> Response:
        """Ask; then take out all free keys that no order waits for."""
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        async with desk.db.read() as session:
            pool = await units.pool_of(session, who.acting, number)
        seen, left = f"{pool.free}:{pool.held}", pool.free - pool.held
        form = await request.form() if request.method == "POST" else {}
        if form.get("sure") != "1" or form.get("seen") != seen:
            if form.get("sure") == "1":
                warn(request, spoken.plain("Something changed meanwhile. Please look again."))
            return question(
                request,
                self,
                title=spoken.plain("Take out the free keys of {name}?", name=_name(pool)),
                lines=[
                    spoken.plain_n(
                        "{n} key goes, and is not sold any more.", "{n} keys go, and are not sold any more.", left
                    ),
                    spoken.plain("Take them along as a file first, if they are needed elsewhere."),
                ],
                label=spoken.plain("Yes, take them out"),
                back=request.url_for("desk:product-keys", product_id=number),
                seen=seen,
            )
        try:
            async with desk.db.begin() as session:
                gone = await units.withdraw(session, who.acting, number, now=desk.now())
        except Refusal as refusal:
            explain(request, refusal)
        else:
            tell(request, spoken.plain_n("{n} key is taken out.", "{n} keys are taken out.", gone))
        return to(request, "product-keys", product_id=number)

    @route("/file", methods=["POST"], name="product-keys-file")
    async def file(self, request: Request) -> Response:
        """All of them as a file; that it was taken is written down."""
        who, desk, number = present(request), behind(request), _number(request)
        async with desk.db.begin() as session:
            _, content = await units.export(session, who.acting, number, now=desk.now())
        headers = {"content-disposition": f'attachment; filename="keys-{number}.csv"'}
        return Response(content, media_type="text/csv", headers=headers)


def _say(request: Request, told: Added) -> None:
    """How many are new, and everything that is not."""
    spoken = words(request)
    if told.added:
        tell(request, spoken.plain_n("{n} key added.", "{n} keys added.", told.added))
    said = _left_out(spoken, told)
    if said or not told.added:
        warn(request, " ".join(said) or spoken.plain("There is nothing in it yet."))


def _left_out(spoken: Words, told: Added) -> list[str]:
    said: list[str] = []
    if told.duplicates:
        said.append(spoken.plain_n("{n} was there already.", "{n} were there already.", told.duplicates))
        said += [spoken.plain("Line {line}: {key}", line=line, key=key) for line, key in told.first_duplicates]
    if told.too_long:
        lines = ", ".join(spoken.number(line) for line in told.too_long[:10])
        said.append(spoken.plain("Too long, in line {lines}.", lines=lines))
    if told.left_out:
        said.append(spoken.plain_n("{n} is left for another time.", "{n} are left for another time.", told.left_out))
    return said


def _name(pool: Pool) -> str:
    return titled(pool.item.product.name, pool.item.product.option_label)


def _number(request: Request) -> int:
    return int(request.path_params["product_id"])
