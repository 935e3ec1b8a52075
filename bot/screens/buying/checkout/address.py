"""The form for a delivery address: country, name, street, town, way of sending; then the payment goes on."""

from typing import Any

from bot.routing.refusals import say
from bot.routing.router import WAITS, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.addresses.buttons import BOOK, ListAddresses, WriteAddress
from bot.screens.buying.checkout import address_views as views
from bot.screens.buying.checkout.address_form import ADDRESS, form_of, gone, known_to
from bot.screens.buying.checkout.address_steps import (
    COUNTRY,
    KEEP,
    NAME,
    PHONE,
    STREET,
    TOWN,
    WAY,
    all_steps,
    answer_to,
    countries_offered,
    empty_form,
    first_step,
    is_present,
    is_served,
    or_collect,
    question,
    step_after,
)
from bot.screens.buying.checkout.buttons import (
    AddressBack,
    AddressKeep,
    ChooseCountry,
    CollectGoods,
    LeaveAddress,
    MoreAddresses,
    SameAddress,
)
from bot.screens.buying.checkout.confirming import confirm, must_be_open
from bot.screens.buying.checkout.paying_views import choose_method
from bot.screens.buying.checkout.present_buttons import KeepReceiver
from bot.screens.parts.order_card import draw, show, ways_to_pay
from bot.sending.reply import Lead, Reply, Screen
from bot.words import languages
from bot.words.countries import country_of, guesses
from db.models import Dialog, Order, OrderStatus
from shop import orders
from shop.forms import dialogs
from shop.forms.addresses import read_line, read_phone, read_place
from shop.forms.writing import one_line
from shop.payments.delivery import TooHeavy, priced, send_to, sent_to
from shop.payments.rows import lock_order
from shop.people import addresses
from shop.refusals import NotDeliverable, NotFound, WrongStatus

router = Router()


async def ask_address(visit: Visit, order: Order, method: str, *, last: bool = False) -> Reply:
    """Begin the form, or go on with it; one that was filled in is gone through again, from its `last` question."""
    present = order.present is not None
    data, step = empty_form(visit, order.id, method, present=present), first_step(visit)
    if order.address is not None and order.address.get("country_code"):  # who collects gave none
        data["address"] |= order.address
        step = all_steps(visit, present=present)[-2] if last else step
    async with visit.db.begin() as session:
        begun = await dialogs.take_up(session, visit.user, ADDRESS, now=visit.now())
        if begun is not None and begun.data.get("order_id") == order.id:
            data, step = {**begun.data, "method": method}, begun.step
        await dialogs.start(session, visit.user, ADDRESS, step, data, now=visit.now())
    return await _ask(visit, step, data)


@router.button(WriteAddress, asks=ADDRESS)
async def write_address(visit: Visit, pressed: WriteAddress) -> Reply:
    """Begin the form without an order: for a new address, or with what one of theirs says."""
    data = {**empty_form(visit, BOOK, ""), "instead_of": pressed.address_id}
    async with visit.db.begin() as session:
        if pressed.address_id is not None:
            data["address"] |= (await addresses.get_address(session, visit.user.id, pressed.address_id)).place
        await dialogs.start(session, visit.user, ADDRESS, first_step(visit), data, now=visit.now())
    return await _ask(visit, first_step(visit), data)


@router.button(SameAddress, within=ADDRESS)
async def same_address(visit: Visit, pressed: SameAddress) -> Reply:
    """One of theirs; the usual one, if none is named."""
    dialog = await form_of(visit, pressed.order_id)
    known = await known_to(visit) if dialog is not None else []
    chosen = [one for one in known if pressed.address_id in {None, one.id}]
    if dialog is None or not chosen:
        return await gone(visit, pressed.order_id)
    place = {part: str(said) for part, said in chosen[0].place.items()}
    step = PHONE if visit.policy.ask_phone and not place.get("phone_number") else WAY
    data = {**dialog.data, "again": step == WAY, "option": chosen[0].shipping_option, "keep": chosen[0].label}
    return await _next(visit, data, step, **place)


@router.button(MoreAddresses, within=ADDRESS)
async def more_addresses(visit: Visit, pressed: MoreAddresses) -> Reply:
    """A page of all of theirs."""
    dialog = await form_of(visit, pressed.order_id)
    if dialog is None:
        return await gone(visit, pressed.order_id)
    known = await known_to(visit, present=is_present(dialog.data))
    return views.pick(visit.words, pressed.order_id, known, pressed.page)


@router.button(AddressBack, within=ADDRESS)
async def address_back(visit: Visit, pressed: AddressBack) -> Reply:
    """The question before; the first one, where the last order's address was taken instead of answers."""
    dialog = await form_of(visit, pressed.order_id)
    if dialog is None:
        return await gone(visit, pressed.order_id)
    data, first, present = dict(dialog.data), first_step(visit), is_present(dialog.data)
    if data.pop("again", False):
        return await _next(visit, empty_form(visit, pressed.order_id, data["method"], present=present), first)
    steps = all_steps(visit, present=present)
    before = max(steps.index(dialog.step) - 1 if dialog.step in steps else 0, steps.index(first))
    return await _next(visit, data, steps[before])


@router.button(AddressKeep, within=ADDRESS)
async def address_keep(visit: Visit, pressed: AddressKeep) -> Reply:
    """The answer given before stands."""
    dialog = await form_of(visit, pressed.order_id)
    if dialog is None:
        return await gone(visit, pressed.order_id)
    if dialog.step != pressed.step or not answer_to(visit, dialog.step, dialog.data):
        return await _ask(visit, dialog.step, dialog.data)
    if dialog.step == COUNTRY:  # the shop may have stopped to deliver there
        return await _take_country(visit, dialog.data, dialog.data["address"]["country_code"])
    return await _next(visit, dialog.data, step_after(visit, dialog.step, present=is_present(dialog.data)))


@router.button(KeepReceiver, within=ADDRESS)
async def keep_receiver(visit: Visit, pressed: KeepReceiver) -> Reply:
    """The address of who receives a present is kept under their name, or not."""
    dialog = await form_of(visit, pressed.order_id)
    if dialog is None:
        return await gone(visit, pressed.order_id)
    if dialog.step != KEEP:
        return await _ask(visit, dialog.step, dialog.data)
    name = str(dialog.data["address"].get("name", ""))[: views.LABEL].strip()
    return await _next(visit, {**dialog.data, "keep": "" if pressed.no else name}, WAY)


@router.button(ChooseCountry, within=ADDRESS)
async def choose_country(visit: Visit, pressed: ChooseCountry) -> Reply:
    """A country was tapped."""
    dialog = await form_of(visit, pressed.order_id)
    if dialog is None:
        return await gone(visit, pressed.order_id)
    return await _take_country(visit, dialog.data, pressed.country)


@router.button(CollectGoods, within=ADDRESS)
async def collect_goods(visit: Visit, pressed: CollectGoods) -> Reply:
    """No address: the goods are collected, under the name by which we know the person."""
    dialog = await form_of(visit, pressed.order_id)
    way = dict(visit.policy.pickups).get(pressed.place)
    if dialog is None or way is None or is_present(dialog.data):
        return await show(visit, pressed.order_id, card=True)
    return await _finish(visit, {**dialog.data, "address": {"name": visit.user.name}}, way.id)


@router.button(LeaveAddress, within=ADDRESS)
async def leave_address(visit: Visit, pressed: LeaveAddress) -> Reply:
    """No address now: back to the ways to pay, or to the order where there is but one."""
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, ADDRESS)
        if pressed.order_id == BOOK:
            return Lead(ListAddresses())
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
    data, text = dict(dialog.data), one_line(said.text)
    if dialog.step == WAY:
        return await _ask(visit, WAY, data)
    if dialog.step == COUNTRY:
        return await _take_country(visit, data, text)
    if dialog.step == NAME:
        return await _next(visit, data, STREET, name=read_line(text, NAME))
    if dialog.step == STREET:
        return await _next(visit, data, TOWN, street_line1=read_line(text, STREET))
    present = is_present(data)
    if dialog.step == PHONE:
        return await _next(visit, data, step_after(visit, PHONE, present=present), phone_number=read_phone(text))
    if dialog.step == KEEP:
        return await _next(visit, {**data, "keep": text[: views.LABEL].strip()}, WAY)
    place = read_place(text, data["address"]["country_code"])
    after = step_after(visit, TOWN, present=present)
    return await _next(visit, data, after, post_code=place.post_code, city=place.city)


async def _take_country(visit: Visit, data: dict[str, Any], said: str) -> Reply:
    order_id, spoken = int(data["order_id"]), (visit.words.language, *languages())
    if not visit.policy.is_sending:
        return await _ask(visit, COUNTRY, data)
    country = country_of(said, spoken)
    if country is not None and is_served(visit, country):
        if country != data["address"].get("country_code"):  # a postal code is written as its country writes it
            kept = {part: said for part, said in data["address"].items() if part not in {"post_code", "city"}}
            data = {**data, "address": kept}
        return await _next(visit, data, NAME, country_code=country)
    known = await known_to(visit, present=is_present(data)) if order_id != BOOK else []
    offered_keys = countries_offered(visit, known)
    if country is not None:
        return or_collect(visit, views.not_there(visit.words, order_id, offered_keys, country, known), data)
    meant = tuple(code for code in guesses(said, spoken) if is_served(visit, code))
    return or_collect(visit, views.no_country(visit.words, order_id, offered_keys, said, meant, known), data)


async def _next(visit: Visit, data: dict[str, Any], step: str, **answers: str) -> Reply:
    data = {**data, "address": {**data["address"], **answers}}
    async with visit.db.begin() as session:
        await dialogs.update(session, visit.user, step=step, data=data, kind=ADDRESS, now=visit.now())
    return await _ask(visit, step, data)


async def _ask(visit: Visit, step: str, data: dict[str, Any]) -> Reply:
    asked = await _question(visit, step, data)
    if isinstance(asked, Screen) and (typed := answer_to(visit, step, data)):
        return views.typed_before(visit.words, asked, int(data["order_id"]), step, typed)
    return asked


async def _question(visit: Visit, step: str, data: dict[str, Any]) -> Reply:
    if step == WAY:
        return await _ask_way(visit, data)
    at_first = step == first_step(visit) and int(data["order_id"]) != BOOK
    return question(visit, step, data, await known_to(visit, present=is_present(data)) if at_first else [])


async def _ask_way(visit: Visit, data: dict[str, Any]) -> Reply:
    """Which way to send it is not asked: it is the one of before, or the cheapest; the last look has keys for it."""
    if int(data["order_id"]) == BOOK:
        return await _write_down(visit, data)
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, int(data["order_id"]))
    served = priced(order, sent_to(visit.policy, data["address"]["country_code"], order.weight))
    usual = [way for way in served if way.id == (order.shipping_option or data.get("option"))]
    way = min(usual or served, key=lambda way: (way.agreed, way.price), default=None)
    return await _finish(visit, data, way.id if way is not None else None)


async def _write_down(visit: Visit, data: dict[str, Any]) -> Reply:
    """Into their addresses, for later."""
    place = {part: one_line(str(said)) for part, said in data["address"].items()}
    async with visit.db.begin() as session:
        await addresses.remember(session, visit.user.id, place, instead_of=data.get("instead_of"), now=visit.now())
        await dialogs.finish(session, visit.user, ADDRESS)
    return Lead(ListAddresses())


async def _finish(visit: Visit, data: dict[str, Any], option_id: str | None) -> Reply:
    address = {"state": "", "street_line2": "", **data["address"]}
    order_id = int(data["order_id"])
    try:
        async with visit.db.begin() as session:
            order = await lock_order(session, order_id, with_items=True)
            if order is None or order.user_id != visit.user.id:
                raise NotFound(order_id=order_id)
            must_be_open(order)
            await send_to(session, order, option_id=option_id, address=address, policy=visit.policy, now=visit.now())
            if order.present is not None and (label := data.get("keep")):
                await addresses.remember(
                    session, visit.user.id, address, option_id=option_id, label=label, now=visit.now()
                )
            await dialogs.finish(session, visit.user, ADDRESS)
    except (WrongStatus, TooHeavy) as refusal:
        return await show(visit, order_id, card=True, toast=say(visit.words, refusal))
    except NotDeliverable:
        return views.not_there(visit.words, order_id, countries_offered(visit, []), address.get("country_code", ""), [])
    return await confirm(visit, order_id, str(data["method"]), typed=not data.get("again"))
