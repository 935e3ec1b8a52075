"""Buying one product at once: everything on one screen, what has one answer not asked, and the cart left as it is."""

import secrets

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.refusals import say
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.buying.checkout import now_views, views
from bot.screens.buying.checkout.address import ADDRESS
from bot.screens.buying.checkout.buttons import BuyNow, PickAddress, PlaceNow
from bot.screens.buying.checkout.payable import CLOSED, payable
from bot.screens.buying.checkout.paying import pay
from bot.screens.buying.checkout.target import Target, target, usable
from bot.screens.parts.opening_lines import opening_lines
from bot.sending.reply import Lead, Reply, Screen
from db.models import Address, Order, ProductKind
from shop import orders
from shop.checkout import CheckoutSummary, Terms
from shop.checkout.buying_now import Place, Wanted, place_now, summarise_now
from shop.payments.methods import choose
from shop.payments.requests import facts as facts_of
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
    return await _shown(visit, pressed)


@router.button(PickAddress)
async def pick_address(visit: Visit, pressed: PickAddress) -> Reply:
    """Which of their addresses it goes to."""
    async with visit.db.read() as session:
        known = usable(visit.policy, await addresses.list_addresses(session, visit.user.id))
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
    except TooManyUnpaid as refusal:
        async with visit.db.read() as session:
            unpaid = await orders.list_unpaid(session, visit.user, limit=MOST_SHOWN)
        return views.too_many_unpaid(visit.words, say(visit.words, refusal), unpaid)
    except Conflict as refusal:
        return await _shown(visit, again, refusal)
    said_yes = pressed.total if order.address is not None and order.kind is ProductKind.PHYSICAL else None
    return await pay(visit, order.id, pressed.method, total=said_yes)


async def _place(visit: Visit, session: AsyncSession, pressed: PlaceNow) -> Order:
    provider = visit.providers.get(pressed.method)
    by_hand = provider is not None and provider.by_hand
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
            payment_method=None if by_hand else pressed.method,
            note=None,
            policy=visit.policy,
            hold=visit.policy.order_hold if provider is None or by_hand else provider.hold,
            now=visit.now(),
        ),
    )
    choose(visit.providers, facts_of(order), pressed.method, off=visit.policy.ways_off)
    return order


async def _shown(visit: Visit, pressed: BuyNow, refusal: Refusal | None = None) -> Reply:
    """The summary as it is now; the product's page where there is none to be had."""
    try:
        async with visit.db.read() as session:
            screen = await _summary(visit, session, pressed)
    except (NotForSale, NotFound, OutOfStock, TooMany) as gone:
        return Lead(OpenProduct(pressed.product_id), toast=say(visit.words, gone))
    return screen if refusal is None else replace(screen, toast=say(visit.words, refusal))


async def _summary(visit: Visit, session: AsyncSession, pressed: BuyNow) -> Screen:
    if pressed.quantity > visit.policy.max_quantity:
        raise TooMany(limit=visit.policy.max_quantity)
    stamp = pressed.stamp or secrets.randbelow(STAMPS) + 1
    pressed = replace(pressed, quantity=max(pressed.quantity, 1), stamp=stamp)
    wanted = Wanted(pressed.product_id, pressed.quantity, stamp)
    order = await summarise_now(session, visit.user, wanted, now=visit.now())
    address = None
    if order.kind is ProductKind.PHYSICAL and not pressed.elsewhere:
        address = await _address(visit, session, pressed.to)
    stands = standing(visit.policy, visit.now())
    there = target(visit.policy, address, order.goods_total, free=order.saving.free_shipping, way=pressed.way)
    return now_views.summary(
        visit.words,
        order,
        pressed,
        CLOSED if stands.closed else payable(visit, _facts(visit, order, there)),
        there,
        visit.policy.shipping,
        opening=opening_lines(visit.words, stands),
        most=visit.policy.max_quantity,
    )


async def _address(visit: Visit, session: AsyncSession, address_id: int | None) -> Address | None:
    """One of theirs that will do; the usual one, if none is named."""
    known = usable(visit.policy, await addresses.list_addresses(session, visit.user.id))
    return next((one for one in known if address_id in {None, one.id}), None)


def _facts(visit: Visit, order: CheckoutSummary, there: Target | None) -> OrderFacts:
    """What it comes to, with the way of sending where that is known."""
    total = order.goods_total + (there.price if there is not None else 0)
    grows = there is None and order.kind is ProductKind.PHYSICAL and bool(visit.policy.shipping)
    return OrderFacts(kind=order.kind, currency=order.currency, total=total, grows=grows)
