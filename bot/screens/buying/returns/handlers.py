"""A customer sends goods of an order back: what, why, photos of it; and what became of it."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.returns import form_views, views
from bot.screens.buying.returns.buttons import (
    AskReturn,
    ChooseReason,
    ListReturns,
    OpenReturn,
    PickPieces,
    ReturnPhotoShown,
    SendReturn,
    SetPieces,
    SetReason,
    WithdrawReturn,
)
from bot.screens.parts.return_form import FORM
from bot.sending.reply import Lead, Reply, Screen, Silence
from db.models import Dialog, Notification, Order, ReturnReason
from shop import orders, returns
from shop.forms import dialogs
from shop.returns import reading, rule
from shop.returns.refusals import CannotReturn

LINES, REASON, WORDS = "lines", "reason", "words"

router = Router()


@router.button(AskReturn, asks=FORM, within=FORM)
async def ask_return(visit: Visit, pressed: AskReturn) -> Reply:
    """Which pieces; of an order of one piece there is no question."""
    async with visit.db.begin() as session:
        order, data = await _form(session, visit, pressed.order_id)
        open_lines = [item for item in order.items if rule.left(item)]
        if len(open_lines) == 1 and rule.left(open_lines[0]) == 1:
            data["lines"] = {str(open_lines[0].id): 1}
            return await _step(session, visit, order, REASON, data)
        return await _step(session, visit, order, LINES, data, page=pressed.page)


@router.button(PickPieces, asks=FORM, within=FORM)
async def pick_pieces(visit: Visit, pressed: PickPieces) -> Reply:
    """How many of a line; one piece is picked or not."""
    async with visit.db.begin() as session:
        order, data = await _form(session, visit, pressed.order_id)
        item = next((one for one in order.items if one.id == pressed.item_id and rule.left(one)), None)
        if item is None:
            return await _step(session, visit, order, LINES, data)
        if rule.left(item) == 1:
            picked = data["lines"]
            data["lines"] = {**picked, str(item.id): 0 if picked.get(str(item.id)) else 1}
            return await _step(session, visit, order, LINES, data)
        await _keep(session, visit, LINES, data)
    return form_views.counts(visit.words, order, item)


@router.button(SetPieces, asks=FORM, within=FORM)
async def set_pieces(visit: Visit, pressed: SetPieces) -> Reply:
    """So many."""
    async with visit.db.begin() as session:
        order, data = await _form(session, visit, pressed.order_id)
        item = next((one for one in order.items if one.id == pressed.item_id), None)
        if item is not None and 0 <= pressed.units <= rule.left(item):
            data["lines"] = {**data["lines"], str(item.id): pressed.units}
        return await _step(session, visit, order, LINES, data)


@router.button(ChooseReason, asks=FORM, within=FORM)
async def choose_reason(visit: Visit, pressed: ChooseReason) -> Reply:
    """Why."""
    async with visit.db.begin() as session:
        order, data = await _form(session, visit, pressed.order_id)
        if not any(data["lines"].values()):
            raise CannotReturn(order_id=order.id, why="nothing")
        return await _step(session, visit, order, REASON, data)


@router.button(SetReason, asks=FORM, within=FORM)
async def set_reason(visit: Visit, pressed: SetReason) -> Reply:
    """The reason; words and photos may follow."""
    async with visit.db.begin() as session:
        order, data = await _form(session, visit, pressed.order_id)
        if not any(data["lines"].values()):
            return await _step(session, visit, order, LINES, data)
        return await _step(session, visit, order, WORDS, {**data, "reason": pressed.reason.value})


async def once_more(visit: Visit, dialog: Dialog) -> Reply | None:
    """The form where it stands."""
    async with visit.db.begin() as session:
        order, data = await _form(session, visit, int(dialog.data["order_id"]))
        return await _step(session, visit, order, dialog.step, data)


@router.dialog(FORM, leaves=CLOSES, again=once_more, takes="anything")
async def said_more(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The customer's own words and photos, once they said why."""
    if dialog.step != WORDS or not (said.text or said.photo_file_id):
        return None
    data = dict(dialog.data)
    first = said.album is None or said.album != data.get("album")
    if said.text:
        data["words"] = f"{data.get('words', '')}\n{said.text}".strip()[: rule.WORDS]
    if said.photo_file_id is not None:
        data["photos"] = [*data.get("photos", []), [said.photo_file_id, visit.bot_id]][: rule.PHOTOS]
        data["album"] = said.album
    async with visit.db.begin() as session:
        order, _ = await _form(session, visit, int(data["order_id"]))
        screen = await _step(session, visit, order, WORDS, data)
    return screen if first else Silence()


@router.button(SendReturn, asks=FORM, within=FORM)
async def send_return(visit: Visit, pressed: SendReturn) -> Reply:
    """Ask the seller, once."""
    async with visit.db.begin() as session:
        dialog = await dialogs.current(session, visit.user)
        if dialog is None or dialog.kind != FORM or dialog.step != WORDS:
            return Lead(ListReturns(pressed.order_id))  # the tap came again
        data = dialog.data
        await dialogs.finish(session, visit.user, FORM)
        row = await returns.ask_back(
            session,
            visit.user,
            int(data["order_id"]),
            {int(item): int(units) for item, units in data["lines"].items()},
            reason=ReturnReason(data["reason"]),
            words=str(data.get("words", "")),
            photos=[(str(one), int(bot)) for one, bot in data.get("photos", [])],
            policy=visit.policy,
            now=visit.now(),
        )
    toast = visit.words.plain("The seller is asked. The answer comes here.")
    return views.page(visit.words, row, visit.policy, toast=toast)


@router.button(ListReturns)
async def list_returns(visit: Visit, pressed: ListReturns) -> Reply:
    """Those of one order; the only one is opened."""
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
        found = await returns.of_own_order(session, visit.user, order.id)
    if len(found) == 1:
        return Lead(OpenReturn(found[0].id))
    return views.of_order(visit.words, order, found, more=rule.may_ask(order, visit.policy, visit.now()))


@router.button(OpenReturn)
async def open_return(visit: Visit, pressed: OpenReturn) -> Reply:
    """One return."""
    return await return_page(visit, pressed)


@router.page(OpenReturn)
async def return_page(visit: Visit, pressed: OpenReturn) -> Screen:
    """One return as it is now."""
    async with visit.db.read() as session:
        row = await returns.get_for_customer(session, visit.user, pressed.return_id)
    return views.page(visit.words, row, visit.policy)


@router.button(WithdrawReturn)
async def withdraw_return(visit: Visit, pressed: WithdrawReturn) -> Reply:
    """Keep it after all, after asking back."""
    async with visit.db.begin() as session:
        row = await returns.get_for_customer(session, visit.user, pressed.return_id)
        if pressed.sure:
            row = await returns.withdraw(session, visit.user, row.id, policy=visit.policy, now=visit.now())
        elif row.status in (rule.ASKED, rule.AGREED):
            return views.sure_to_withdraw(visit.words, row)
    return views.page(visit.words, row, visit.policy)


@router.button(ReturnPhotoShown)
async def show_photo(visit: Visit, pressed: ReturnPhotoShown) -> Reply:
    """A photo of it."""
    async with visit.db.read() as session:
        row = await returns.get_for_customer(session, visit.user, pressed.return_id)
    return views.photo(visit.words, row, pressed.place, visit.bot_id)


@router.notice("return_told")
async def return_told(visit: Visit, notification: Notification) -> Reply:
    """The seller took a step."""
    async with visit.db.read() as session:
        row = await reading.get(session, int(notification.data["return_id"]))
    return views.page(visit.words, row, visit.policy, news=True)


async def _form(session: AsyncSession, visit: Visit, order_id: int) -> tuple[Order, dict[str, Any]]:
    """The order, if something of it may be sent back, and what was said so far. Raises NotFound, CannotReturn."""
    order = await orders.get_for_customer(session, visit.user, order_id)
    rule.check_customer(order, visit.policy, visit.now())
    if not rule.may_ask(order, visit.policy, visit.now()):
        raise CannotReturn(order_id=order.id, why="left")
    dialog = await dialogs.current(session, visit.user)
    mine = dialog is not None and dialog.kind == FORM and dialog.data.get("order_id") == order.id
    return order, dict(dialog.data) if dialog is not None and mine else {"order_id": order.id, "lines": {}}


async def _keep(session: AsyncSession, visit: Visit, step: str, data: dict[str, Any]) -> None:
    await dialogs.start(session, visit.user, FORM, step, data, now=visit.now())


async def _step(
    session: AsyncSession, visit: Visit, order: Order, step: str, data: dict[str, Any], *, page: int = 0
) -> Screen:
    await _keep(session, visit, step, data)
    picked = {int(item): int(units) for item, units in data["lines"].items()}
    if step == LINES:
        return form_views.lines(visit.words, order, picked, rule.until(order, visit.policy), page)
    if step == REASON:
        return form_views.reasons(visit.words, order, picked)
    reason = ReturnReason(data.get("reason", ReturnReason.OTHER))
    return form_views.more(visit.words, order, picked, reason, str(data.get("words", "")))
