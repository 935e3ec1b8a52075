"""From the cart to an order: the summary, the note, placing it."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.buttons.checkout import DropNote, OpenCheckout, PlaceOrder, WriteNote
from bot.handlers.checkout_paying import pay
from bot.questions import CHANGING, KEPT, is_forgotten
from bot.refusals import say
from bot.reply import Reply, Screen
from bot.router import Router
from bot.said import Said
from bot.views import checkout as views
from bot.visit import Visit
from db.models import Dialog, Order, ProductKind
from shop import carts, checkout, dialogs, orders
from shop.payments.methods import choose, offered
from shop.ports import OrderFacts
from shop.refusals import CartChanged, TooManyUnpaid

NOTE = "checkout_note"  # the form; its row also keeps the note until the order is placed
WRITING = "writing"
MOST_SHOWN = 8  # unpaid orders as keys; the list of orders has the rest

router = Router()


@router.button(OpenCheckout)
async def open_checkout(visit: Visit, pressed: OpenCheckout) -> Reply:
    """What an order at this seller would be; a price that changed is said, and then counts."""
    async with visit.db.begin() as session:
        return await _summary(visit, session, pressed.owner_id, pressed.kind)


@router.button(WriteNote)
async def write_note(visit: Visit, pressed: WriteNote) -> Reply:
    """Ask for a note; one that was written already stands until there is another."""
    async with visit.db.begin() as session:
        order = await checkout.summarise(session, visit.user, pressed.owner_id, pressed.kind)
        data = {"owner_id": pressed.owner_id, "kind": pressed.kind.value}
        step = WRITING
        if (note := await _note(visit, session, pressed.owner_id, pressed.kind)) is not None:
            data["note"], step = note, CHANGING
        await dialogs.start(session, visit.user, NOTE, step, data, now=visit.now())
    return views.ask_note(visit.words, order, note=note)


@router.button(DropNote)
async def drop_note(visit: Visit, pressed: DropNote) -> Reply:
    """No note after all."""
    async with visit.db.begin() as session:
        await dialogs.finish(session, visit.user, NOTE)
        return await _summary(visit, session, pressed.owner_id, pressed.kind)


@router.dialog(NOTE)
async def take_note(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Keep what was written with the summary; once it is kept, further texts are no note."""
    if dialog.step == KEPT or not said.text or is_forgotten(visit, dialog):
        return None
    data = {**dialog.data, "note": said.text[: checkout.NOTE_LENGTH]}
    async with visit.db.begin() as session:
        await dialogs.update(session, visit.user, step=KEPT, data=data, kind=NOTE, now=visit.now())
        return await _summary(visit, session, int(data["owner_id"]), ProductKind(data["kind"]))


@router.button(PlaceOrder)
async def place_order(visit: Visit, pressed: PlaceOrder) -> Reply:
    """Order what the summary showed, once however often it is tapped, and go on to pay."""
    try:
        async with visit.db.begin() as session:
            order = await _place(visit, session, pressed)
    except TooManyUnpaid as refused:
        async with visit.db.read() as session:
            open_orders = await orders.list_unpaid(session, visit.user, limit=MOST_SHOWN)
        return views.too_many_unpaid(visit.words, say(visit.words, refused), open_orders)
    return await pay(visit, order.id, pressed.method)


async def _place(visit: Visit, session: AsyncSession, pressed: PlaceOrder) -> Order:
    owner_id, kind = _read_key(pressed.key)
    hold = visit.policy.order_hold
    provider = visit.providers.get(pressed.method)
    if provider is not None and not provider.by_hand:
        hold = provider.hold  # by hand it is days, from the moment when the address is known
    order = await checkout.place_order(
        session,
        visit.user,
        owner_id=owner_id,
        kind=kind,
        checkout_key=pressed.key,
        payment_method=pressed.method,
        note=await _note(visit, session, owner_id, kind),
        policy=visit.policy,
        hold=hold,
        now=visit.now(),
    )
    choose(
        visit.providers, OrderFacts(kind=order.kind, currency=order.currency, total=order.total_price), pressed.method
    )
    await dialogs.finish(session, visit.user, NOTE)
    return order


def _read_key(key: str) -> tuple[int, ProductKind]:
    """The seller and the kind of goods that a checkout key names. Raises CartChanged for a forged one."""
    parts = key.split(".")
    try:
        return int(parts[2]), ProductKind(parts[3])
    except (IndexError, ValueError):
        raise CartChanged from None


async def _summary(visit: Visit, session: AsyncSession, owner_id: int, kind: ProductKind) -> Screen:
    cart = await carts.look(session, visit.user)
    order = checkout.summary_in(cart, owner_id, kind)
    if any(line.price_changed for line in order.lines):
        await carts.acknowledge_prices(session, visit.user)
    facts = OrderFacts(kind=order.kind, currency=order.currency, total=order.subtotal)
    words = visit.words
    return views.summary(
        words,
        order,
        offered(visit.providers, facts),
        note=await _note(visit, session, owner_id, kind),
        others=len(cart.sellers) - 1,
        shipping=tuple(f"{way.title} — {words.money(way.price, order.currency)}" for way in visit.policy.shipping),
    )


async def _note(visit: Visit, session: AsyncSession, owner_id: int, kind: ProductKind) -> str | None:
    dialog = await dialogs.current(session, visit.user)
    if dialog is None or dialog.kind != NOTE or "note" not in dialog.data:
        return None
    about = (dialog.data.get("owner_id"), dialog.data.get("kind"))
    return str(dialog.data["note"]) if about == (owner_id, kind.value) else None
