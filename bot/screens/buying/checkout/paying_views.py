"""Paying: the invoice, the page behind a link, instructions, and what to do while the money is on its way."""

from datetime import datetime

from bot.screens.buying.checkout import monthly
from bot.screens.buying.checkout.buttons import CheckPayment, LeaveCredit, PayOrder
from bot.screens.buying.orders.buttons import CancelOrder, LeaveCard, TellProblem
from bot.screens.parts import by_hand, ways
from bot.screens.parts.methods import method_name
from bot.sending.reply import Invoice, Key, Screen
from bot.words import Words
from db.models import Order
from shop.payments.counting import TELEGRAM
from shop.ports import InvoiceSheet, PaymentPage

IN_TELEGRAM = frozenset({"crypto"})  # their page is a chat with a bot, not a page in the browser


def invoice(
    words: Words, order: Order, sheet: InvoiceSheet, *, now: datetime, others: tuple[str, ...], fresh: bool
) -> Invoice:
    """Telegram's own sheet; `others`: further ways to pay; `fresh`: nothing was tapped, so no message changes."""
    request = sheet.request
    currency = request.currency
    label = words.plain("Pay {amount}", amount=words.money(request.total, currency))
    waits = Screen(
        words(
            "🧾 Order <b>{number}</b> is reserved for you until {time}.\nPlease pay with the button below.",
            number=order.id,
            time=words.deadline(request.expires_at, now),
        ),
        _others(words, order, several=bool(others)),
        remember_card=order.id,
    )
    refused = Screen(
        words(
            "⚠️ Telegram cannot take {amount} by card here in the chat.\n\nNothing was charged, and order "
            "<b>{number}</b> stays reserved for you until {time}.",
            amount=words.money(request.total, currency),
            number=order.id,
            time=words.deadline(request.expires_at, now),
        )
        + "\n\n"
        + (words("Please choose another way to pay.") if others else words("Please write to the seller.")),
        (*_instead(words, order, others), *_others(words, order, several=False)),
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
        max_tip_amount=TELEGRAM.write(request.max_tip, currency) if _may_tip(sheet) else 0,
        suggested_tip_amounts=_tips(sheet),
        need_shipping_address=request.needs_address,
        need_name=request.needs_address,
        need_phone_number=request.needs_phone,
        is_flexible=request.needs_address and bool(request.shipping),
        provider_data=sheet.provider_data,
        before=None if fresh else waits,
        instead=refused,
    )


def page(words: Words, order: Order, opened: PaymentPage, method: str, *, now: datetime, several: bool) -> Screen:
    """A link to where it is paid; the message becomes the order's card once it is."""
    if order.month is not None:
        return monthly.page(words, order, opened, now=now)
    amount = words.money(order.due, order.currency)
    time = words.deadline(opened.expires_at, now)
    text = words(
        "🧾 Order <b>{number}</b> — {amount}\n\nPay on a secure page in your browser. "
        "The goods are reserved for you until {time}.",
        number=order.id,
        amount=amount,
        time=time,
    )
    if method in IN_TELEGRAM:
        text = words(
            "🧾 Order <b>{number}</b> — {amount}\n\nPay in @CryptoBot, here in Telegram. "
            "The goods are reserved for you until {time}.",
            number=order.id,
            amount=amount,
            time=time,
        )
    keys = (
        _link(words, opened, method),
        (Key(words.plain("🔄 I have paid"), CheckPayment(order.id)),),
        *_others(words, order, several=several),
    )
    return Screen(text, keys, remember_card=order.id)


def instructions(words: Words, order: Order, text: str, *, now: datetime, several: bool) -> Screen:
    """How to pay by hand, where everything is decided: this message is the order's card from now on."""
    parts = [
        words("✅ Order <b>{number}</b> is placed.", number=order.id),
        by_hand.how_to_pay(words, order, text, now=now),
        words("We write to you here as soon as the seller has confirmed it."),
    ]
    keys = (*by_hand.copies(words, order, text, now=now), *_others(words, order, several=several))
    return Screen("\n\n".join(parts), keys, remember_card=order.id)


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
    if order.credit:
        pays, total = words.money(order.credit, order.currency), words.money(order.total_price, order.currency)
        text += "\n\n" + words("🎁 Store credit pays {amount} of {total}.", amount=pays, total=total)
        rows.append((Key(words.plain("✕ Without my credit"), LeaveCredit(order.id)),))
    if problem:
        text = words("⚠️ {problem}", problem=problem) + "\n\n" + text
    return Screen(text, (*rows, *_withdraw(words, order), (ways.home(words),)))


def standing(
    words: Words, order: Order, *, page: PaymentPage | None, several: bool, checked: bool = True, now: datetime
) -> Screen:
    """How the payment of an order that waits for it stands after somebody looked.

    `page` is where it can be paid, `checked`: the provider could be asked.
    """
    text = words(
        "⏳ Order <b>{number}</b> — {amount}\n\nNo payment has arrived yet. If you have just paid, wait a moment: "
        "we hear of it by ourselves.",
        number=order.id,
        amount=_total(words, order),
    )
    if not checked:
        text = words(
            "⏳ Order <b>{number}</b> — {amount}\n\nThe payment service does not answer just now. "
            "If you have paid, nothing is lost: we go on asking and write to you.",
            number=order.id,
            amount=_total(words, order),
        )
    if page is not None:
        text += "\n\n" + words("Reserved for you until {time}.", time=words.deadline(page.expires_at, now))
    keys = (
        *((_link(words, page, order.payment_method),) if page is not None else ()),
        (Key(words.plain("🔄 Check again"), CheckPayment(order.id)),),
        *_others(words, order, several=several),
    )
    return Screen(text, keys)


def _prices(sheet: InvoiceSheet) -> tuple[tuple[str, int], ...]:
    """A price a line; Stars take exactly one."""
    request = sheet.request
    if not sheet.provider_token:
        return ((request.title, request.total),)
    return tuple((line.label, TELEGRAM.write(line.amount, request.currency)) for line in request.lines)


def _may_tip(sheet: InvoiceSheet) -> bool:
    """Stars take no tips, and a tip would not be on the receipt."""
    return bool(sheet.provider_token) and sheet.provider_data is None


def _tips(sheet: InvoiceSheet) -> tuple[int, ...]:
    if not _may_tip(sheet) or not sheet.request.max_tip:
        return ()
    tips = sorted(tip for tip in set(sheet.request.tips) if 0 < tip <= sheet.request.max_tip)[
        :4
    ]  # Bot API: at most four
    return tuple(TELEGRAM.write(tip, sheet.request.currency) for tip in tips)


def _total(words: Words, order: Order) -> str:
    return words.money(order.due, order.currency)


def _withdraw(words: Words, order: Order) -> tuple[tuple[Key, ...], ...]:
    return ((Key(words.plain("✕ Cancel the order"), CancelOrder(order.id, card=True)),),)


def _instead(words: Words, order: Order, others: tuple[str, ...]) -> tuple[tuple[Key, ...], ...]:
    if not others:
        return ((Key(words.plain("💬 Write to the seller"), TellProblem(order.id)),),)
    return tuple((Key(method_name(words, method), PayOrder(order.id, method)),) for method in others)


def _link(words: Words, page: PaymentPage, method: str | None) -> tuple[Key, ...]:
    label = words.plain("🪙 Open @CryptoBot") if method in IN_TELEGRAM else words.plain("🌐 Open the payment page")
    return (Key(label, url=page.url, style="success"),)


def _others(words: Words, order: Order, *, several: bool) -> tuple[tuple[Key, ...], ...]:
    others = ((Key(words.plain("Other ways to pay"), PayOrder(order.id)),),) if several else ()
    home = (Key(words.plain("🏠 Home"), LeaveCard()),)  # in a new message: this one becomes the order's card
    return (*others, *_withdraw(words, order), home)
