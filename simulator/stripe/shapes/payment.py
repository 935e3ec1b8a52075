"""Payment intents and charges as Stripe's JSON."""

from simulator.stripe.records import Charge, Intent, Shipping
from simulator.stripe.shapes import Json

_EMPTY_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))


def intent_json(intent: Intent) -> Json:
    """Return the intent as `GET /v1/payment_intents/:id` does."""
    empty = (
        "application application_fee_amount automatic_payment_methods canceled_at cancellation_reason customer "
        "customer_account excluded_payment_method_types on_behalf_of payment_method_configuration_details processing "
        "review setup_future_usage source statement_descriptor statement_descriptor_suffix transfer_data transfer_group"
    )
    waiting = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect"}}
    return {
        "id": intent.id,
        "object": "payment_intent",
        **dict.fromkeys(empty.split()),
        "amount": intent.amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": intent.amount if intent.status == "succeeded" else 0,
        "capture_method": "automatic_async",
        "client_secret": f"{intent.id}_secret_pretend",
        "confirmation_method": "automatic",
        "created": intent.created,
        "currency": intent.currency,
        "description": intent.description,
        "last_payment_error": intent.last_error,
        "latest_charge": intent.latest_charge,
        "livemode": False,
        "metadata": dict(intent.metadata),
        "next_action": waiting if intent.status == "requires_action" else None,
        "payment_method": intent.method_id if intent.status != "requires_payment_method" else None,
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card", "sepa_debit"],
        "receipt_email": None,
        "shipping": _shipping(intent.shipping),
        "status": intent.status,
    }


def charge_json(charge: Charge, refunded: int) -> Json:
    """Return the charge as `GET /v1/charges/:id` does; `refunded` is what went back so far, in minor units."""
    paid = charge.status == "succeeded"
    empty = (
        "application application_fee application_fee_amount customer failure_balance_transaction on_behalf_of "
        "receipt_email receipt_number review source source_transfer statement_descriptor "
        "statement_descriptor_suffix transfer_data transfer_group"
    )
    return {
        "id": charge.id,
        "object": "charge",
        **dict.fromkeys(empty.split()),
        "amount": charge.amount,
        "amount_captured": charge.amount if paid else 0,
        "amount_refunded": refunded,
        "balance_transaction": charge.balance_transaction,
        "billing_details": {
            "address": _EMPTY_ADDRESS | (charge.shipping.address if charge.shipping else {}),
            "email": charge.email,
            "name": charge.name,
            "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": "PRETEND SHOP",
        "captured": paid,
        "created": charge.created,
        "currency": charge.currency,
        "description": charge.description,
        "disputed": charge.disputed,
        "failure_code": "card_declined" if charge.failure else None,
        "failure_message": charge.failure,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(charge.metadata),
        "outcome": _outcome(charge),
        "paid": paid,
        "payment_intent": charge.payment_intent,
        "payment_method": charge.method_id,
        "payment_method_details": _method(charge),
        "receipt_url": charge.receipt or None,
        "refunded": paid and refunded == charge.amount,
        "shipping": _shipping(charge.shipping),
        "status": charge.status,
    }


def _outcome(charge: Charge) -> Json:
    declined = charge.status == "failed"
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if declined else "approved_by_network",
        "reason": charge.decline_code,
        "risk_level": "normal",
        "seller_message": "The bank did not return any further details." if declined else "Payment complete.",
        "type": "issuer_declined" if declined else "authorized",
    }


def _method(charge: Charge) -> Json:
    kind = charge.method.kind
    details: Json = {"last4": charge.method.last4, "country": "DE"}
    if kind == "card":
        details |= _card(charge)
    return {"type": kind, kind: details}


def _card(charge: Charge) -> Json:
    """Every field that Stripe's own types say is always there, null where there is nothing to tell."""
    paid = charge.status == "succeeded"
    return {
        "amount_authorized": charge.amount if paid else None,
        "authorization_code": "123456" if paid else None,
        "brand": charge.method.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "electronic_commerce_indicator": None,
        "exp_month": 12,
        "exp_year": 2034,
        "funding": "credit",
        "installments": None,
        "mandate": None,
        "network": charge.method.brand,
        "network_transaction_id": "pretend0000000001" if paid else None,
        "regulated_status": "unregulated",
        "three_d_secure": None,
        "transaction_link_id": None,
        "wallet": None,
    }


def _shipping(shipping: Shipping | None) -> Json | None:
    if shipping is None:
        return None
    return {
        "address": _EMPTY_ADDRESS | shipping.address,
        "carrier": None,
        "name": shipping.name,
        "phone": None,
        "tracking_number": None,
    }
