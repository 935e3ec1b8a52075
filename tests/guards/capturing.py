"""The guards of what is paid at PayPal and Crypto Pay: asked for once, believed when it is true, given back once."""

from tests.guards.guard import Guard

_CRYPTO = "tests/payments/test_crypto.py::"
_PAYPAL = "tests/payments/test_paypal.py::"
_PAYPAL_HOOKS = "tests/payments/test_paypal_webhooks.py::"
_PAYPAL_REFUNDS = "tests/payments/test_paypal_refunds.py::"

CAPTURING = (
    Guard(
        "Nothing is taken before the gate agreed",
        "shop/payments/capturing.py",
        "        await must_be_payable(session, order, attempt, now=now)\n",
        "",
        _PAYPAL + "test_who_agrees_too_late_is_never_charged",
    ),
    Guard(
        "An order that changed is not charged the old sum",
        "shop/payments/capturing.py",
        "if (attempt.amount, attempt.currency) != (order.due, order.currency):",
        "if False:",
        _PAYPAL + "test_who_agrees_too_late_is_never_charged",
    ),
    Guard(
        "What the shop is asking for is not let go",
        "shop/payments/closing.py",
        "if _is_being_taken(attempt, provider, now=clock.now()):",
        "if False:",
        _PAYPAL + "test_while_the_money_is_being_asked_for_the_order_cannot_be_let_go",
    ),
    Guard(
        "PayPal’s capture decides, not its order",
        "payments/paypal_reading.py",
        '    "PENDING": EventKind.PENDING,\n',
        '    "PENDING": EventKind.PAID,\n',
        _PAYPAL + "test_money_that_is_under_way_holds_the_order_until_it_is_decided",
    ),
    Guard(
        "Asked again, PayPal hears the same id",
        "payments/paypal.py",
        '"/v2/checkout/orders", body, key=request.payload)',
        '"/v2/checkout/orders", body)',
        _PAYPAL + "test_a_lost_answer_leads_to_the_order_that_was_opened",
    ),
    Guard(
        "A refund is looked for at PayPal before it is made",
        "payments/paypal.py",
        "if order.tries > 1 and",
        "if order.tries > 99 and",
        _PAYPAL_REFUNDS + "test_a_refund_whose_answer_was_lost_is_looked_for_before_it_is_made_again",
    ),
    Guard(
        "PayPal’s signatures are verified",
        "payments/paypal.py",
        "        await self._verifier.verify(body, headers)\n",
        "",
        _PAYPAL_HOOKS + "test_only_what_paypal_signed_over_these_bytes_is_believed",
    ),
    Guard(
        "PayPal’s certificates come from PayPal",
        "payments/paypal_signature.py",
        "if not may_be_asked(url, self._api_url):",
        "if False:",
        _PAYPAL_HOOKS + "test_only_what_paypal_signed_over_these_bytes_is_believed",
    ),
    Guard(
        "An invoice is looked for at Crypto Pay before it is written",
        "payments/crypto.py",
        "found = await self._find(request.payload)",
        "found = None",
        _CRYPTO + "test_a_lost_answer_leads_to_the_invoice_that_was_written",
    ),
    Guard(
        "An invoice that is not paid pays nothing",
        "payments/crypto.py",
        '    if status != "paid":\n        return None\n',
        "",
        _CRYPTO + "test_an_invoice_that_is_not_paid_pays_nothing_whatever_is_told",
    ),
    Guard(
        "Crypto Pay’s signatures are verified",
        "payments/crypto.py",
        '            raise BadWebhook("not signed with our token")\n',
        "            pass\n",
        _CRYPTO + "test_what_is_not_signed_with_our_token_is_refused",
    ),
)
