"""A Checkout Session and its lines as Stripe's JSON."""

from simulator.stripe.records import Line, Session, ShippingRate
from simulator.stripe.shapes import Json
from simulator.stripe.shapes.listing import page_of


def session_json(session: Session) -> Json:
    """Return the session as `GET /v1/checkout/sessions/:id` does (lines only on request, as there)."""
    return {
        "id": session.id,
        "object": "checkout.session",
        **_fixed(),
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "amount_subtotal": session.subtotal,
        "amount_total": session.total,
        "cancel_url": session.cancel_url,
        "client_reference_id": session.client_reference_id,
        "collected_information": {"business_name": None, "individual_name": None, "shipping_details": _where(session)},
        "created": session.created,
        "currency": session.currency,
        "customer_details": _who(session),
        "customer_email": session.customer_email,
        "expires_at": session.expires_at,
        "locale": session.locale,
        "metadata": dict(session.metadata),
        "payment_intent": session.payment_intent,
        "payment_method_types": list(session.method_kinds),
        "payment_status": session.payment_status,
        "phone_number_collection": {"enabled": session.phone},
        "shipping_address_collection": {"allowed_countries": session.countries} if session.countries else None,
        "shipping_cost": _shipping_cost(session),
        "shipping_options": [{"shipping_amount": rate.amount, "shipping_rate": rate.id} for rate in session.rates],
        "status": session.status,
        "submit_type": session.submit_type,
        "success_url": session.success_url,
        "total_details": {"amount_discount": 0, "amount_shipping": session.shipping_amount, "amount_tax": 0},
        "url": session.url if session.status == "open" else None,
    }


def lines_json(session: Session) -> Json:
    """Return the session's lines as a list object."""
    lines = [_line(line, session) for line in session.lines]
    return page_of(lines, f"/v1/checkout/sessions/{session.id}/line_items")


def rate_json(rate: ShippingRate, session: Session) -> Json:
    """Return one delivery offer as a ShippingRate object."""
    return {
        "id": rate.id,
        "object": "shipping_rate",
        "active": True,
        "created": session.created,
        "delivery_estimate": rate.estimate,
        "display_name": rate.name,
        "fixed_amount": {"amount": rate.amount, "currency": session.currency},
        "livemode": False,
        "metadata": rate.metadata,
        "tax_behavior": "unspecified",
        "tax_code": None,
        "type": "fixed_amount",
    }


def _line(line: Line, session: Session) -> Json:
    return {
        "id": line.id,
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": line.amount,
        "amount_tax": 0,
        "amount_total": line.amount,
        "currency": session.currency,
        "description": line.name,
        "metadata": dict(line.metadata),
        "price": {
            "id": line.price,
            "object": "price",
            "active": False,
            "billing_scheme": "per_unit",
            "created": session.created,
            "currency": session.currency,
            "custom_unit_amount": None,
            "livemode": False,
            "lookup_key": None,
            "metadata": {},
            "nickname": None,
            "product": line.product,
            "recurring": None,
            "tax_behavior": "unspecified",
            "tiers_mode": None,
            "transform_quantity": None,
            "type": "one_time",
            "unit_amount": line.unit_amount,
            "unit_amount_decimal": str(line.unit_amount),
        },
        "quantity": line.quantity,
    }


def _who(session: Session) -> Json | None:
    if session.email is None and session.customer_email is None:
        return None
    address = session.shipping.address if session.shipping else None
    return {
        "address": address,
        "business_name": None,
        "email": session.email or session.customer_email,
        "individual_name": None,
        "name": session.name,
        "phone": session.phone_number,
        "tax_exempt": "none",
        "tax_ids": None,
    }


def _where(session: Session) -> Json | None:
    if session.shipping is None:
        return None
    return {"name": session.shipping.name, "address": session.shipping.address}


def _shipping_cost(session: Session) -> Json | None:
    rate = session.chosen_rate or (session.rates[0] if session.rates else None)
    if rate is None:
        return None
    return {
        "amount_subtotal": rate.amount,
        "amount_tax": 0,
        "amount_total": rate.amount,
        "shipping_rate": rate.id,
    }


def _fixed() -> Json:
    """Fields that never vary here, because what they tell is not simulated."""
    empty = (
        "allow_promotion_codes allowed_payment_method_types billing_address_collection client_secret "
        "consent consent_collection currency_conversion customer customer_account customer_creation "
        "integration_identifier invoice invoice_creation optional_items "
        "origin_context payment_link payment_method_configuration_details permissions "
        "recovered_from saved_payment_method_options setup_intent subscription wallet_options"
    )
    return {
        **dict.fromkeys(empty.split()),
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [],
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "discounts": [],
        "livemode": False,
        "managed_payments": {"enabled": False},
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "ui_mode": "hosted_page",
    }
