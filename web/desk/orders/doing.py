"""Doing what was confirmed: each move is the use case, or the flow, that the chat calls."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from db.models import Author, Order, OrderStatus
from shop import messages, orders
from shop.desk.sessions import Present
from shop.messages import Note, threads
from shop.orders import notes
from shop.orders.standing import money_left
from shop.payments import confirming, giving, refunds
from shop.payments.closing import close_attempts
from shop.payments.giving import Wish
from web.desk.behind import Behind

SAID = 40  # letters that name one form among all


class Given(Struct, frozen=True):
    """What a form says: `once` names this very form, so that it counts once however often it is sent."""

    once: str
    text: str = ""
    amount: int | None = None  # minor units; None: all that is left
    written: str = ""  # the same as it was typed
    item_id: int | None = None
    units: int = 0
    restock: bool = False
    paid: bool = False


async def accept(desk: Behind, who: Present, order: Order, _given: Given) -> None:
    """Let it go on before the money came."""
    async with desk.db.begin() as session:
        await confirming.accept_order(session, order.id, by=who.acting, now=desk.now())


async def ship(desk: Behind, who: Present, order: Order, given: Given) -> None:
    """It is on its way."""
    tracking, carriers = given.text.strip() or None, desk.policy().carriers
    async with desk.db.begin() as session:
        await orders.ship(session, who.acting, order.id, tracking, carriers=carriers, now=desk.now())


async def complete(desk: Behind, who: Present, order: Order, given: Given) -> None:
    """The customer has everything; `paid`: and the money came."""
    async with desk.db.begin() as session:
        if given.paid:
            await confirming.confirm_money(session, order.id, by=who.acting, policy=desk.policy(), now=desk.now())
        await orders.complete(session, who.acting, order.id, now=desk.now())


async def money(desk: Behind, who: Present, order: Order, _given: Given) -> None:
    """Cash or a transfer arrived."""
    async with desk.db.begin() as session:
        await confirming.confirm_money(session, order.id, by=who.acting, policy=desk.policy(), now=desk.now())


async def cancel(desk: Behind, who: Present, order: Order, given: Given) -> None:
    """Call it off; what was paid goes back."""
    now, reason = desk.now(), given.text.strip()
    if order.status is OrderStatus.PENDING:
        paid = await close_attempts(desk.db, desk.providers, order.id, policy=desk.policy(), clock=desk.clock)
        if paid:  # at this very moment: the page shows it, and its seller decides again
            return
        async with desk.db.begin() as session:
            await orders.cancel_by_owner(session, who.acting, order.id, reason=reason, now=now)
        return
    left = money_left(order)
    wish = Wish.of(
        who.acting, order.id, restock=True, reason=reason or "cancelled_by_seller", key=_key(given), free=not left
    )
    if left:
        await refunds.refund(desk.db, desk.providers, wish, clock=desk.clock, policy=desk.policy())
        return
    async with desk.db.begin() as session:
        await giving.call_off(session, wish, now=now)


def wish_of(who: Present, order: Order, given: Given) -> Wish:
    """What shall go back. Raises NotPermitted."""
    wish = Wish.of(who.acting, order.id, amount=given.amount, restock=given.restock, reason="refunded", key=_key(given))
    return replace(wish, item_id=given.item_id, units=given.units)


async def refund(desk: Behind, who: Present, order: Order, given: Given) -> None:
    """Give money back."""
    wish = wish_of(who, order, given)
    await refunds.refund(desk.db, desk.providers, wish, clock=desk.clock, policy=desk.policy())


async def note(desk: Behind, who: Present, order_id: int, text: str) -> None:
    """Keep something in mind about it. Raises CannotRead."""
    async with desk.db.begin() as session:
        await notes.add(session, who.acting, order_id, text, now=desk.now())


async def answer(desk: Behind, who: Present, order_id: int, given: Given) -> None:
    """Write to its customer. Raises CannotRead."""
    async with desk.db.begin() as session:
        thread = await threads.of_sale(session, who.acting, order_id)
        author = Author.SELLER if thread.seller.id == who.acting.owner_id else Author.OPERATOR
        said = Note(given.text, once=f"desk:{given.once}")
        await messages.write(session, thread, author, said, policy=desk.policy(), now=desk.now())


def _key(given: Given) -> str:
    return f"desk:{given.once}"[:SAID]


DOING: Mapping[str, Callable[[Behind, Present, Order, Given], Awaitable[None]]] = {
    "accept": accept,
    "ship": ship,
    "complete": complete,
    "money": money,
    "cancel": cancel,
    "refund": refund,
}
