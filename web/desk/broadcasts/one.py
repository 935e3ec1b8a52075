"""One broadcast: whom it is for and how many that is, tried on oneself, sent at once or later, stopped and counted."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import BroadcastState
from shop import broadcasts, products
from shop.broadcasts import MOST_PARTS, Standing
from shop.forms.writing import one_line
from shop.people.permissions import Permission
from shop.refusals import CannotRead, NotFound
from web.desk.behind import behind, present, words
from web.desk.broadcasts import saying
from web.desk.pieces import explain, explained, page, question, secret, to, warn
from web.desk.words import mark

FOUND = 12  # products that are offered
LONGEST = 64  # letters of what is looked for
MOMENT = "%Y-%m-%dT%H:%M"


class BroadcastOf(CustomView):
    """The page of one."""

    menu_label = mark("Broadcast")
    path = "/broadcasts/{broadcast_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to promotion."""
        return present(request).may(Permission.PROMOTION)

    @route("", name="broadcast")
    async def index(self, request: Request) -> Response:
        """How it stands."""
        who, desk, spoken = present(request), behind(request), words(request)
        standing = await _look(request)
        one = standing.broadcast
        query = one_line(request.query_params.get("bought", "")[:LONGEST])
        found: list[tuple[str, str]] = []
        async with desk.db.read() as session:
            named = await _named(session, who.acting, one.segment)
            if query and one.state is BroadcastState.DRAFT:
                mine = await products.list_owned(session, who.acting, limit=FOUND, called=query)
                found = [(f"product-{item.product.id}", item.product.name) for item in mine.items]
        context: dict[str, Any] = {
            "title": spoken.plain("Broadcast"),
            "broadcast": one,
            "row": saying.row(spoken, one),
            "is_draft": one.state is BroadcastState.DRAFT,
            "is_running": one.state is BroadcastState.RUNNING,
            "is_stopped": one.state is BroadcastState.STOPPED,
            "reaches": spoken.plain_n("{n} person", "{n} people", standing.size),
            "size": standing.size,
            "chosen": [(part, saying.part(spoken, part, named)) for part in one.segment],
            "offered": saying.offered(spoken, one.segment),
            "found": found,
            "query": query,
            "most": MOST_PARTS,
            "figures": saying.figures(spoken, standing.figures),
            "at": spoken.datetime(one.starts_at) if one.starts_at is not None else "",
            "moment": one.starts_at.astimezone(spoken.zone).strftime(MOMENT) if one.starts_at is not None else "",
            "once": secret(),
        }
        return page(request, self, "broadcast.html", context)

    @route("/people", methods=["POST"], name="broadcast-people")
    async def people(self, request: Request) -> Response:
        """They shall have this in common, or need not."""
        form = await request.form()
        part, chosen = str(form.get("add") or form.get("drop") or ""), "add" in form
        return await self._do(
            request,
            lambda session, by, number, now: broadcasts.set_part(session, by, number, part, chosen=chosen, now=now),
        )

    @route("/try", methods=["POST"], name="broadcast-try")
    async def attempt(self, request: Request) -> Response:
        """Bring it to one's own chat."""
        once = one_line(str((await request.form()).get("once", ""))[:16]) or secret()
        return await self._do(
            request,
            lambda session, by, number, now: broadcasts.try_out(session, by, number, once=once, now=now),
            words(request).plain("It comes to your chat, as its readers will see it."),
        )

    @route("/time", methods=["POST"], name="broadcast-time")
    async def time(self, request: Request) -> Response:
        """It goes out by itself then, or not by itself."""
        spoken = words(request)
        form = await request.form()
        at: datetime | None = None
        if form.get("do") != "never":
            try:
                at = datetime.strptime(str(form.get("at", ""))[:16], MOMENT).replace(tzinfo=spoken.zone)
            except ValueError:
                explain(request, CannotRead(field="broadcast", given="", hint="moment_form"))
                return to(request, "broadcast", broadcast_id=_number(request))
        then, never = spoken.plain("It goes out by itself then."), spoken.plain("It does not go out by itself.")
        return await self._do(
            request,
            lambda session, by, number, now: broadcasts.schedule(session, by, number, at, now=now),
            never if at is None else then,
        )

    @route("/send", methods=["GET", "POST"], name="broadcast-send")
    async def send(self, request: Request) -> Response:
        """Ask, with how many it reaches; then it goes out."""
        spoken, standing = words(request), await _look(request)
        one = standing.broadcast
        back = to(request, "broadcast", broadcast_id=one.id)
        if one.state is not BroadcastState.DRAFT:
            return back
        if not standing.size:
            warn(request, spoken.plain("This reaches nobody."))
            return back
        seen = ",".join(one.segment)  # not how many: in a busy shop that never stands still
        form = await request.form() if request.method == "POST" else {}
        if form.get("sure") != "1" or form.get("seen") != seen:
            if form.get("sure") == "1":
                warn(request, spoken.plain("Something changed meanwhile. Please look again."))
            people = spoken.plain_n("{n} person", "{n} people", standing.size)
            lasts = saying.lasts(spoken, standing.size)
            return question(
                request,
                self,
                title=spoken.plain("Send this to {people}?", people=people),
                lines=[
                    one.text,
                    spoken.plain(
                        "It takes about {time}. Whoever has it keeps it: it can be stopped, not taken back.", time=lasts
                    ),
                ],
                label=spoken.plain("Yes, send it"),
                back=request.url_for("desk:broadcast", broadcast_id=one.id),
                seen=seen,
                danger=False,
            )
        return await self._do(
            request,
            lambda session, by, number, now: broadcasts.start(session, by, number, now=now),
            spoken.plain("It goes out."),
        )

    @route("/running", methods=["POST"], name="broadcast-running")
    async def running(self, request: Request) -> Response:
        """Stop it, or let it go on with those who have not had it."""
        running = (await request.form()).get("to") == "run"
        return await self._do(
            request,
            lambda session, by, number, now: broadcasts.set_running(session, by, number, running=running, now=now),
        )

    async def _do(self, request: Request, act: Any, said: str = "") -> Response:
        who, desk, number = present(request), behind(request), _number(request)
        with explained(request, said, only=CannotRead):
            async with desk.db.begin() as session:
                await act(session, who.acting, number, desk.now())
        return to(request, "broadcast", broadcast_id=number)


async def _look(request: Request) -> Standing:
    desk = behind(request)
    async with desk.db.read() as session:
        return await broadcasts.look(session, present(request).acting, _number(request), now=desk.now())


async def _named(session: Any, acting: Any, segment: list[str]) -> str:
    """The product whose buyers it is for, as it is called."""
    numbers = [part.partition("-")[2] for part in segment if part.startswith("product-")]
    if not numbers:
        return ""
    try:
        return (await products.get_owned(session, acting, int(numbers[0]))).product.name
    except NotFound:
        return ""


def _number(request: Request) -> int:
    return int(request.path_params["broadcast_id"])
