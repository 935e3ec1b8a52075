"""Ways to ship, one by one: shown, written in a line, taken away."""

from typing import Any

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.settings import shipping_views as views
from bot.screens.selling.settings.buttons import OpenWay, RemoveWay, WriteWay
from bot.screens.selling.settings.reading import Unusable
from bot.screens.selling.settings.views import MOST_WAYS
from bot.screens.selling.settings.ways_to_ship import read_way
from bot.screens.selling.settings.writing import problem_of, put, show, write
from bot.sending.reply import Reply, Screen
from db.models import Dialog
from shop.forms import dialogs
from shop.settings.known import BY_KEY

KIND = "shipping_way"
SHIPPING = BY_KEY["shop.shipping"]

router = Router()


@router.button(OpenWay, for_="operator")
async def open_way(visit: Visit, pressed: OpenWay) -> Reply:
    """What it costs, where it goes."""
    way = _find(_ways(visit), pressed.way)
    return show(visit, SHIPPING) if way is None else views.way(visit.words, way, visit.policy.currency)


@router.button(WriteWay, for_="operator", asks=KIND)
async def write_way(visit: Visit, pressed: WriteWay) -> Reply:
    """Ask for the line."""
    return await _ask(visit, pressed.way)


@router.button(RemoveWay, for_="operator")
async def remove_way(visit: Visit, pressed: RemoveWay) -> Reply:
    """It is not offered any more; orders that were placed keep it."""
    await visit.settings.follow()  # another replica may have changed the list
    left = [way for way in _ways(visit) if way["id"] != pressed.way]
    if not left:
        note = visit.words("⚠️ One way must stay: without any, everything is sent free of charge.")
        return show(visit, SHIPPING, note=note)
    return await put(visit, SHIPPING, left)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, dialog.data.get("way"))


@router.dialog(KIND, for_="operator", leaves=CLOSES, again=once_more)
async def written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The line; what cannot be used leaves the question open."""
    way_id = dialog.data.get("way")
    read = read_way(visit.words, said.text, visit.policy.currency)
    if isinstance(read, Unusable):
        return await _ask(visit, way_id, problem=read.why)
    await visit.settings.follow()
    ways = _ways(visit)
    if _find(ways, way_id) is None:
        # never the id of a way that was there before: open payment sheets name ways by it
        ways = [*ways, {"id": f"w{int(visit.now().timestamp()):x}", **read}]
    else:
        ways = [{"id": way_id, **read} if way["id"] == way_id else way for way in ways]
    problem = problem_of(visit, SHIPPING, ways)
    if len(ways) > MOST_WAYS:
        problem = visit.words("⚠️ There are {n} ways already.", n=MOST_WAYS)
    if problem is not None:
        return await _ask(visit, way_id, problem=problem)
    return await write(visit, SHIPPING, ways, finishing=KIND)


async def _ask(visit: Visit, way_id: str | None, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, "text", {"way": way_id}, now=visit.now())
    return views.ask(visit.words, _find(_ways(visit), way_id), visit.policy.currency, problem=problem)


def _ways(visit: Visit) -> list[dict[str, Any]]:
    value = visit.settings.state(SHIPPING.key).value
    return value if isinstance(value, list) else []


def _find(ways: list[dict[str, Any]], way_id: str | None) -> dict[str, Any] | None:
    return next((way for way in ways if way["id"] == way_id), None)
