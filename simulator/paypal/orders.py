"""The life of an order: the payer agrees or does not, the merchant captures, time passes."""

from simulator.paypal import disputes
from simulator.paypal.account import Account
from simulator.paypal.errors import PayPalError, new_id, not_found, refused
from simulator.paypal.records import Capture, CaptureStatus, Json, Order
from simulator.paypal.shapes import approval_link, capture_json, iso, order_json
from simulator.paypal.ways import find_way

APPROVAL_SECONDS = 3 * 3600  # so long a payer may agree, and so long an approval waits for its capture
_AT_ONCE: dict[str, tuple[CaptureStatus, str | None, CaptureStatus | None]] = {
    "pays": ("COMPLETED", None, None),
    "disputed": ("COMPLETED", None, None),
    "pending": ("PENDING", "ECHECK", "COMPLETED"),
    "denied": ("PENDING", "ECHECK", "DECLINED"),
    "review": ("PENDING", "PENDING_REVIEW", None),
    "capture_declined": ("DECLINED", None, None),
}


def show(account: Account, order: Order, *, minimal: bool = False) -> Json:
    """Return an order as the API does."""
    capture = account.captures[order.capture] if order.capture else None
    refunds = account.refunds_of(capture) if capture else []
    return order_json(order, capture, refunds, minimal=minimal)


def find(account: Account, identifier: str) -> Order:
    """Find an order that is not over: PayPal forgets those that nobody agreed to."""
    sweep(account)
    order = account.order(identifier)
    if order.capture is None and order.created + APPROVAL_SECONDS * (2 if order.approved else 1) <= account.now():
        raise not_found()
    return order


def approve(account: Account, identifier: str, way: str) -> Order:
    """The payer agrees, paying this way; agreeing again changes nothing but the way."""
    order = find(account, identifier)
    find_way(way)
    if order.status == "COMPLETED":
        raise refused("ORDER_ALREADY_COMPLETED", "The order cannot be approved any more.")
    again = order.status == "APPROVED"
    order.way, order.status, order.approved = way, "APPROVED", account.now()
    order.updated = account.now()
    if not again:
        tell_approved(account, order)
    return order


def tell_approved(account: Account, order: Order) -> None:
    """Record `CHECKOUT.ORDER.APPROVED`."""
    account.record(
        "CHECKOUT.ORDER.APPROVED", "checkout-order", "An order has been approved by buyer", show(account, order)
    )


def capture(account: Account, identifier: str) -> Order:
    """`POST /v2/checkout/orders/:id/capture`: take the money, if the payer agreed."""
    order = find(account, identifier)
    if order.status == "COMPLETED":
        raise refused(
            "ORDER_ALREADY_CAPTURED",
            "Order already captured. If 'intent=CAPTURE' only one capture per order is allowed.",
        )
    if order.status != "APPROVED" or order.way is None:
        raise refused("ORDER_NOT_APPROVED", "Payer has not yet approved the Order for payment.")
    if order.invoice_id and any(
        other.capture and other.invoice_id == order.invoice_id for other in account.orders.values()
    ):
        raise refused("DUPLICATE_INVOICE_ID", "Duplicate Invoice ID detected.")
    if order.way == "declined":
        order.status, order.way, order.approved = "PAYER_ACTION_REQUIRED", None, None
        order.updated = account.now()
        raise PayPalError(
            "UNPROCESSABLE_ENTITY",
            "INSTRUMENT_DECLINED",
            "The instrument presented was either declined by the processor or bank.",
            links=({**approval_link(order), "rel": "redirect"},),
        )
    if order.way == "refused":
        raise refused("TRANSACTION_REFUSED", "The request was refused.")
    return _take(account, order)


def _take(account: Account, order: Order) -> Order:
    status, reason, becomes = _AT_ONCE[order.way or "pays"]
    now = account.now()
    taken = Capture(new_id(), now, now, order.id, order.amount, status, reason, becomes=becomes)
    if becomes is not None:
        taken.settles_at = now + account.settle_seconds
    account.captures[taken.id] = taken
    order.capture, order.status, order.updated = taken.id, "COMPLETED", now
    _tell(account, taken)
    if order.way == "disputed":
        disputes.open_dispute(account, taken.id, "UNAUTHORISED")
    return order


def settle(account: Account, identifier: str, *, succeeded: bool) -> Capture:
    """Let the bank, or PayPal's review, answer about a capture that was pending."""
    taken = account.capture(identifier)
    if taken.status != "PENDING":
        raise refused("CAPTURE_NOT_PENDING", "The capture is decided.")
    taken.status, taken.settles_at, taken.updated = "COMPLETED" if succeeded else "DECLINED", None, account.now()
    taken.reason = None
    _tell(account, taken)
    return taken


def sweep(account: Account) -> None:
    """Do everything whose time has come."""
    now = account.now()
    for taken in list(account.captures.values()):
        if taken.settles_at is not None and taken.settles_at <= now:
            settle(account, taken.id, succeeded=taken.becomes == "COMPLETED")
    for order in account.orders.values():
        if order.status == "APPROVED" and order.approved is not None and order.approved + APPROVAL_SECONDS <= now:
            order.status, order.way, order.updated = "PAYER_ACTION_REQUIRED", None, now
            account.record(
                "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
                "payment_approval",
                "A payment approval has been reversed.",
                {"order_id": order.id, "create_time": iso(now)},
            )


def _tell(account: Account, taken: Capture) -> None:
    order = account.orders[taken.order]
    kind = {"COMPLETED": "COMPLETED", "PENDING": "PENDING"}.get(taken.status, "DENIED")
    if taken.status == "DECLINED" and taken.becomes is None and taken.reason is None and taken.created == taken.updated:
        kind = "DECLINED"
    resource = capture_json(taken, order, whole=True)
    account.record(f"PAYMENT.CAPTURE.{kind}", "capture", f"A payment capture is {kind.lower()}", resource)
