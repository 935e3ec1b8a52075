"""The guards of receipts: every payment has one, and no number is used twice or left out."""

from tests.guards.guard import Guard

_RECEIPTS = "tests/payments/test_receipts.py::"

RECEIPTS = (
    Guard(
        "Receipts: the next number is one conditional UPDATE",
        "shop/receipts/numbers.py",
        "    if not await changed(session, _NEXT, mine):\n",
        "    if not await session.scalar(_LAST, mine):\n",
        _RECEIPTS + "test_fifty_at_once_have_the_numbers_from_one_to_fifty",
        "postgresql",
    ),
    Guard(
        "Receipts: written with the money",
        "shop/payments/captures.py",
        "        await receipts.write_sale(session, order, tip=tip, policy=policy, now=now)\n",
        "",
        _RECEIPTS + "test_a_payment_has_one_receipt_however_often_it_is_told",
    ),
    Guard(
        "Receipts: what was never a sale is never a refund of it",
        "shop/receipts/issuing.py",
        "    if refund.actor == NOT_OF_THE_SALE:\n        return None\n",
        "",
        _RECEIPTS + "test_a_charge_that_no_order_keeps_is_on_no_receipt",
    ),
)
