"""Money as Telegram tells of it: the gate before a charge, the ways to send goods, what was paid and given back."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, select

from bot.routing.router import Router
from bot.routing.said import PaymentMade, PreCheckout, ShippingAnswer, ShippingAsked
from bot.routing.visit import Visit
from bot.screens.buying.payments import views
from bot.screens.parts.order_card import draw
from bot.screens.parts.thanks import thanks
from bot.sending.reply import Reply, Silence
from db.models import Notification, Order, OrderStatus, Refund, RefundState
from db.models.subscription import RENEWED
from db.money import STARS
from shop import orders
from shop.payments import gate, inbox
from shop.payments.counting import TELEGRAM
from shop.payments.settle import Outcome
from shop.ports import EventKind, ProviderEvent

router = Router()

_STATUS = select(Order.status).where(Order.id == bindparam("order"))
_REFUND = select(Refund.state).where(Refund.id == bindparam("refund"))


@router.pre_checkout()
async def pre_checkout(visit: Visit, asked: PreCheckout) -> None:
    """The last moment to say no."""
    sheet = gate.Sheet(
        payload=asked.payload,
        telegram_id=visit.telegram_id,
        currency=asked.currency,
        total=TELEGRAM.read(asked.total_amount, asked.currency),
        shipping_option=asked.shipping_option,
        address=asked.address,
    )
    async with visit.db.begin() as session:
        await gate.check_pre_checkout(session, sheet, policy=visit.policy, now=visit.now())


@router.shipping()
async def shipping(visit: Visit, asked: ShippingAsked) -> tuple[ShippingAnswer, ...]:
    """How the goods can be sent to the address in the sheet."""
    async with visit.db.begin() as session:
        order, options = await gate.shipping_options(
            session,
            payload=asked.payload,
            telegram_id=visit.telegram_id,
            country=asked.address.get("country_code", ""),
            policy=visit.policy,
            now=visit.now(),
        )
    return tuple(
        ShippingAnswer(option.id, visit.words.named(option.title), TELEGRAM.write(option.price, order.currency))
        for option in options
    )


@router.payment()
async def paid(visit: Visit, made: PaymentMade) -> Reply:
    """Book the money. What cannot be kept is told by its own notification."""
    settlement = await inbox.take_in(visit.db, _event(made, EventKind.PAID), clock=visit.clock, policy=visit.policy)
    if settlement.outcome is Outcome.UNKNOWN:
        return views.unknown_charge(visit.words)
    if settlement.outcome is not Outcome.PAID or settlement.order_id is None:
        return Silence()
    async with visit.db.read() as session:
        order = await orders.get_for_customer(session, visit.user, settlement.order_id)
    if order.month == RENEWED:  # told by its own notification, without a sound
        return Silence()
    return thanks(visit.words, order, draw(visit, order, card=True))


@router.refunded()
async def refunded(visit: Visit, made: PaymentMade) -> Reply:
    """Stars went back; the customer is told by the refund's own notification."""
    await inbox.take_in(visit.db, _event(made, EventKind.REFUNDED), clock=visit.clock, policy=visit.policy)
    return Silence()


@router.notice("money_problem")
async def money_problem(visit: Visit, notification: Notification) -> Reply:
    """Something happened to the customer's money."""
    async with visit.db.read() as session:
        pending = await session.scalar(_STATUS, {"order": notification.data["order_id"]}) is OrderStatus.PENDING
    return views.money_problem(visit.words, notification.data, payable=pending)


@router.notice("refund_done")
async def refund_done(visit: Visit, notification: Notification) -> Reply:
    """The customer's money went back."""
    return views.refund_done(visit.words, notification.data)


@router.notice("operator_alert")
async def operator_alert(visit: Visit, notification: Notification) -> Reply | None:
    """An operator must look at money; silence when what was to be done by hand was done before."""
    refund_id, given = notification.data.get("refund_id"), False
    if refund_id is not None:
        async with visit.db.read() as session:
            given = await session.scalar(_REFUND, {"refund": refund_id}) is RefundState.SUCCEEDED
    if given and notification.sent_at is None:
        return None
    return views.operator_alert(visit.words, notification.data, given=given)


def _event(made: PaymentMade, kind: EventKind) -> ProviderEvent:
    verb = "paid" if kind is EventKind.PAID else "refunded"
    # money goes back by charge: a second charge for one sheet is another attempt under the same payload
    named = made.payload if kind is EventKind.PAID else None
    return ProviderEvent(
        provider="stars" if made.currency == STARS else "telegram",
        event_id=f"{verb}:{made.telegram_charge_id}",
        kind=kind,
        reference=named,
        payload=named,
        amount=TELEGRAM.read(made.total_amount, made.currency),
        currency=made.currency,
        charge_id=made.telegram_charge_id,
        provider_charge_id=made.provider_charge_id or None,
        shipping_option=made.shipping_option,
        address=made.address,
        until=datetime.fromtimestamp(made.until, UTC) if made.until else None,
    )
