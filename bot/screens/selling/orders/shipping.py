"""/ship: one order, or several, a line for each; what each line would do is shown before anything is done."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import asking, sure
from bot.screens.parts.order_numbers import number_and_rest
from bot.screens.selling.orders import shipping_views as views
from bot.screens.selling.orders.buttons import ShipMany, ShipThem
from bot.screens.selling.orders.handlers import ship_one
from bot.sending.reply import Reply, Toast
from bot.words import mark
from db.models import Dialog, Permission
from shop import orders
from shop.forms import dialogs
from shop.orders import shipping
from shop.orders.shipping import Planned
from shop.refusals import Refusal, WrongStatus

LINES = "ship_many"

router = Router()


@router.command(
    "ship",
    for_="owner",
    needs=Permission.ORDERS,
    about=mark("Say that orders are on their way"),
    asks=LINES,
)
async def ship_command(visit: Visit, argument: str) -> Reply:
    """/ship 1042 [tracking], or a line for each of several."""
    if len(argument.splitlines()) > 1:
        return await _look(visit, argument)
    order_id, tracking = number_and_rest(argument)
    if order_id is None:
        return await ship_many(visit, ShipMany())
    return await ship_one(visit, order_id, tracking or None)


@router.button(ShipMany, for_="owner", needs=Permission.ORDERS, asks=LINES)
async def ship_many(visit: Visit, _pressed: ShipMany) -> Reply:
    """Ask for the lines."""
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, LINES, "text", {}, now=visit.now())
    return views.ask_lines(visit.words)


async def once_more(visit: Visit, _dialog: Dialog) -> Reply:
    """The question again."""
    return views.ask_lines(visit.words)


@router.dialog(LINES, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more, takes="text")
async def lines_written(visit: Visit, _dialog: Dialog, said: Said) -> Reply:
    """The lines; written again below what they would do, they take the place of the first ones."""
    return await _look(visit, said.text)


@router.button(ShipThem, for_="owner", needs=Permission.ORDERS, asks=LINES, within=LINES)
async def ship_them(visit: Visit, pressed: ShipThem) -> Reply:
    """Send each that can be sent: the question stays until all were tried, so that a tap that comes again goes on."""
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
    if dialog is None or dialog.kind != LINES or dialog.data.get("yes") != pressed.pack():
        return Toast(asking.look_again(visit.words))
    lines = shipping.read_lines(str(dialog.data["lines"]))
    async with visit.db.read() as session:
        planned = await shipping.plan(session, visit.seller, lines, carriers=visit.policy.carriers)
    told = [await _ship(visit, one) for one in planned]
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, LINES)
    return views.shipped(visit.words, told)


async def _look(visit: Visit, text: str) -> Reply:
    lines = shipping.read_lines(text)
    taken = lines[: shipping.MOST]
    async with visit.db.begin() as session:
        planned = await shipping.plan(session, visit.seller, taken, carriers=visit.policy.carriers)
        if any(one.why is None for one in planned):
            kept = "\n".join(line.written for line in taken)
            await sure.ask(session, visit, ShipThem(), "", kind=LINES, lines=kept)
        else:
            await dialogs.start(session, visit.user, LINES, "text", {}, now=visit.now())
    return views.plan(visit.words, planned, left=len(lines) - len(taken))


async def _ship(visit: Visit, planned: Planned) -> Planned:
    """In a transaction of its own: what is refused now holds nobody else up."""
    order = planned.order
    if order is not None and isinstance(planned.why, WrongStatus) and shipping.is_sent_so(order, planned.tracked):
        return Planned(planned.line, order)  # by this very tap, before it came again
    if order is None or planned.why is not None:
        return planned
    try:
        async with visit.db.begin() as session:
            await orders.ship(
                session,
                visit.seller,
                order.id,
                planned.line.tracking or None,
                carriers=visit.policy.carriers,
                now=visit.now(),
            )
    except Refusal as refusal:
        return Planned(planned.line, order, refusal)
    return planned
