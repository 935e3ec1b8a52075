"""From the cart to an order: the summary, the note, placing it."""

from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.cart.buttons import OpenCart
from bot.screens.buying.checkout import present, views
from bot.screens.buying.checkout.address_form import ADDRESS
from bot.screens.buying.checkout.buttons import DropNote, OpenCheckout, PlaceOrder, UseCredit, WriteNote
from bot.screens.buying.checkout.payable import CLOSED, must_be_offered, payable, with_credit
from bot.screens.buying.checkout.paying import pay
from bot.screens.parts.opening_lines import opening_lines
from bot.sending.reply import Lead, Reply, Screen
from db.models import Dialog, KeptForm, Order, ProductKind
from shop import carts, checkout, credit, orders
from shop.checkout.weighing import TooHeavy, carrying, must_be_carried
from shop.forms import dialogs
from shop.payments.methods import CREDIT
from shop.ports import OrderFacts
from shop.refusals import CartEmpty, Conflict, NotForSale, OutOfStock, Refusal, TooMany, TooManyUnpaid
from shop.settings.opening import standing

NOTE = "checkout_note"  # the question; and, kept beside it, the note until the order is placed
WRITING, WRITTEN = "writing", "written"
MOST_SHOWN = 8  # unpaid orders as keys; the list of orders has the rest

# what the summary cannot be drawn with: the cart says which line it is, and has the keys to mend it
GONE_FROM_CART = (CartEmpty, NotForSale, OutOfStock, TooMany, TooHeavy)

router = Router()


class _PresentChanged(Exception):  # noqa: N818  never leaves this module
    """What was tapped showed a present and it is none any more, or the other way round."""


@router.button(OpenCheckout)
async def open_checkout(visit: Visit, pressed: OpenCheckout) -> Reply:
    """What an order at this seller would be; a price that changed is said, and then counts."""
    return await _summarised(visit, pressed.owner_id, pressed.kind)


@router.button(UseCredit)
async def use_credit(visit: Visit, pressed: UseCredit) -> Reply:
    """With store credit, or without; it stays so until it is said otherwise."""
    async with visit.db.begin() as session:
        await credit.use(session, visit.user.id, pressed.owner_id, on=pressed.on)
    return await _summarised(visit, pressed.owner_id, pressed.kind)


@router.button(WriteNote, asks=NOTE)
async def write_note(visit: Visit, pressed: WriteNote) -> Reply:
    """Ask for a note; one that was written already stands until there is another."""
    async with visit.db.begin() as session:
        order = await checkout.summarise(session, visit.user, pressed.owner_id, pressed.kind, now=visit.now())
        note = await _note(visit, session, pressed.owner_id, pressed.kind)
        data = {"owner_id": pressed.owner_id, "kind": pressed.kind.value}
        await dialogs.start(session, visit.user, NOTE, WRITING, data, now=visit.now())
    return views.ask_note(visit.words, order, note=note)


@router.button(DropNote)
async def drop_note(visit: Visit, pressed: DropNote) -> Reply:
    """No note after all."""
    async with visit.db.begin() as session:
        await dialogs.forget(session, visit.user, NOTE)
    return await _summarised(visit, pressed.owner_id, pressed.kind)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    owner_id, kind = int(dialog.data["owner_id"]), ProductKind(dialog.data["kind"])
    async with visit.db.begin() as session:
        order = await checkout.summarise(session, visit.user, owner_id, kind, now=visit.now())
        return views.ask_note(visit.words, order, note=await _note(visit, session, owner_id, kind))


@router.dialog(NOTE, leaves=CLOSES, again=once_more)
async def take_note(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Keep what was written with the summary."""
    data = {**dialog.data, "note": said.text[: checkout.NOTE_LENGTH]}
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, NOTE)
        await dialogs.keep(session, visit.user, NOTE, WRITTEN, data, now=visit.now())
    return await _summarised(visit, int(data["owner_id"]), ProductKind(data["kind"]))


@router.button(PlaceOrder, asks=ADDRESS)
async def place_order(visit: Visit, pressed: PlaceOrder) -> Reply:
    """Order what the summary showed, once however often it is tapped, and go on to pay.

    What was shown and is not so any more is shown as it is now: the next tap is about that.
    """
    where = _read_key(pressed.key)
    try:
        async with visit.db.begin() as session:
            order = await _place(visit, session, pressed)
    except _PresentChanged:
        return await _summarised(visit, *where) if where is not None else Lead(OpenCart())
    except TooManyUnpaid as refusal:
        async with visit.db.read() as session:
            open_orders = await orders.list_unpaid(session, visit.user, limit=MOST_SHOWN)
        return views.too_many_unpaid(visit.words, say(visit.words, refusal), open_orders)
    except GONE_FROM_CART as refusal:
        return _cart(visit, refusal)
    except Conflict as refusal:
        return _cart(visit, refusal) if where is None else await _summarised(visit, *where, refusal)
    return await pay(visit, order.id, pressed.method)


async def _place(visit: Visit, session: AsyncSession, pressed: PlaceOrder) -> Order:
    owner_id, kind = _read_key(pressed.key) or (0, ProductKind.PHYSICAL)
    hold = visit.policy.order_hold
    provider = visit.providers.get(pressed.method)
    ours = provider is not None and provider.by_hand
    if provider is not None and not ours:
        hold = provider.hold  # by hand it is days, from the moment when the address is known
    kept = await dialogs.kept_of(session, visit.user, NOTE, present.PRESENT)
    note = _note_in(kept.get(NOTE), owner_id, kind)
    message = present.message_in(kept.get(present.PRESENT), owner_id=owner_id)
    order = await checkout.place_order(
        session,
        visit.user,
        owner_id=owner_id,
        kind=kind,
        checkout_key=pressed.key,
        # by hand nothing is ordered before the address is known and somebody said yes to everything
        payment_method=None
        if pressed.method == CREDIT or (provider is not None and provider.by_hand)
        else pressed.method,
        note=note,
        policy=visit.policy,
        hold=hold,
        now=visit.now(),
        present=message,
        credit=pressed.credit,
    )
    if pressed.present != (order.present is not None):
        raise _PresentChanged
    must_be_offered(visit, order, pressed.method)
    if note is not None:
        await dialogs.forget(session, visit.user, NOTE)
    if message is not None:
        await present.placed(visit, session)
    return order


def _read_key(key: str) -> tuple[int, ProductKind] | None:
    """The seller and the kind of goods that a checkout key names; None for a forged one."""
    parts = key.partition("~")[0].split(".")
    try:
        return int(parts[2]), ProductKind(parts[3])
    except (IndexError, ValueError):
        return None


async def _summarised(visit: Visit, owner_id: int, kind: ProductKind, refusal: Refusal | None = None) -> Reply:
    """The summary as it is now; the cart where there is none to be had. `refusal` is why it is drawn again."""
    try:
        async with visit.db.begin() as session:
            screen = await _summary(visit, session, owner_id, kind)
    except GONE_FROM_CART as gone:
        return _cart(visit, gone)
    return screen if refusal is None else replace(screen, toast=say(visit.words, refusal))


def _cart(visit: Visit, refusal: Refusal) -> Lead:
    return Lead(OpenCart(), toast=say(visit.words, refusal))


async def _summary(visit: Visit, session: AsyncSession, owner_id: int, kind: ProductKind) -> Screen:
    cart = await carts.look(session, visit.user, now=visit.now())
    order = checkout.summary_in(cart, owner_id, kind)
    if any(line.price_changed for line in order.lines):
        await carts.acknowledge_prices(session, visit.user, now=visit.now())
    must_be_carried(visit.policy, order.kind, order.weight)
    order = await with_credit(visit, session, replace(order, taxes=checkout.taxes_of(order, visit.policy)))
    physical = order.kind is ProductKind.PHYSICAL
    grows = physical and (bool(visit.policy.shipping) or not order.taxes.included)
    total = order.goods_total + (0 if grows else order.taxes.added) - order.credit
    goods = OrderFacts(kind=order.kind, currency=order.currency, total=total, grows=grows, credit=order.credit)
    kept = await dialogs.kept_of(session, visit.user, NOTE, present.PRESENT)
    words, stands = visit.words, standing(visit.policy, visit.now())
    return views.summary(
        words,
        order,
        CLOSED if stands.closed else payable(visit, goods),
        opening=opening_lines(words, stands),
        closed=stands.closed,
        note=_note_in(kept.get(NOTE), owner_id, kind),
        present=present.message_in(kept.get(present.PRESENT), owner_id=owner_id) if physical else None,
        presents=physical and visit.policy.is_sending,
        others=len(cart.sellers) - 1,
        shipping=tuple(views.way_to_ship(words, way, order) for way in carrying(visit.policy, order.weight)),
    )


async def _note(visit: Visit, session: AsyncSession, owner_id: int, kind: ProductKind) -> str | None:
    return _note_in(await dialogs.kept(session, visit.user, NOTE), owner_id, kind)


def _note_in(kept: KeptForm | None, owner_id: int, kind: ProductKind) -> str | None:
    if kept is None:
        return None
    about = (kept.data.get("owner_id"), kept.data.get("kind"))
    return str(kept.data["note"]) if about == (owner_id, kind.value) else None
