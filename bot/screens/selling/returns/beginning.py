"""A seller begins a return for the customer: for who wrote or called, after the period, or for downloads."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import return_form, ways
from bot.screens.selling.returns.buttons import (
    BeginItNow,
    BeginReturn,
    ListOrderReturns,
    PickForCustomer,
    SetForCustomer,
)
from bot.screens.selling.returns.handlers import show
from bot.sending.reply import Key, Lead, Reply, Screen
from bot.words import Words
from db.models import Dialog, Order, Permission
from shop import orders, returns
from shop.forms import dialogs
from shop.returns import rule
from shop.returns.refusals import CannotReturn

FORM = "return_begun"

router = Router()


@router.button(BeginReturn, for_="owner", needs=Permission.ORDERS, asks=FORM, within=FORM)
async def begin_return(visit: Visit, pressed: BeginReturn) -> Reply:
    """Which pieces."""
    async with visit.db.begin() as session:
        order, picked = await _form(session, visit, pressed.order_id)
        return await _pieces(session, visit, order, picked, page=pressed.page)


@router.button(PickForCustomer, for_="owner", needs=Permission.ORDERS, asks=FORM, within=FORM)
async def pick_for_customer(visit: Visit, pressed: PickForCustomer) -> Reply:
    """How many of a line; one piece is picked or not."""
    async with visit.db.begin() as session:
        order, picked = await _form(session, visit, pressed.order_id)
        item = next((one for one in order.items if one.id == pressed.item_id and rule.left(one)), None)
        if item is None:
            return await _pieces(session, visit, order, picked)
        if rule.left(item) == 1:
            return await _pieces(session, visit, order, {**picked, item.id: 0 if picked.get(item.id) else 1})
        await _keep(session, visit, order, picked)
    return return_form.counts(
        visit.words,
        item,
        order,
        set_to=lambda n: SetForCustomer(order.id, item.id, n),
        back=BeginReturn(order.id),
        own=True,
    )


@router.button(SetForCustomer, for_="owner", needs=Permission.ORDERS, asks=FORM, within=FORM)
async def set_for_customer(visit: Visit, pressed: SetForCustomer) -> Reply:
    """So many."""
    async with visit.db.begin() as session:
        order, picked = await _form(session, visit, pressed.order_id)
        item = next((one for one in order.items if one.id == pressed.item_id), None)
        if item is not None and 0 <= pressed.units <= rule.left(item):
            picked = {**picked, item.id: pressed.units}
        return await _pieces(session, visit, order, picked)


@router.button(BeginItNow, for_="owner", needs=Permission.ORDERS, asks=FORM, within=FORM)
async def begin_it_now(visit: Visit, pressed: BeginItNow) -> Reply:
    """Begin it, once."""
    async with visit.db.begin() as session:
        dialog = await dialogs.current(session, visit.user)
        if dialog is None or dialog.kind != FORM or dialog.data.get("order_id") != pressed.order_id:
            return Lead(ListOrderReturns(pressed.order_id))  # the tap came again
        picked = _picked(dialog)
        await dialogs.finish(session, visit.user, FORM)
        row = await returns.start(session, visit.seller, pressed.order_id, picked, policy=visit.policy, now=visit.now())
    return await show(visit, row.id, toast=visit.words.plain("Begun. The customer is told."))


async def once_more(visit: Visit, dialog: Dialog) -> Reply | None:
    """The form where it stands."""
    return await begin_return(visit, BeginReturn(int(dialog.data["order_id"])))


@router.dialog(FORM, for_="owner", needs=Permission.ORDERS, leaves=CLOSES, again=once_more, takes="anything")
async def written(_visit: Visit, _dialog: Dialog, _said: Said) -> Reply | None:
    """It is answered by keys alone."""
    return None


def _picked(dialog: Dialog) -> dict[int, int]:
    return {int(item): int(units) for item, units in dialog.data["lines"].items()}


async def _form(session: AsyncSession, visit: Visit, order_id: int) -> tuple[Order, dict[int, int]]:
    order = await orders.get_for_owner(session, visit.seller, order_id)
    rule.check_arrived(order)
    if not any(rule.left(item) for item in order.items):
        raise CannotReturn(order_id=order.id, why="left")
    dialog = await dialogs.current(session, visit.user)
    mine = dialog is not None and dialog.kind == FORM and dialog.data.get("order_id") == order.id
    return order, _picked(dialog) if dialog is not None and mine else {}


async def _keep(session: AsyncSession, visit: Visit, order: Order, picked: Mapping[int, int]) -> None:
    data: dict[str, Any] = {"order_id": order.id, "lines": {str(item): units for item, units in picked.items()}}
    await dialogs.start(session, visit.user, FORM, "lines", data, now=visit.now())


async def _pieces(
    session: AsyncSession, visit: Visit, order: Order, picked: Mapping[int, int], *, page: int = 0
) -> Screen:
    await _keep(session, visit, order, picked)
    return _screen(visit.words, order, picked, page)


def _screen(words: Words, order: Order, picked: Mapping[int, int], page: int) -> Screen:
    title = words("↩️ <b>Begin a return</b> · order {number} · {name}", number=order.id, name=order.user.name)
    title += words("\n\nWhat comes back? Tap it. The customer is told that you take it back.")
    yes = ((Key(words.plain("✅ Begin it"), BeginItNow(order.id), style="primary"),),) if any(picked.values()) else ()
    return return_form.pieces(
        words,
        order,
        picked,
        title,
        page=page,
        one=lambda item: PickForCustomer(order.id, item.id),
        turn=lambda at: BeginReturn(order.id, at),
        keys=(*yes, (ways.back(words, ListOrderReturns(order.id)),)),
        own=True,
    )
