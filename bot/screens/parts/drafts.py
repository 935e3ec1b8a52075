"""What somebody wrote or photographed for a seller: how it is kept, also before it is known for whom it is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.routing.route import MORE
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.buying.messages.buttons import SendDraft
from bot.screens.parts import ways
from bot.sending.reply import Key, Keyboard, Reply, Screen
from bot.words import Words
from db.models import Order, OrderStatus
from shop import orders
from shop.forms import dialogs
from shop.messages import Note
from shop.orders.pages import Turn

FORM = "problem"
WRITING, DRAFT = "text", "draft"  # asked for words; it is asked whom it is for
OPEN = (OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.SHIPPED)
LOOKED_AT = 10  # the newest orders, among which the open ones are offered
OFFERED = 2


async def listen_on(visit: Visit, session: AsyncSession, form: str, data: dict[str, Any]) -> None:
    """Photos that follow go the same way, unless another form is in progress."""
    open_form = await dialogs.current(session, visit.user)
    if open_form is None or open_form.kind == form:
        await dialogs.start(session, visit.user, form, MORE, data, now=visit.now())


async def offer(visit: Visit, said: Said) -> list[Order]:
    """Keep what was written until it is known whom it is for; the open orders whose sellers it may be for."""
    async with visit.db.begin() as session:
        form = await dialogs.current(session, visit.user)
        if form is None or form.kind == FORM:
            data = {"album": said.album, "notes": [packed(note(visit, said))]}
            await dialogs.start(session, visit.user, FORM, DRAFT, data, now=visit.now())
        newest = await orders.list_for_customer(session, visit.user, Turn(size=LOOKED_AT))
    return [order for order in newest.orders if order.status in OPEN][:OFFERED]


async def photo_alone(visit: Visit, said: Said) -> Reply:
    """A photo that nobody asked for: it is asked whom it is for."""
    return whom_for(visit.words, await offer(visit, said))


def whom_for(words: Words, orders: Sequence[Order]) -> Screen:
    """A photo came that nobody asked for."""
    return Screen(words("📷 Whom is this photo for?"), (*offers(words, orders), (ways.home(words),)))


def offers(words: Words, orders: Sequence[Order]) -> Keyboard:
    """Send what was written to the seller of an open order, or to the shop."""
    about_orders = tuple(
        (Key(words.plain("💬 Send it to the seller of order {number}", number=order.id), SendDraft(order.id)),)
        for order in orders
    )
    return (*about_orders, (Key(words.plain("💬 Send it to the shop"), SendDraft()),))


def note(visit: Visit, said: Said) -> Note:
    """What was written, as it is kept."""
    return Note(
        text=said.text,
        once=f"{visit.bot_id}:{visit.telegram_id}:{said.message_id}",
        photo_file_id=said.photo_file_id,
        photo_bot_id=visit.bot_id if said.photo_file_id else None,
        album=said.album,
    )


def packed(one: Note) -> dict[str, Any]:
    """A note as a dialog keeps it."""
    return {name: getattr(one, name) for name in one.__struct_fields__}
