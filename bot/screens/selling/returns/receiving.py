"""The goods are here: which of them go to the shelf, and what of the money goes back."""

from collections.abc import Mapping

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import sure
from bot.screens.selling.returns import money_views
from bot.screens.selling.returns.buttons import (
    CloseReturn,
    GiveBack,
    GoodsBack,
    OpenSalesReturn,
    OtherAmount,
    SetShelf,
    TakeBack,
)
from bot.screens.selling.returns.handlers import read, show
from bot.sending.reply import Lead, Reply
from db.amounts import parse_amount
from db.models import Dialog, Permission, Return
from shop import returns
from shop.forms import dialogs
from shop.orders import standing
from shop.refusals import CannotRead, Refusal
from shop.returns import paying
from shop.returns.rule import AGREED, RECEIVED

SHELF, AMOUNT, WHY = "return_shelf", "return_amount", "return_close"

router = Router()


@router.button(GoodsBack, for_="owner", needs=Permission.ORDERS, asks=SHELF, within=SHELF)
async def goods_back(visit: Visit, pressed: GoodsBack) -> Reply:
    """Ask what goes to the shelf."""
    row = await read(visit, pressed.return_id)
    if row.status is not AGREED:
        return Lead(OpenSalesReturn(row.id))
    return await _shelf(visit, row, {})


@router.button(SetShelf, for_="owner", needs=Permission.ORDERS, asks=SHELF, within=SHELF)
async def set_shelf(visit: Visit, pressed: SetShelf) -> Reply:
    """So many of one line."""
    row = await read(visit, pressed.return_id)
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
    picked = _picked(dialog, row)
    line = next((one for one in row.lines if one.id == pressed.line_id), None)
    if row.status is not AGREED or line is None:
        return Lead(OpenSalesReturn(row.id))
    return await _shelf(visit, row, {**picked, line.id: max(0, min(pressed.units, line.quantity))})


@router.button(TakeBack, for_="owner", needs=Permission.ORDERS, within=SHELF)
async def take_back(visit: Visit, pressed: TakeBack) -> Reply:
    """The goods are here, and this is what goes to the shelf."""
    async with visit.db.begin() as session:
        row = await returns.get_for_owner(session, visit.seller, pressed.return_id)
        picked = _picked(await dialogs.current(session, visit.user), row)
        if pressed.everything is not None:
            picked = {line.id: line.quantity if pressed.everything else 0 for line in row.lines}
        row = await returns.receive(session, visit.seller, row.id, picked, policy=visit.policy, now=visit.now())
        await dialogs.finish(session, visit.user, SHELF)
    return await show(visit, row.id)


async def no_more(_visit: Visit, _dialog: Dialog) -> Reply | None:
    """It is not asked again by itself: the person is shown what they went to."""
    return None


@router.dialog(SHELF, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=no_more, takes="anything")
async def written_instead(_visit: Visit, _dialog: Dialog, _said: Said) -> Reply | None:
    """It is answered by keys alone."""
    return None


@router.button(GiveBack, for_="owner", needs=Permission.MONEY, asks=sure.SURE, within=sure.SURE)
async def give_back(visit: Visit, pressed: GiveBack) -> Reply:
    """Asked once with the sum; the second tap gives it back."""
    row = await read(visit, pressed.return_id)
    if row.status is not RECEIVED:
        return Lead(OpenSalesReturn(row.id))
    yes = GiveBack(row.id, pressed.amount, sure=True)
    seen = f"{row.status}:{standing.as_seen(row.order)}"
    if not pressed.sure or await sure.agreed(visit, yes, seen) is None:
        async with visit.db.begin() as session:
            worth = await paying.weigh(session, row, visit.providers)
            await sure.ask(session, visit, yes, seen)
        return money_views.sure_to_give(visit.words, row, worth, yes, again=pressed.sure)
    try:
        paid = await paying.give_back(
            visit.db,
            visit.providers,
            visit.seller,
            row.id,
            amount=pressed.amount,
            clock=visit.clock,
            policy=visit.policy,
        )
    except Refusal as refused:
        return await show(visit, row.id, toast=say(visit.words, refused))
    return money_views.given(visit.words, paid)


@router.button(OtherAmount, for_="owner", needs=Permission.MONEY, asks=AMOUNT)
async def other_amount(visit: Visit, pressed: OtherAmount) -> Reply:
    """Ask how much."""
    row = await read(visit, pressed.return_id)
    if row.status is not RECEIVED:
        return Lead(OpenSalesReturn(row.id))
    async with visit.db.begin() as session:
        worth = await paying.weigh(session, row, visit.providers)
        await dialogs.start(session, visit.user, AMOUNT, "text", {"return_id": row.id}, now=visit.now())
    return money_views.ask_amount(visit.words, row, worth)


async def amount_again(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await other_amount(visit, OtherAmount(int(dialog.data["return_id"])))


@router.dialog(AMOUNT, for_="owner", needs=Permission.MONEY, leaves=CLOSES, again=amount_again)
async def amount_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """How much; it is asked about before it goes."""
    row = await read(visit, int(dialog.data["return_id"]))
    try:
        amount = parse_amount(said.text, row.order.currency)
    except ValueError:
        raise CannotRead(field="amount", given=said.text, hint="refund_amount") from None
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, AMOUNT)
    return await give_back(visit, GiveBack(row.id, amount))


@router.button(CloseReturn, for_="owner", needs=Permission.MONEY, asks=WHY)
async def close_return(visit: Visit, pressed: CloseReturn) -> Reply:
    """End it without money: the customer reads why."""
    row = await read(visit, pressed.return_id)
    if row.status is not RECEIVED:
        return Lead(OpenSalesReturn(row.id))
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, WHY, "text", {"return_id": row.id}, now=visit.now())
    return money_views.ask_why(visit.words, row)


async def why_again(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await close_return(visit, CloseReturn(int(dialog.data["return_id"])))


@router.dialog(WHY, for_="owner", needs=Permission.MONEY, leaves=CLOSES, again=why_again)
async def why_written(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Why no money goes back."""
    async with visit.db.begin() as session:
        return_id = int(dialog.data["return_id"])
        await paying.close(session, visit.seller, return_id, said.text, policy=visit.policy, now=visit.now())
        await dialogs.finish(session, visit.user, WHY)
    return await show(visit, return_id)


async def _shelf(visit: Visit, row: Return, picked: Mapping[int, int]) -> Reply:
    kept = {str(line): units for line, units in picked.items()}
    async with visit.db.begin() as session:
        data = {"return_id": row.id, "lines": kept}
        await dialogs.start(session, visit.user, SHELF, "lines", data, now=visit.now())
    return money_views.shelf(visit.words, row, picked)


def _picked(dialog: Dialog | None, row: Return) -> dict[int, int]:
    if dialog is None or dialog.kind != SHELF or dialog.data.get("return_id") != row.id:
        return {}
    return {int(line): int(units) for line, units in dialog.data["lines"].items()}
