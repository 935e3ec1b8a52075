"""The form for a delivery address: country, name, street, town, way of sending; then the payment goes on."""

from itertools import takewhile
from typing import Any

from bot.buttons.checkout import AddressBack, ChooseCountry, ChooseShipping, LeaveAddress, SameAddress
from bot.countries import country_of
from bot.handlers.order_card import draw, show, ways_to_pay
from bot.refusals import say
from bot.reply import Reply
from bot.router import WAITS, Router
from bot.said import Said
from bot.views import checkout_address as views
from bot.views.checkout_paying import choose_method
from bot.visit import Visit
from bot.words import languages
from db.models import Dialog, Order, OrderStatus
from shop import dialogs, orders
from shop.order_news import BY_HAND
from shop.payments.delivery import options_for, send_to
from shop.payments.requests import countries
from shop.payments.rows import lock_order
from shop.refusals import NotDeliverable, NotFound, WrongStatus

ADDRESS = "address"
STEPS = COUNTRY, NAME, STREET, TOWN, WAY = "country", "name", "street", "town", "way"
LONGEST = 200  # characters of one answer

router = Router()


async def ask_address(visit: Visit, order: Order, method: str) -> Reply:
    """Begin the form, or go on with it."""
    data, step = _nothing_said(visit, order.id, method), _first(visit)
    async with visit.db.begin() as session:
        begun = await dialogs.take_up(session, visit.user, ADDRESS, now=visit.now())
        if begun is not None and begun.data.get("order_id") == order.id:
            data, step = {**begun.data, "method": method}, begun.step
        await dialogs.start(session, visit.user, ADDRESS, step, data, now=visit.now())
    return await _ask(visit, step, data)


@router.button(SameAddress, within=ADDRESS)
async def same_address(visit: Visit, pressed: SameAddress) -> Reply:
    """Where the last order went."""
    dialog, known = await _form(visit, pressed.order_id), await _known(visit)
    if dialog is None or known is None:
        return await show(visit, pressed.order_id, card=True)
    return await _next(visit, {**dialog.data, "again": True}, WAY, **known)


@router.button(AddressBack, within=ADDRESS)
async def address_back(visit: Visit, pressed: AddressBack) -> Reply:
    """The question before; the first one, where the last order's address was taken instead of answers."""
    dialog = await _form(visit, pressed.order_id)
    if dialog is None:
        return await show(visit, pressed.order_id, card=True)
    data, first = dict(dialog.data), _first(visit)
    if data.pop("again", False):
        return await _next(visit, _nothing_said(visit, pressed.order_id, data["method"]), first)
    before = max(STEPS.index(dialog.step) - 1, STEPS.index(first))
    return await _next(visit, data, STEPS[before])


@router.button(ChooseCountry, within=ADDRESS)
async def choose_country(visit: Visit, pressed: ChooseCountry) -> Reply:
    """A country was tapped."""
    dialog = await _form(visit, pressed.order_id)
    if dialog is None:
        return await show(visit, pressed.order_id, card=True)
    return await _take_country(visit, dialog.data, pressed.country)


@router.button(ChooseShipping, within=ADDRESS)
async def choose_shipping(visit: Visit, pressed: ChooseShipping) -> Reply:
    """A way of sending was tapped: the form is done."""
    dialog, options = await _form(visit, pressed.order_id), visit.policy.shipping
    if dialog is None or dialog.step != WAY or not 0 <= pressed.option < len(options):
        return await show(visit, pressed.order_id, card=True)
    return await _finish(visit, dialog.data, options[pressed.option].id)


@router.button(LeaveAddress, within=ADDRESS)
async def leave_address(visit: Visit, pressed: LeaveAddress) -> Reply:
    """No address now: back to the ways to pay, or to the order where there is but one."""
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, ADDRESS)
        order = await orders.get_for_customer(session, visit.user, pressed.order_id)
    ways = ways_to_pay(visit, order)
    if len(ways) == 1 or order.status is not OrderStatus.PENDING:
        return draw(visit, order, card=True)
    return choose_method(visit.words, order, ways)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question at which it stands."""
    return await _ask(visit, dialog.step, dialog.data)


@router.dialog(ADDRESS, leaves=WAITS, again=once_more)
async def take_answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """One answer after another."""
    data, text = dict(dialog.data), said.text.strip()[:LONGEST]
    if dialog.step == WAY:
        return await _ask(visit, WAY, data)
    if dialog.step == COUNTRY:
        return await _take_country(visit, data, text)
    if dialog.step == NAME:
        return await _next(visit, data, STREET, name=text)
    if dialog.step == STREET:
        return await _next(visit, data, TOWN, street_line1=text)
    code, town = _code_and_town(text)
    if not town:
        return views.ask_town(visit.words, int(data["order_id"]), missing=True)
    return await _next(visit, data, WAY, post_code=code, city=town)


async def _take_country(visit: Visit, data: dict[str, Any], said: str) -> Reply:
    served, order_id = countries(visit.policy), int(data["order_id"])
    country = country_of(said, (visit.words.language, *languages()))
    if country is None:
        return views.no_country(visit.words, order_id, served, said)
    if visit.policy.shipping and not options_for(visit.policy, country):
        return views.not_there(visit.words, order_id, served, country)
    return await _next(visit, data, NAME, country_code=country)


async def _next(visit: Visit, data: dict[str, Any], step: str, **answers: str) -> Reply:
    data = {**data, "address": {**data["address"], **answers}}
    async with visit.db.begin() as session:
        await dialogs.update(session, visit.user, step=step, data=data, kind=ADDRESS, now=visit.now())
    return await _ask(visit, step, data)


async def _ask(visit: Visit, step: str, data: dict[str, Any]) -> Reply:
    words, order_id, first = visit.words, int(data["order_id"]), _first(visit)
    known = await _known(visit) if step == first else None
    if step == COUNTRY:
        return views.ask_country(words, order_id, countries(visit.policy), known)
    if step == NAME:
        return views.ask_name(words, order_id, known, first=step == first)
    if step == STREET:
        return views.ask_street(words, order_id)
    if step == TOWN:
        return views.ask_town(words, order_id)
    return await _ask_way(visit, data)


def _first(visit: Visit) -> str:
    """Where only one country is served there is nothing to ask about it."""
    return NAME if len(countries(visit.policy)) == 1 else COUNTRY


def _nothing_said(visit: Visit, order_id: int, method: str) -> dict[str, Any]:
    served = countries(visit.policy)
    address = {"country_code": served[0]} if len(served) == 1 else {}
    return {"order_id": order_id, "method": method, "address": address}


async def _ask_way(visit: Visit, data: dict[str, Any]) -> Reply:
    """Which way to send it; one that is the only one is taken."""
    country = data["address"]["country_code"]
    ways = [(place, way) for place, way in enumerate(visit.policy.shipping) if way.serves(country)]
    if len(ways) <= 1:
        return await _finish(visit, data, ways[0][1].id if ways else None)
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, int(data["order_id"]))
    return views.ask_option(visit.words, order, data["address"], ways)


async def _finish(visit: Visit, data: dict[str, Any], option_id: str | None) -> Reply:
    from bot.handlers.checkout_paying import confirm  # noqa: PLC0415  paying asks for the address, the address leads to paying

    address = {"state": "", "street_line2": "", **data["address"]}
    order_id = int(data["order_id"])
    try:
        async with visit.db.begin() as session:
            order = await lock_order(session, order_id, with_items=True)
            if order is None or order.user_id != visit.user.id:
                raise NotFound(order_id=order_id)
            _must_be_open(order)
            await send_to(session, order, option_id=option_id, address=address, policy=visit.policy, now=visit.now())
            await dialogs.finish(session, visit.user, ADDRESS)
    except WrongStatus as refusal:
        return await show(visit, order_id, card=True, toast=say(visit.words, refusal))
    except NotDeliverable:
        return views.not_there(visit.words, order_id, countries(visit.policy), address["country_code"])
    return await confirm(visit, order_id, str(data["method"]))


def _must_be_open(order: Order) -> None:
    """What was ordered by hand is on its seller's list, with its address."""
    if order.payment_method in BY_HAND and order.address is not None:
        raise WrongStatus(order_id=order.id, status=order.status, wanted=OrderStatus.PENDING)


async def _known(visit: Visit) -> dict[str, str] | None:
    """Where the last order went, if that is a whole address to which we still deliver."""
    async with visit.db.read() as session:
        known = await orders.last_address(session, visit.user)
    if known is None or not all(known.get(part) for part in ("country_code", "street_line1", "city")):
        return None
    return known if not visit.policy.shipping or options_for(visit.policy, known["country_code"]) else None


async def _form(visit: Visit, order_id: int) -> Dialog | None:
    """The form that asks for this order's address; None when it was left, and its keys are old."""
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
    if dialog is None or dialog.kind != ADDRESS or dialog.data.get("order_id") != order_id:
        return None
    return dialog


def _code_and_town(text: str) -> tuple[str, str]:
    """`10115 Berlin`, `SW1A 1AA London`, or a town alone: what begins with digits in it is the code."""
    parts = text.split()
    code = list(takewhile(lambda part: any(character.isdigit() for character in part), parts))
    return " ".join(code), " ".join(parts[len(code) :])
