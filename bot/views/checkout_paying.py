"""Paying: the invoice, the page behind a link, instructions, and what to do while the money is on its way."""

from datetime import datetime

from msgspec.structs import replace

from bot.buttons.checkout import CheckPayment, PayOrder
from bot.buttons.orders import CancelOrder, LeaveCard
from bot.reply import Invoice, Key, Screen
from bot.views import orders, ways
from bot.views.checkout import method_name
from bot.words import Words
from db.models import Order, OrderStatus
from shop.payments.counting import TELEGRAM
from shop.ports import Instructions, InvoiceSheet, PaymentPage


def invoice(words: Words, order: Order, sheet: InvoiceSheet, *, fresh: bool) -> Invoice:
    """Telegram's own sheet; `fresh`: nothing was tapped, so there is no message to change."""
    request = sheet.request
    currency = request.currency
    label = words.plain("Pay {amount}", amount=words.money(request.total, currency))
    waits = Screen(
        words(
            "🧾 Order <b>{number}</b> is reserved for you until {time}.\nPlease pay with the button below.",
            number=order.id,
            time=words.datetime(request.expires_at),
        ),
        _others(words, order),
        remember_card=order.id,
    )
    refused = Screen(
        words(
            "⚠️ Telegram cannot take {amount} by card here in the chat.\n\nNothing was charged, and order "
            "<b>{number}</b> stays reserved for you until {time}. Please choose another way to pay.",
            amount=words.money(request.total, currency),
            number=order.id,
            time=words.datetime(request.expires_at),
        ),
        _others(words, order),
        remember_card=order.id,
    )
    return Invoice(
        title=request.title,
        description=request.description,
        payload=request.payload,
        provider_token=sheet.provider_token,
        currency=currency,
        prices=_prices(sheet),
        keyboard=((Key(label, pay=True, style="success"),),),
        start_parameter=f"paid_{request.payload}",
        photo_url=request.photo_url,
        max_tip_amount=TELEGRAM.write(request.max_tip, currency) if sheet.provider_token else 0,
        suggested_tip_amounts=_tips(sheet),
        need_shipping_address=request.needs_address,
        need_name=request.needs_address,
        is_flexible=request.needs_address and bool(request.shipping),
        before=None if fresh else waits,
        instead=refused,
    )


def page(words: Words, order: Order, opened: PaymentPage) -> Screen:
    """A link to a payment page; the message becomes the order's card once it is paid."""
    text = words(
        "🧾 Order <b>{number}</b> — {amount}\n\nPay on a secure page in your browser, until {time}. "
        "The goods are reserved for you as long.",
        number=order.id,
        amount=words.money(order.total_price, order.currency),
        time=words.datetime(opened.expires_at),
    )
    keys = (
        (Key(words.plain("🌐 Open the payment page"), url=opened.url, style="success"),),
        (Key(words.plain("🔄 I have paid"), CheckPayment(order.id)),),
        *_others(words, order),
    )
    return Screen(text, keys, remember_card=order.id)


def instructions(words: Words, order: Order, opened: Instructions, method: str) -> Screen:
    """How to pay by hand."""
    by_cash = words("You pay {amount} in cash when the goods arrive.", amount=_total(words, order))
    by_bank = words(
        "Please transfer {amount}. Write <b>#{number}</b> as the reason.", amount=_total(words, order), number=order.id
    )
    parts = [
        words("✅ Order <b>{number}</b> is placed.", number=order.id),
        by_cash if method == "cash" else by_bank,
        words("{text}", text=opened.text) if opened.text else "",
        words("We tell you here as soon as the seller goes on."),
    ]
    return Screen("\n\n".join(str(part) for part in parts if part), _others(words, order), remember_card=order.id)


def choose_method(words: Words, order: Order, methods: tuple[str, ...], *, problem: str = "") -> Screen:
    """The ways to pay an order that is waiting for its money; `problem`: why the last one did not work."""
    rows = [(Key(method_name(words, method), PayOrder(order.id, method)),) for method in methods]
    text = words(
        "🧾 Order <b>{number}</b> — {amount}\n\nHow would you like to pay?",
        number=order.id,
        amount=_total(words, order),
    )
    if not methods:
        text = words("🧾 Order <b>{number}</b>\n\nThere is no way to pay for this just now.", number=order.id)
    if problem:
        text = words("⚠️ {problem}", problem=problem) + "\n\n" + text
    return Screen(text, (*rows, *_withdraw(words, order), (ways.home(words),)))


def standing(words: Words, order: Order, *, now: datetime, checked: bool = True) -> Screen:
    """How the payment of an order stands after somebody looked; `checked`: the provider could be asked."""
    number, amount = order.id, _total(words, order)
    if order.status is OrderStatus.PENDING:
        text = words(
            "⏳ Order <b>{number}</b> — {amount}\n\nNo payment has arrived yet. If you have just paid, wait a moment: "
            "we hear of it by ourselves.",
            number=number,
            amount=amount,
        )
        if not checked:
            text = words(
                "⏳ Order <b>{number}</b> — {amount}\n\nThe payment service does not answer just now. "
                "If you have paid, nothing is lost: we go on asking and write to you.",
                number=number,
                amount=amount,
            )
        keys = ((Key(words.plain("🔄 Check again"), CheckPayment(order.id)),), *_others(words, order))
        return Screen(text, keys)
    return orders.order(words, order, now=now, card=True)


def thanks(words: Words, order: Order, *, now: datetime) -> Screen:
    """The money is here: the receipt, and from now on the order's status card."""
    card = orders.order(words, order, now=now, card=True)
    paid = order.payment.amount - order.payment.refunded_amount if order.payment is not None else order.total_price
    said = words(
        "✅ <b>Thank you.</b> {amount} arrived, order {number} is paid.",
        amount=words.money(paid, order.currency),
        number=order.id,
    )
    return replace(card, text=f"{said}\n\n{card.text}", fresh=True)


def _prices(sheet: InvoiceSheet) -> tuple[tuple[str, int], ...]:
    """A price a line; Stars take exactly one."""
    request = sheet.request
    if not sheet.provider_token:
        return ((request.title, request.total),)
    return tuple((line.label, TELEGRAM.write(line.amount, request.currency)) for line in request.lines)


def _tips(sheet: InvoiceSheet) -> tuple[int, ...]:
    if not sheet.provider_token or not sheet.request.max_tip:
        return ()
    tips = sorted(tip for tip in set(sheet.request.tips) if 0 < tip <= sheet.request.max_tip)[
        :4
    ]  # Bot API: at most four
    return tuple(TELEGRAM.write(tip, sheet.request.currency) for tip in tips)


def _total(words: Words, order: Order) -> str:
    return words.money(order.total_price, order.currency)


def _withdraw(words: Words, order: Order) -> tuple[tuple[Key, ...], ...]:
    return ((Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=True)),),)


def _others(words: Words, order: Order) -> tuple[tuple[Key, ...], ...]:
    home = (Key(words.plain("🏠 Home"), LeaveCard()),)  # in a new message: this one becomes the order's card
    return ((Key(words.plain("Other ways to pay"), PayOrder(order.id)),), *_withdraw(words, order), home)
