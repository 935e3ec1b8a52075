"""The money of an order as its seller sees it: what came, what went back, and ways to give more back."""

from collections.abc import Sequence

from markupsafe import Markup
from msgspec.structs import replace

from bot.screens.buying.checkout.buttons import OpenRefund, PaidBack, RefundAll, RefundPart
from bot.screens.parts import ways
from bot.screens.parts.asking import goods
from bot.screens.selling.orders.buttons import OpenSale
from bot.screens.selling.refunds.asking import credit_key
from bot.screens.selling.refunds.buttons import ChooseLine
from bot.sending.reply import Key, Screen, Sight
from bot.words import Words, mark
from db.models import Order, OrderStatus, PaymentStatus, Refund, RefundState
from db.money import STARS
from shop.payments.refunds import RefundNews
from shop.payments.returns import DISPUTED as BY_BANK

STATES = {
    RefundState.CREATED: mark("⏳ {amount}: the payment service does not answer yet, we go on trying"),
    RefundState.PENDING: mark("⏳ {amount}: on its way"),
    RefundState.SUCCEEDED: mark("✅ {amount}: given back"),
    RefundState.FAILED: mark("✕ {amount}: failed, can be tried anew"),
    RefundState.MANUAL: mark("✋ {amount}: please give it back by hand"),
}
BECAME_CREDIT = mark("🎁 {amount}: is credit now")
DISPUTED = mark("⚠️ {amount}: not given back, the customer’s bank disputes the payment and decides")


def how_to_refund(words: Words) -> Screen:
    """What the command takes."""
    text = words(
        "💸 <b>Give money back</b>\n\n<code>/refund 1042</code> — everything\n<code>/refund 1042 5.50</code> — a part\n"
        "<code>/refund 1042 restock</code> — everything, and all its goods go back into stock\n\n"
        "All of the money of an order that was not sent cancels it. The customer is told."
    )
    return Screen(text, ((ways.home(words),),))


def money(words: Words, order: Order, refunds: Sequence[Refund], *, toast: str | None = None) -> Screen:
    """What came for an order and what went back; its payment is loaded."""
    payment = order.payment
    came = payment.amount if payment is not None else 0
    left = came - payment.refunded_amount if payment is not None else 0
    tip = payment.tip if payment is not None else 0
    lines = [
        words("💳 <b>Money of order {number}</b>", number=order.id),
        words("Total: {amount}", amount=words.money(order.total_price, order.currency)),
        *([words("Tip: {amount}", amount=words.money(tip, order.currency))] if tip else []),
        words("Came in: {amount}", amount=words.money(came, order.currency)),
        *(
            [words("of it by store credit: {amount}", amount=words.money(order.credit, order.currency))]
            if order.credit and came
            else []
        ),
        *(
            _state(
                words,
                row.state,
                row.amount,
                row.currency,
                disputed=row.failure == BY_BANK,
                unanswered=row.failure is not None,
                to_credit=row.to_credit,
            )
            for row in refunds
        ),
        words("Kept: <b>{amount}</b>", amount=words.money(left, order.currency)),
    ]
    if payment is not None and payment.payment_status is PaymentStatus.DISPUTED:
        lines.append(words("⚠️ The customer’s bank disputes this payment. Please answer at the payment service."))
        left = 0  # the bank decides about it
    manual = [row for row in refunds if row.state is RefundState.MANUAL]
    rows = [key for row in manual for key in _paid_back(words, row.id, row.amount, row.currency)]
    if left > 0:
        rows.append((Key(words.plain("💸 Give everything back"), RefundAll(order.id, restock=False)),))
        rows.append((Key(words.plain("💸 Give back and restock"), RefundAll(order.id, restock=True)),))
        if order.currency != STARS:  # those go back whole
            rows.append((Key(words.plain("💸 Give a line back"), ChooseLine(order.id)),))
            lines.append(words("For a part, write <code>/refund {number} 5.50</code>.", number=order.id))
    keys = (*rows, (ways.back(words, OpenSale(order.id)), ways.home(words)))
    return Screen("\n".join(lines), keys, toast=toast, sight=_sight(order))


def sure_to_refund(words: Words, order: Order, amount: int, yes: RefundAll | RefundPart, *, restock: bool) -> Screen:
    """Asks before money goes: how much, to whom, and what it does to the order."""
    goes = words.money(amount, order.currency)
    parts = [words("💸 Give {amount} of order {number} back?", amount=goes, number=order.id)]
    parts.append(words("{name} is told at once. This cannot be undone.", name=order.user.name))
    payment = order.payment
    everything = payment is not None and amount == payment.amount - payment.refunded_amount
    if everything and (order.status is OrderStatus.PROCESSING or (restock and order.status is OrderStatus.SHIPPED)):
        parts.append(words("That is all of its money: the order is cancelled."))
    if restock:
        parts.append(words("📦 Back into stock:") + "\n" + goods(words, order.items))
    if yes.credit:
        parts.append(words("It becomes credit in your shop, not money."))
    as_credit = credit_key(words, order, replace(yes, sure=False, credit=not yes.credit), on=yes.credit)
    key = Key(words.plain("💸 Give {amount} back", amount=goes), yes, style="danger")
    return Screen(
        "\n\n".join(str(part) for part in parts),
        (as_credit, (key,), (ways.back(words, OpenRefund(order.id)),)),
        sight=_sight(order),
    )


def given(words: Words, order: Order, news: Sequence[RefundNews], *, restocked: Markup | None = None) -> Screen:
    """How it went; `restocked` (HTML): what is back in stock."""
    lines = [
        words("💸 <b>Order {number}</b>", number=order.id),
        *(
            _state(
                words,
                one.state,
                one.amount,
                one.currency,
                disputed=one.disputed,
                unanswered=one.unanswered,
                to_credit=one.to_credit,
            )
            for one in news
        ),
    ]
    if restocked is not None:
        lines += [words("📦 Back in stock:"), restocked]
    manual = [one for one in news if one.state is RefundState.MANUAL]
    by_hand = [key for one in manual for key in _paid_back(words, one.refund_id, one.amount, one.currency)]
    money_key = Key(words.plain("💳 Money of order {number}", number=order.id), OpenRefund(order.id))
    return Screen("\n".join(lines), (*by_hand, (money_key,), (ways.home(words),)), sight=_sight(order))


def _sight(order: Order) -> Sight:
    """Its money changes without the order, so that each change is followed, whenever the order was changed last."""
    return Sight(order.id, None, OpenRefund(order.id))


def _state(
    words: Words,
    state: RefundState,
    amount: int,
    currency: str,
    *,
    disputed: bool,
    unanswered: bool,
    to_credit: bool = False,
) -> Markup:
    text = DISPUTED if disputed and state is RefundState.FAILED else STATES[state]
    if to_credit and state is RefundState.SUCCEEDED:
        text = BECAME_CREDIT
    if state is RefundState.CREATED and not unanswered:  # the schedule took it up before us, and is asking
        text = STATES[RefundState.PENDING]
    return words(text, amount=words.money(amount, currency))


def _paid_back(words: Words, refund_id: int, amount: int, currency: str) -> list[tuple[Key, ...]]:
    """Done, or as credit in the shop: a row each, because amounts are long."""
    back = words.money(amount, currency)
    rows: list[tuple[Key, ...]] = [(Key(words.plain("✅ I gave {amount} back", amount=back), PaidBack(refund_id)),)]
    if currency != STARS:
        as_credit = PaidBack(refund_id, credit=True)
        rows.append((Key(words.plain("🎁 {amount} as credit instead", amount=back), as_credit),))
    return rows
