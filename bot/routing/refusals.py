"""What a refusal sounds like: every code has words; a way on is one tap away on the screen behind them."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.routing.month_refusals import cannot_be_monthly, sold_monthly, subscribed_already
from bot.routing.order_refusals import nothing_to_refund, wrong_status
from bot.routing.return_refusals import cannot_return, return_moved
from bot.screens.parts.hints import hint
from bot.words import Words
from bot.words.weights import weight
from shop.refusals import Refusal

Data = Mapping[str, Any]


def say(words: Words, refusal: Refusal) -> str:
    """The refusal as plain text, for a toast or (escaped) for a message."""
    wording = WORDINGS.get(refusal.code)
    if wording is None:
        return words.plain("This cannot be done.")
    return wording(words, refusal.data)


def _not_found(words: Words, data: Data) -> str:
    if data.get("order_id"):  # a number that somebody wrote, perhaps wrongly; of others' orders nothing is said
        return words.plain("There is no order {number} here.", number=data["order_id"])
    return words.plain("This is not here any more.")


def _out_of_stock(words: Words, data: Data) -> str:
    left = data.get("left") or 0
    product = data.get("product") or words.plain("This product")
    if left <= 0:
        return words.plain("{product} is sold out.", product=product)
    return words.plain_n("Only {n} of {product} is left.", "Only {n} of {product} are left.", left, product=product)


def _not_for_sale(words: Words, data: Data) -> str:
    return words.plain(
        "{product} is not for sale any more.", product=data.get("product") or words.plain("This product")
    )


def _price_changed(words: Words, data: Data) -> str:
    currency = data["currency"]
    return words.plain(
        "The price of {product} changed from {old} to {new}.",
        product=data["product"],
        old=words.money(data["old"], currency),
        new=words.money(data["new"], currency),
    )


def _too_many(words: Words, data: Data) -> str:
    return words.plain_n("At most {n} of one product.", "At most {n} of one product.", data.get("limit", 1))


def _not_deliverable(words: Words, data: Data) -> str:
    return words.plain("We do not deliver to {country}.", country=words.country(str(data.get("country", ""))))


def _price_awaited(words: Words, data: Data) -> str:
    if data.get("offered"):
        return words.plain("Please agree to the price of sending first. Nothing was charged.")
    return words.plain("The seller names the price of sending first. Nothing was charged.")


def _too_heavy(words: Words, data: Data) -> str:
    return words.plain(
        "This weighs {weight}, and we send at most {most} at once. Please order less, and the rest in another order.",
        weight=weight(words, int(data["weight"])),
        most=weight(words, int(data["most"])),
    )


def _refund_too_large(words: Words, data: Data) -> str:
    left = words.money(data["left"], data["currency"])
    return words.plain("At most {left} can be given back.", left=left)


def _goods_without_money(words: Words, data: Data) -> str:
    left = words.money(data["left"], data["currency"])
    return words.plain(
        "restock puts all the goods back, and goes with all the money ({left}) only. Nothing was given back. "
        "Give the part back without it, then add what came back with /restock.",
        left=left,
    )


def _refund_whole_only(words: Words, data: Data) -> str:
    amount = words.money(data["amount"], data["currency"])
    return words.plain("This way to pay can only give back the whole {amount}.", amount=amount)


def _provider_unavailable(words: Words, data: Data) -> str:
    if data.get("broken"):
        return words.plain("This way to pay does not work at the moment. Nothing was charged. The shop has been told.")
    return words.plain("The payment service does not answer. Nothing was charged. Please try again.")


def _sku_taken(words: Words, data: Data) -> str:
    return words.plain("You already have a product with the SKU {sku}.", sku=data.get("sku", ""))


def _stock_below_holds(words: Words, data: Data) -> str:
    return words.plain_n(
        "{n} unit is held by an open order, so the stock cannot go below that.",
        "{n} units are held by open orders, so the stock cannot go below that.",
        data.get("reserved", 0),
    )


def _too_many_messages(words: Words, data: Data) -> str:
    seller = data.get("seller") or words.plain("The seller")
    if not data.get("waiting"):
        return words.plain(
            "{seller} has all your messages of today. This one was not sent: please write tomorrow.", seller=seller
        )
    return words.plain_n(
        "{seller} has your {n} message and will answer here. This one was not sent: please wait for the answer.",
        "{seller} has your {n} messages and will answer here. This one was not sent: please wait for the answer.",
        data["waiting"],
        seller=seller,
    )


def _too_many_unpaid(words: Words, data: Data) -> str:
    most = int(data["most"])
    if data["limit"] == "orders":
        return words.plain_n(
            "You can have {n} unpaid order at a time. Pay or cancel it, then you can order again.",
            "You can have {n} unpaid orders at a time. Pay or cancel one of them, then you can order again.",
            most,
        )
    if data["limit"] == "units":
        said = words.plain_n(
            "At most {n} piece can be reserved for you while it is not paid.",
            "At most {n} pieces can be reserved for you while they are not paid.",
            most,
        )
    else:
        said = words.plain_n(
            "At most {n} product can be reserved for you while it is not paid.",
            "At most {n} different products can be reserved for you while they are not paid.",
            most,
        )
    if data.get("alone"):
        return f"{said} " + words.plain("Please order less at a time.")
    return f"{said} " + words.plain("Pay or cancel an unpaid order, or order less at a time.")


def _not_served(words: Words, data: Data) -> str:
    if data.get("seller"):
        return words.plain("{seller} does not take orders or messages from you.", seller=data["seller"])
    return words.plain("This shop does not take orders or messages from you.")


def _is_operator(words: Words, data: Data) -> str:
    return words.plain(
        "{name} is an operator. Take the id out of shop.operators in the configuration first.", name=data["name"]
    )


def _invitation_over(words: Words, data: Data) -> str:
    if data.get("why") == "sells":
        return words.plain("You sell here yourself: this invitation is for somebody else.")
    if data.get("why") == "employed":
        return words.plain("You are on a seller’s staff here already. Ask them to let you go first.")
    return words.plain("This invitation does not count any more. Please ask for a new one.")


def _plain(text: Callable[[Words], str]) -> Callable[[Words, Data], str]:
    return lambda words, _data: text(words)


WORDINGS: Mapping[str, Callable[[Words, Data], str]] = {
    "refused": _plain(lambda words: words.plain("This cannot be done.")),
    "not_found": _not_found,
    "conflict": _plain(lambda words: words.plain("Something changed meanwhile. Please look again.")),
    "invalid": _plain(lambda words: words.plain("This cannot be used.")),
    "out_of_stock": _out_of_stock,
    "not_for_sale": _not_for_sale,
    "price_changed": _price_changed,
    "cart_empty": _plain(lambda words: words.plain("Your cart is empty.")),
    "shop_closed": _plain(lambda words: words.plain("The shop takes no orders at the moment.")),
    "cart_changed": _plain(lambda words: words.plain("Your cart changed. Please look at it again.")),
    "too_many": _too_many,
    "wrong_status": wrong_status,
    "order_expired": _plain(lambda words: words.plain("The time to pay ran out. Nothing was charged.")),
    "order_cancelled": _plain(lambda words: words.plain("This order was cancelled. Nothing was charged.")),
    "payment_closed": _plain(
        lambda words: words.plain(
            "This invoice is out of date: the order is to be paid in another way. Nothing was charged. "
            "Please pay from the order."
        )
    ),
    "already_paid": _plain(lambda words: words.plain("This order is paid already.")),
    "being_paid": _plain(lambda words: words.plain("This order is being paid right now. Please wait a moment.")),
    "payment_method_not_offered": _plain(lambda words: words.plain("This way to pay is not offered here.")),
    "amount_mismatch": _plain(lambda words: words.plain("The amount is out of date. Please pay from the order anew.")),
    "not_deliverable": _not_deliverable,
    "too_heavy": _too_heavy,
    "price_awaited": _price_awaited,
    "address_needed": _plain(lambda words: words.plain("We need a delivery address first.")),
    "refund_too_large": _refund_too_large,
    "goods_without_money": _goods_without_money,
    "refund_whole_only": _refund_whole_only,
    "nothing_to_refund": nothing_to_refund,
    "under_dispute": _plain(
        lambda words: words.plain(
            "The customer’s bank disputes this payment and decides where the money goes. Given back now, it could go "
            "twice. If the shop wins, it can be given back here."
        )
    ),
    "provider_unavailable": _provider_unavailable,
    "too_many_messages": _too_many_messages,
    "sku_taken": _sku_taken,
    "not_bought": _plain(lambda words: words.plain("Only who bought it can review it.")),
    "stock_below_holds": _stock_below_holds,
    "stock_is_units": _plain(
        lambda words: words.plain("It is sold in keys: its stock is the keys that are there. Add or take out some.")
    ),
    "unit_moved": _plain(lambda words: words.plain("This key is not where it was. Please open the order anew.")),
    "is_operator": _is_operator,
    "too_many_unpaid": _too_many_unpaid,
    "too_late_to_switch": _plain(
        lambda words: words.plain(
            "There is not enough time left on this order for that way to pay. Choose another one, or cancel it and "
            "order again."
        )
    ),
    "too_many_attempts": _plain(
        lambda words: words.plain("This order was opened for payment too often. Please cancel it and order again.")
    ),
    "invitation_over": _invitation_over,
    "not_served": _not_served,
    "not_permitted": _plain(lambda words: words.plain("You may not do this here. Please ask the seller.")),
    "own_goods": _plain(lambda words: words.plain("You sell this yourself, so your stars would not count.")),
    "promotion_over": _plain(
        lambda words: words.plain("The discount is used up or over. This is what the order costs now.")
    ),
    "credit_changed": _plain(
        lambda words: words.plain("Your credit is not what it was. Please look at the order again.")
    ),
    "credit_not_here": _plain(lambda words: words.plain("Stars go back as Stars: there is no credit in them.")),
    "card_refused": _plain(lambda words: words.plain("This gift card does not hold.")),
    "discount_changed": _plain(
        lambda words: words.plain("The discount has changed. This is what the order costs now.")
    ),
    "code_refused": _plain(lambda words: words.plain("This promo code does not count.")),
    "too_many_codes": _plain(
        lambda words: words.plain("These were too many wrong codes. Please try again in an hour.")
    ),
    "code_taken": _plain(lambda words: words.plain("This code is taken. Please choose another one.")),
    "too_many_codes_made": lambda words, data: words.plain_n(
        "At most {n} code can be made now.", "At most {n} codes can be made now.", data.get("limit", 0)
    ),
    "cannot_read": hint,
    "cannot_return": cannot_return,
    "return_moved": return_moved,
    "sold_monthly": sold_monthly,
    "subscribed_already": subscribed_already,
    "cannot_be_monthly": cannot_be_monthly,
}
