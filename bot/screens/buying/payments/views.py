"""Words when money went wrong, or back: what happened, what it means, what we did, what the person can do."""

from collections.abc import Mapping
from typing import Any

from bot.screens.buying.checkout.buttons import OpenRefund, PaidBack, PayOrder
from bot.screens.buying.credit.buttons import OpenCredit
from bot.screens.buying.orders.buttons import OpenOrder, TellProblem
from bot.screens.parts import ways
from bot.screens.parts.methods import brand
from bot.screens.selling.orders.buttons import OpenSale
from bot.sending.reply import Key, Screen, Sight
from bot.words import Words, mark

Data = Mapping[str, Any]

PROBLEMS = {
    "second_charge": mark(
        "💳 Order {number} was paid twice.\n\nThe first payment counts. The second one, {amount}, goes back to you by "
        "itself. We write to you when it is on its way."
    ),
    "late_charge": mark(
        "💳 {amount} arrived for order {number}, but the order was cancelled before.\n\n"
        "You get nothing for this payment, "
        "so it goes back to you by itself. We write to you when it is on its way."
    ),
    "sold_meanwhile": mark(
        "💳 {amount} arrived for order {number} after the time to pay had run out, and the goods were sold "
        "meanwhile.\n\nYou get nothing for this payment, "
        "so it goes back to you by itself. We write to you when it is on its way."
    ),
    "revived": mark(
        "💳 {amount} arrived for order {number} after the time to pay had run out.\n\nThe goods were still there, so "
        "the order goes on. You need not do anything."
    ),
    "wrong_amount": mark(
        "💳 {amount} arrived for order {number}, which is not its price.\n\nThe payment goes back to you by itself. "
        "The order can still be paid while it is reserved."
    ),
    "wrong_currency": mark(
        "💳 {amount} arrived for order {number}, in another currency.\n\nThe payment goes back to you by "
        "itself. The order can still be paid while it is reserved."
    ),
    "wrong_amount_unwanted": mark(
        "💳 {amount} arrived for order {number}, which is not its price.\n\nThe order does not wait for a payment any "
        "more, so nothing changes about it. The payment goes back to you by itself."
    ),
    "wrong_currency_unwanted": mark(
        "💳 {amount} arrived for order {number}, in another currency.\n\nThe order does not wait for a payment any "
        "more, so nothing changes about it. The payment goes back to you by itself."
    ),
    "subscribed_twice": mark(
        "💳 {amount} arrived for order {number}, but you have this subscription already.\n\nThe payment goes back "
        "to you by itself, and it is not charged again."
    ),
    "month_unwanted": mark(
        "💳 {amount} were charged for another month of what has ended.\n\nThe payment (order {number}) goes back "
        "to you by itself, and it is not charged again."
    ),
    "payment_failed": mark(
        "💳 The payment of {amount} for order {number} did not go through.\n\n"
        "Nothing was charged. You can try again, or "
        "choose another way to pay."
    ),
    "not_taken": mark(
        "💳 You agreed to pay {amount} for order {number} when it could not be paid any more.\n\n"
        "Nothing was taken. If you still want the goods, please order them again."
    ),
    "choose_again": mark(
        "💳 {amount} for order {number} could not be taken: the card or account that you chose was declined.\n\n"
        "Nothing was charged. Open the payment page once more and choose another, or pay another way."
    ),
    "refund_failed": mark(
        "💳 We could not give {amount} for order {number} back to you yet.\n\n"
        "Your bank did not take it. The shop has been "
        "told and will find another way; you can also write to the seller."
    ),
    "refund_disputed": mark(
        "💳 We could not give {amount} for order {number} back.\n\n"
        "Your bank disputes this payment, and while it does, only your bank decides where the money goes. If it "
        "decides for you, it pays you. If not, the shop can give the money back: write to the seller then."
    ),
    "refund_by_hand": mark(
        "💳 You get {amount} for order {number} back.\n\nA person has to send it, because the payment service cannot "
        "do it. The shop has been told; we write to you when it is done."
    ),
}
PAYABLE = frozenset({"wrong_amount", "wrong_currency", "payment_failed", "choose_again"})

ALERTS = {
    "second_charge": mark("💳 Order {number} was paid twice. The second charge, {amount}, is being given back."),
    "late_charge": mark("💳 {amount} came for order {number} after it was cancelled. It is being given back."),
    "wrong_amount": mark("💳 {amount} came for order {number}, which is not its total. It is being given back."),
    "wrong_currency": mark("💳 {amount} came for order {number}, in the wrong currency. It is being given back."),
    "unknown_charge": mark(
        "⚠️ {provider} charged {amount}, and no order knows the payment ({charge}). Please look at the provider’s "
        "dashboard and give it back there."
    ),
    "subscribed_twice": mark("💳 {amount} came for order {number}, a second subscription. It is being given back."),
    "month_unwanted": mark(
        "💳 {amount} came for order {number}, a month of what is not sold any more. It is being given back."
    ),
    "subscription_stuck": mark(
        "⏳ Telegram could not be told to charge the subscription of order {number} ({amount} a month) no more: {why}\n"
        "We go on trying; a month that is charged all the same is given back."
    ),
    "refund_failed": mark("⚠️ Giving {amount} back for order {number} failed: {why}\nThe amount can be refunded anew."),
    "refund_disputed": mark(
        "⚠️ Giving {amount} back for order {number} was refused: the customer’s bank disputes the payment. Please "
        "answer the dispute at the payment service. If it is lost, the customer has the money; if it is won, you can "
        "give it back here. Until then do not give it back in another way."
    ),
    "key_refused": mark(
        "🔑 {provider} refuses the shop’s key. Nobody can pay with it, and no money goes back, until the key is "
        "changed in the settings. Customers are shown other ways to pay."
    ),
    "refund_by_hand": mark("✋ Please give {amount} for order {number} back by hand: {why}"),
    "refund_stuck": mark(
        "⏳ Giving {amount} back for order {number} does not get through: {why}\nWe go on trying every hour."
    ),
    "refund_from_outside": mark("ℹ️ {amount} of order {number} was given back at {provider}, not here. It is booked."),
    "money_without_order": mark(
        "⚠️ {amount} was kept for order {number}, and nothing is sent for it ({why}). Please give it back: "
        "/refund {number}"
    ),
    "disputed": mark(
        "⚠️ The bank disputes {amount} of order {number} ({why}). Please answer at {provider}; "
        "until then do not refund it here."
    ),
    "disputed_goods": mark(
        "⚠️ The customer’s bank disputes {amount} of order {number}. If it was not sent yet, please do not send it "
        "until this is decided. If it was sent, keep the proof of it."
    ),
    "dispute_won_goods": mark(
        "✅ The dispute about {amount} of order {number} was won: the money stays with the shop."
    ),
    "dispute_lost_goods": mark(
        "✕ The dispute about {amount} of order {number} was lost: the customer has the money back. If the goods are "
        "still with you, do not send them, and cancel the order."
    ),
    "order_stuck": mark(
        "⚠️ Order {number} was not paid in time and cannot be cancelled: {why}\n\n"
        "Its goods stay reserved; we go on trying. Other orders are not held up."
    ),
    "set_aside": mark(
        "⚠️ {what} could not be handled, and was set aside so that nothing else waits for it: {why}\n\n"
        "“storefront aside” on the server shows it and can have it tried again."
    ),
    "dispute_won": mark("✅ The dispute about {amount} of order {number} was decided for you."),
    "dispute_lost": mark("✕ The dispute about {amount} of order {number} was lost. The money is booked as given back."),
}


GIVEN = mark("✅ {amount} for order {number} was given back by hand.")


def money_problem(words: Words, data: Data, *, payable: bool) -> Screen:
    """What happened to the customer's money; `payable`: the order still waits for some."""
    problem, order_id = str(data["problem"]), int(data["order_id"])
    text = words(PROBLEMS[problem], number=order_id, amount=_money(words, data))
    pay = (
        ((Key(words.plain("💳 Pay order {number}", number=order_id), PayOrder(order_id)),),)
        if payable and problem in PAYABLE
        else ()
    )
    seller = Key(words.plain("💬 Write to the seller"), TellProblem(order_id))
    return Screen(text, (*pay, (seller,), (_order(words, order_id), ways.home(words))), sight=Sight(order_id))


def refund_done(words: Words, data: Data) -> Screen:
    """The money went back."""
    order_id = int(data["order_id"])
    if data.get("to_credit"):
        text = words(
            "🎁 {amount} of order {number} is store credit now. Your next order at this seller can use it.",
            amount=_money(words, data),
            number=order_id,
        )
        return Screen(
            text, ((Key(words.plain("🎁 My credit"), OpenCredit()),), (_order(words, order_id), ways.home(words)))
        )
    if data.get("by_hand"):
        text = words(
            "💸 {amount} of order {number} was given back to you by hand, says the seller. If you did not get it, "
            "please write to the seller.",
            amount=_money(words, data),
            number=order_id,
        )
        seller = Key(words.plain("💬 Write to the seller"), TellProblem(order_id))
        return Screen(text, ((seller,), (_order(words, order_id), ways.home(words))))
    text = words(
        "💸 {amount} of order {number} went back to you, the way it was paid. Banks can take some days to show it.",
        amount=_money(words, data),
        number=order_id,
    )
    return Screen(text, ((_order(words, order_id), ways.home(words)),))


def operator_alert(words: Words, data: Data, *, given: bool = False) -> Screen:
    """What an operator must know or do; `given`: the money that was to be given back by hand is back."""
    values = {name: str(data.get(name) or "–") for name in ("charge", "what", "why")}
    values["provider"] = brand(str(data.get("provider") or "–"))
    values["amount"] = _money(words, data) if "amount" in data else "–"
    text = words(ALERTS[str(data["text_code"])], number=data.get("order_id", "–"), **values)
    rows: list[tuple[Key, ...]] = []
    if given:
        text = words(GIVEN, number=data.get("order_id", "–"), **values)
    elif data["text_code"] == "refund_by_hand":
        rows.append((Key(words.plain("✅ I gave it back"), PaidBack(int(data["refund_id"]))),))
    if str(data["text_code"]).endswith("_goods"):
        rows.append((Key(words.plain("🧾 Order {number}", number=data["order_id"]), OpenSale(int(data["order_id"]))),))
    if data.get("order_id"):
        rows.append(
            (
                Key(
                    words.plain("💳 Money of order {number}", number=data["order_id"]),
                    OpenRefund(int(data["order_id"])),
                ),
            )
        )
    sight = Sight(int(data["order_id"])) if data.get("order_id") else None
    return Screen(text, tuple(rows), sight=sight)


def unknown_charge(words: Words) -> Screen:
    """Telegram says that this person paid, and we do not know what for."""
    text = words(
        "💳 A payment of yours arrived, but we cannot tell which order it is for.\n\n"
        "Nothing is lost: the shop has been told "
        "and will find it or give it back. You can ask with /paysupport."
    )
    return Screen(text, ((ways.home(words),),))


def _order(words: Words, order_id: int) -> Key:
    return Key(words.plain("📦 Order {number}", number=order_id), OpenOrder(order_id))


def _money(words: Words, data: Data) -> str:
    return words.money(int(data["amount"]), str(data["currency"]))
