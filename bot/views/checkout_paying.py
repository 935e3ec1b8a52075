"""Paying: the invoice, the page behind a link, instructions, and what to do while the money is on its way."""

from bot.buttons.checkout import CheckPayment, PayOrder, WithdrawOrder
from bot.reply import Invoice, Key, Screen
from bot.views import ways
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
            "🧾 Order <b>#{number}</b> is reserved for you until {time}.\nPlease pay with the button below.",
            number=order.id,
            time=words.datetime(request.expires_at),
        ),
        _others(words, order),
    )
    return Invoice(
        title=request.title,
        description=request.description,
        payload=request.payload,
        provider_token=sheet.provider_token,
        currency=currency,
        prices=_prices(sheet),
        keyboard=((Key(label, pay=True),),),
        start_parameter=f"paid_{request.payload}",
        photo_url=request.photo_url,
        max_tip_amount=TELEGRAM.write(request.max_tip, currency) if sheet.provider_token else 0,
        suggested_tip_amounts=_tips(sheet),
        need_shipping_address=request.needs_address,
        need_name=request.needs_address,
        is_flexible=request.needs_address and bool(request.shipping),
        before=None if fresh else waits,
    )


def page(words: Words, order: Order, opened: PaymentPage) -> Screen:
    """A link to a payment page; the message becomes the order's card once it is paid."""
    text = words(
        "🧾 Order <b>#{number}</b> — {amount}\n\nPay on a secure page in your browser, until {time}. "
        "The goods are reserved for you as long.",
        number=order.id,
        amount=words.money(order.total_price, order.currency),
        time=words.datetime(opened.expires_at),
    )
    keys = (
        (Key(words.plain("🌐 Open the payment page"), url=opened.url),),
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
        words("✅ Order <b>#{number}</b> is placed.", number=order.id),
        by_cash if method == "cash" else by_bank,
        words("{text}", text=opened.text) if opened.text else "",
        words("We tell you here as soon as the seller goes on."),
    ]
    return Screen("\n\n".join(str(part) for part in parts if part), _others(words, order), remember_card=order.id)


def choose_method(words: Words, order: Order, methods: tuple[str, ...]) -> Screen:
    """The ways to pay an order that is waiting for its money."""
    rows = [(Key(method_name(words, method), PayOrder(order.id, method)),) for method in methods]
    text = words(
        "🧾 Order <b>#{number}</b> — {amount}\n\nHow would you like to pay?",
        number=order.id,
        amount=_total(words, order),
    )
    if not methods:
        text = words("🧾 Order <b>#{number}</b>\n\nThere is no way to pay for this just now.", number=order.id)
    return Screen(text, (*rows, *_withdraw(words, order), (ways.home(words),)))


def standing(words: Words, order: Order, *, checked: bool = True) -> Screen:
    """How the payment of an order stands after somebody looked; `checked`: the provider could be asked."""
    number, amount = order.id, _total(words, order)
    if order.status is OrderStatus.PENDING:
        text = words(
            "⏳ Order <b>#{number}</b> — {amount}\n\nNo payment has arrived yet. If you have just paid, wait a moment: "
            "we hear of it by ourselves.",
            number=number,
            amount=amount,
        )
        if not checked:
            text = words(
                "⏳ Order <b>#{number}</b> — {amount}\n\nThe payment service does not answer just now. "
                "If you have paid, nothing is lost: we go on asking and write to you.",
                number=number,
                amount=amount,
            )
        keys = ((Key(words.plain("🔄 Check again"), CheckPayment(order.id)),), *_others(words, order))
        return Screen(text, keys)
    if order.status is OrderStatus.CANCELLED:
        return Screen(words("✕ Order <b>#{number}</b> is cancelled.", number=number), ((ways.home(words),),))
    return receipt(words, order)


def receipt(words: Words, order: Order) -> Screen:
    """The money is here."""
    text = words(
        "✅ <b>Thank you.</b> Order <b>#{number}</b> is paid: {amount}.\n\nWe tell you here when it moves.",
        number=order.id,
        amount=_total(words, order),
    )
    return Screen(text, ((ways.home(words),),), fresh=True, remember_card=order.id)


def sure_to_withdraw(words: Words, order: Order) -> Screen:
    """Asks back before an order is cancelled."""
    return Screen(
        words("Cancel order <b>#{number}</b>? Nothing is charged.", number=order.id),
        (
            (Key(words.plain("✕ Cancel the order"), WithdrawOrder(order.id, sure=True)),),
            (ways.back(words, PayOrder(order.id)),),
        ),
    )


def withdrawn(words: Words, order: Order) -> Screen:
    """It is cancelled."""
    text = words("✕ Order <b>#{number}</b> is cancelled. Nothing was charged.", number=order.id)
    return Screen(text, ((ways.home(words),),), remember_card=order.id)


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
    return ((Key(words.plain("✕ Cancel the order"), WithdrawOrder(order.id)),),)


def _others(words: Words, order: Order) -> tuple[tuple[Key, ...], ...]:
    return ((Key(words.plain("Other ways to pay"), PayOrder(order.id)),), *_withdraw(words, order))
