"""Every refusal: a class with a code and its data; words are chosen by the room that speaks.

Refusal
 ├─ NotFound          there is no such thing, or it is not yours: the asker cannot tell which
 ├─ Conflict          the world moved on: sold out, already paid, already shipped
 └─ Invalid           what was given cannot be used
"""

from typing import Any, ClassVar


class Refusal(Exception):  # noqa: N818  a refusal is a normal answer, not an error
    """A polite no; `data` is what the words need."""

    code: ClassVar[str] = "refused"

    def __init__(self, **data: Any) -> None:
        self.data: dict[str, Any] = data
        super().__init__(f"{self.code} {data}")


class NotFound(Refusal):
    """There is no such thing, or it belongs to somebody else."""

    code = "not_found"


class Conflict(Refusal):
    """The world moved on."""

    code = "conflict"


class Invalid(Refusal):
    """What was given cannot be used."""

    code = "invalid"


class OutOfStock(Conflict):
    """Data: product (name), left (units that can still be promised), product_id."""

    code = "out_of_stock"


class NotForSale(Conflict):
    """The product was archived or is only a parent of variants. Data: product (name)."""

    code = "not_for_sale"


class PriceChanged(Conflict):
    """A price moved since the customer last saw it. Data: product, old, new (minor units), currency."""

    code = "price_changed"


class CartEmpty(Conflict):
    """Nothing to check out."""

    code = "cart_empty"


class CartChanged(Conflict):
    """The cart is not the one whose summary was confirmed."""

    code = "cart_changed"


class TooMany(Invalid):
    """More units than one cart line may hold. Data: limit."""

    code = "too_many"


class WrongStatus(Conflict):
    """The order cannot make this move from where it stands (shop/orders/refusals.py).

    Data: order_id, status, wanted, waits_for ("address", "seller", "money" or None), digital, by_customer.
    """

    code = "wrong_status"


class OrderExpired(Conflict):
    """The hold ran out before the payment. Data: order_id."""

    code = "order_expired"


class OrderCancelled(Conflict):
    """Somebody cancelled the order before the payment. Data: order_id."""

    code = "order_cancelled"


class PaymentClosed(Conflict):
    """The order goes on with another way to pay, or at another price. Data: order_id."""

    code = "payment_closed"


class AlreadyPaid(Conflict):
    """Data: order_id."""

    code = "already_paid"


class BeingPaid(Conflict):
    """Another payment sheet of the same order was approved moments ago. Data: order_id."""

    code = "being_paid"


class PaymentMethodNotOffered(Conflict):
    """The method is not enabled, or not allowed for these goods. Data: method."""

    code = "payment_method_not_offered"


class AmountMismatch(Conflict):
    """What would be charged is not what the order costs. Data: order_id."""

    code = "amount_mismatch"


class NotDeliverable(Conflict):
    """No shipping option serves the address. Data: country."""

    code = "not_deliverable"


class AddressNeeded(Conflict):
    """Physical goods need an address before this step. Data: order_id."""

    code = "address_needed"


class RefundTooLarge(Conflict):
    """More than what is left to give back. Data: order_id, left (minor units), currency."""

    code = "refund_too_large"


class RefundWholeOnly(Conflict):
    """The provider gives back the whole charge or nothing. Data: order_id, amount (minor units), currency."""

    code = "refund_whole_only"


class GoodsWithoutMoney(Conflict):
    """A part of the money does not say which goods came back. Data: order_id, left (minor units), currency."""

    code = "goods_without_money"


class NothingToRefund(Conflict):
    """No captured money is left on the order. Data: order_id, never_paid."""

    code = "nothing_to_refund"


class UnderDispute(Conflict):
    """The customer's bank is deciding about the order's money; given back now, it could go twice. Data: order_id."""

    code = "under_dispute"


class ProviderUnavailable(Conflict):
    """The provider did not answer; nothing was charged. Data: provider, broken (asking again will not help)."""

    code = "provider_unavailable"


class TooManyMessages(Conflict):
    """The seller has enough to read. Data: seller (name), order_id (None: no order), waiting (0: enough for a day)."""

    code = "too_many_messages"


class SkuTaken(Conflict):
    """The seller already has a product with this SKU. Data: sku."""

    code = "sku_taken"


class NotBought(Conflict):
    """Only who bought it (and got it) may review it. Data: product_id."""

    code = "not_bought"


class StockWouldGoNegative(Conflict):
    """A correction below what pending orders hold. Data: product, reserved."""

    code = "stock_below_holds"


class StockIsUnits(Conflict):
    """The stock is the keys that are there: it changes with them alone. Data: product (name), product_id."""

    code = "stock_is_units"


class UnitMoved(Conflict):
    """The key is not where it was: replaced, revoked or put back meanwhile. Data: unit_id."""

    code = "unit_moved"


class CannotRead(Invalid):
    """The text is not what was asked for. Data: field, given, hint."""

    code = "cannot_read"


class IsOperator(Conflict):
    """Operators are named in the configuration, and there alone their rights end. Data: name."""

    code = "is_operator"


class TooManyUnpaid(Conflict):
    """Unpaid orders hold stock, and a person holds no more than this. Data: limit (orders, units, lines), most."""

    code = "too_many_unpaid"


class TooLateToSwitch(Conflict):
    """What is left of the order's time is shorter than this way to pay takes. Data: order_id, method."""

    code = "too_late_to_switch"


class TooManyAttempts(Conflict):
    """The order was opened for payment too often. Data: order_id."""

    code = "too_many_attempts"


class NotServed(Conflict):
    """The seller, or the whole shop, serves this person no more. Data: seller (name; empty: the whole shop)."""

    code = "not_served"


class InvitationOver(Conflict):
    """The link takes nobody in, or not this person. Data: why (over, sells, employed)."""

    code = "invitation_over"


class NotPermitted(Refusal):
    """Who works for a seller may not do this. Data: wanted (the permission that it takes)."""

    code = "not_permitted"


class OwnGoods(Conflict):
    """Who sells it does not rate it. Data: product_id."""

    code = "own_goods"


class PromotionOver(Conflict):
    """A promotion was used up or ended a moment ago. Data: code (or the name of the offer; may be empty)."""

    code = "promotion_over"


class DiscountChanged(Conflict):
    """What is taken off an order is not what was shown."""

    code = "discount_changed"


class CodeRefused(Invalid):
    """A promo code does not hold. Data: code, why (unknown, over, not_yet, used_up, per_person, first_order)."""

    code = "code_refused"


class TooManyCodes(Conflict):
    """A person typed too many codes that there are not. Data: minutes."""

    code = "too_many_codes"


class CodeTaken(Conflict):
    """Another promotion of the shop has this code. Data: code."""

    code = "code_taken"


class TooManyCodesMade(Invalid):
    """More one-time codes than can be made at once. Data: limit."""

    code = "too_many_codes_made"
