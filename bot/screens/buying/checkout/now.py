"""Buying one product at once: everything on one screen, what has one answer not asked, and the cart left as it is."""

import secrets

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.buying.checkout import now_views, present, views
from bot.screens.buying.checkout.address_form import ADDRESS
from bot.screens.buying.checkout.buttons import BuyNow, PickAddress, PlaceNow
from bot.screens.buying.checkout.payable import CLOSED, must_be_offered, payable, with_credit
from bot.screens.buying.checkout.paying import pay
from bot.screens.buying.checkout.target import Target, in_turn, target, usable
from bot.screens.parts.opening_lines import opening_lines
from bot.sending.reply import Lead, Reply, Screen
from db.models import Address, Order, Product, ProductKind
from shop import credit, orders
from shop.checkout import CheckoutSummary, Terms, taxes_of
from shop.checkout.buying_now import Place, Wanted, place_now, summarise_now
from shop.checkout.weighing import TooHeavy, must_be_carried
from shop.payments.methods import CREDIT
from shop.people import addresses
from shop.ports import OrderFacts
from shop.refusals import AmountMismatch, Conflict, NotForSale, NotFound, OutOfStock, Refusal, TooMany, TooManyUnpaid
from shop.settings.opening import standing

MOST_SHOWN = 8  # unpaid orders as keys
STAMPS = 36**9  # so many different ones: nine letters of a key

router = Router()


@router.button(BuyNow)
async def buy_now(visit: Visit, pressed: BuyNow) -> Reply:
    """Everything about an order of this alone."""
    if pressed.credit is not None:
        async with visit.db.begin() as session:
            product = await session.get(Product, pressed.product_id)
            if product is not None:
                await credit.use(session, visit.user.id, product.owner_id, on=pressed.credit)
        pressed = replace(pressed, credit=None)
    return await _shown(visit, pressed)


@router.button(PickAddress)
async def pick_address(visit: Visit, pressed: PickAddress) -> Reply:
    """Which of their addresses it goes to."""
    async with visit.db.read() as session:
        known = usable(visit.policy, await addresses.list_addresses(session, visit.user.id))
        message = await present.message_of(visit, session, product_id=pressed.product_id)
    known = in_turn(known, present=message is not None)
    return now_views.pick(visit.words, pressed, known)


@router.button(PlaceNow, asks=ADDRESS)
async def order_now(visit: Visit, pressed: PlaceNow) -> Reply:
    """Order it, once however often it is tapped, and go on to pay; what changed meanwhile is shown first."""
    again = BuyNow(
        pressed.product_id, pressed.quantity, pressed.stamp, pressed.way, elsewhere=pressed.to is None, to=pressed.to
    )
    try:
        async with visit.db.begin() as session:
            order = await _place(visit, session, pressed)
    except _PresentChanged:
        return await _shown(visit, replace(again, elsewhere=True, to=None))
    except TooManyUnpaid as refusal:
        async with visit.db.read() as session:
            unpaid = await orders.list_unpaid(session, visit.user, limit=MOST_SHOWN)
        return views.too_many_unpaid(visit.words, say(visit.words, refusal), unpaid)
    except Conflict as refusal:
        return await _shown(visit, again, refusal)
    said_yes = pressed.total if order.address is not None and order.kind is ProductKind.PHYSICAL else None
    return await pay(visit, order.id, pressed.method, total=said_yes)


class _PresentChanged(Exception):  # noqa: N818  never leaves this module
    """What was tapped showed a present and it is none any more, or the other way round."""


async def _place(visit: Visit, session: AsyncSession, pressed: PlaceNow) -> Order:
    provider = visit.providers.get(pressed.method)
    by_hand = provider is not None and provider.by_hand
    message = await present.message_of(visit, session, product_id=pressed.product_id)
    place = None
    if pressed.to is not None:
        found = target(visit.policy, await _address(visit, session, pressed.to), 0, free=False, way=pressed.way)
        if found is None:
            raise AmountMismatch
        option = None if found.place is None else visit.policy.shipping[found.place].id
        place = Place(found.address.place, option)
    order = await place_now(
        session,
        visit.user,
        Wanted(pressed.product_id, pressed.quantity, pressed.stamp),
        total=pressed.total,
        place=place,
        terms=Terms(
            # by hand nothing is ordered before the address is known
            payment_method=None if by_hand or pressed.method == CREDIT else pressed.method,
            note=None,
            policy=visit.policy,
            hold=visit.policy.order_hold if provider is None or by_hand else provider.hold,
            now=visit.now(),
            present=message,
            credit=pressed.credit,
        ),
    )
    if pressed.present != (order.present is not None):
        raise _PresentChanged
    if message is not None:
        await present.placed(visit, session)
    must_be_offered(visit, order, pressed.method)
    return order


async def _shown(visit: Visit, pressed: BuyNow, refusal: Refusal | None = None) -> Reply:
    """The summary as it is now; the product's page where there is none to be had."""
    try:
        async with visit.db.read() as session:
            screen = await _summary(visit, session, pressed)
    except (NotForSale, NotFound, OutOfStock, TooMany, TooHeavy) as gone:
        return Lead(OpenProduct(pressed.product_id), toast=say(visit.words, gone))
    return screen if refusal is None else replace(screen, toast=say(visit.words, refusal))


async def _summary(visit: Visit, session: AsyncSession, pressed: BuyNow) -> Screen:
    if pressed.quantity > visit.policy.max_quantity:
        raise TooMany(limit=visit.policy.max_quantity)
    stamp = pressed.stamp or secrets.randbelow(STAMPS) + 1
    pressed = replace(pressed, quantity=max(pressed.quantity, 1), stamp=stamp)
    wanted = Wanted(pressed.product_id, pressed.quantity, stamp)
    order = await summarise_now(session, visit.user, wanted, now=visit.now())
    address, message = None, None
    if order.kind is ProductKind.PHYSICAL:
        message = await present.message_of(visit, session, product_id=pressed.product_id)
    to_whom = message is None or pressed.to is not None  # a present does not go to themselves by itself
    if order.kind is ProductKind.PHYSICAL and not pressed.elsewhere and to_whom:
        address = await _address(visit, session, pressed.to)
    stands = standing(visit.policy, visit.now())
    must_be_carried(visit.policy, order.kind, order.weight)
    free = order.saving.free_shipping
    there = target(visit.policy, address, order.goods_total, free=free, way=pressed.way, weight=order.weight)
    country = "" if there is None else str(there.address.place["country_code"])
    sending = 0 if there is None else there.price
    order = replace(order, taxes=taxes_of(order, visit.policy, country=country, shipping=sending))
    order = await with_credit(visit, session, order, sending=sending)
    return now_views.summary(
        visit.words,
        order,
        pressed,
        CLOSED if stands.closed else payable(visit, _facts(visit, order, there)),
        there,
        visit.policy.shipping,
        opening=opening_lines(visit.words, stands),
        most=visit.policy.max_quantity,
        present=message,
        presents=order.kind is ProductKind.PHYSICAL and visit.policy.is_sending,
    )


async def _address(visit: Visit, session: AsyncSession, address_id: int | None) -> Address | None:
    """One of theirs that will do; the usual one, if none is named."""
    known = usable(visit.policy, await addresses.list_addresses(session, visit.user.id))
    if address_id is None:
        return next(iter(addresses.own(known)), None)
    return next((one for one in known if one.id == address_id), None)


def _facts(visit: Visit, order: CheckoutSummary, there: Target | None) -> OrderFacts:
    """What it comes to, with the way of sending and the tax where it is known where it goes."""
    grows = there is None and order.kind is ProductKind.PHYSICAL
    grows = grows and (bool(visit.policy.shipping) or not order.taxes.included)
    total = order.goods_total + (there.price if there is not None else 0) + (0 if grows else order.taxes.added)
    total -= order.credit
    return OrderFacts(kind=order.kind, currency=order.currency, total=total, grows=grows, credit=order.credit)
