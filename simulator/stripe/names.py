"""The parameter names that Stripe knows (API 2026-10-28.endive), so that any other is refused as Stripe refuses it.

A key of a table is the place of a hash (`""` is the request itself, `line_items[]` an element of a list);
hashes without a row are free-form or are not looked into.
"""

from simulator.stripe.errors import invalid
from simulator.stripe.forms import Tree

Names = dict[str, str]

SESSION_CREATE: Names = {
    "": """
        adaptive_pricing after_expiration allow_promotion_codes allowed_payment_method_types automatic_tax
        billing_address_collection branding_settings cancel_url client_reference_id consent_collection currency
        custom_fields custom_text customer customer_account customer_creation customer_email customer_update
        discounts excluded_payment_method_types expand expires_at integration_identifier invoice_creation
        line_items locale managed_payments metadata mode name_collection optional_items origin_context
        payment_intent_data payment_method_collection payment_method_configuration payment_method_data
        payment_method_options permissions phone_number_collection redirect_on_completion return_url
        saved_payment_method_options setup_intent_data shipping_address_collection shipping_options submit_type
        subscription_data success_url tax_id_collection ui_mode wallet_options
    """,
    "discounts[]": "coupon promotion_code",
    "line_items[]": "adjustable_quantity metadata price price_data quantity tax_rates",
    "line_items[].adjustable_quantity": "enabled maximum minimum",
    "line_items[].price_data": """
        currency product product_data recurring tax_behavior unit_amount unit_amount_decimal
    """,
    "line_items[].price_data.product_data": """
        description images metadata name tax_code tax_details unit_label
    """,
    "line_items[].price_data.recurring": "interval interval_count",
    "payment_intent_data": """
        application_fee_amount capture_method description metadata on_behalf_of receipt_email setup_future_usage
        shipping statement_descriptor statement_descriptor_suffix transfer_data transfer_group
    """,
    "payment_intent_data.shipping": "address carrier name phone tracking_number",
    "payment_intent_data.shipping.address": "city country line1 line2 postal_code state",
    "payment_intent_data.transfer_data": "amount destination",
    "phone_number_collection": "enabled",
    "shipping_address_collection": "allowed_countries",
    "shipping_options[]": "shipping_rate shipping_rate_data",
    "shipping_options[].shipping_rate_data": """
        delivery_estimate display_name fixed_amount metadata tax_behavior tax_code type
    """,
    "shipping_options[].shipping_rate_data.delivery_estimate": "maximum minimum",
    "shipping_options[].shipping_rate_data.delivery_estimate.maximum": "unit value",
    "shipping_options[].shipping_rate_data.delivery_estimate.minimum": "unit value",
    "shipping_options[].shipping_rate_data.fixed_amount": "amount currency currency_options",
}
_PAGE = "created ending_before expand limit starting_after"
_SPAN = {"created": "gt gte lt lte"}

RETRIEVE: Names = {"": "expand"}
INTENT_RETRIEVE: Names = {"": "client_secret expand"}
NOTES: Names = {"": "expand metadata"}
PLAIN_LIST: Names = {"": "ending_before expand limit starting_after"}
REFUND_CREATE: Names = {
    "": """
        amount charge currency customer expand instructions_email metadata origin payment_intent reason
        refund_application_fee reverse_transfer
    """
}
SESSION_LIST: Names = {
    "": f"{_PAGE} customer customer_account customer_details payment_intent payment_link status subscription",
    "customer_details": "email",
    **_SPAN,
}
INTENT_LIST: Names = {"": f"{_PAGE} customer customer_account", **_SPAN}
CHARGE_LIST: Names = {"": f"{_PAGE} customer payment_intent transfer_group", **_SPAN}
REFUND_LIST: Names = {"": f"{_PAGE} charge payment_intent", **_SPAN}
DISPUTE_LIST: Names = {"": f"{_PAGE} charge payment_intent", **_SPAN}
EVENT_LIST: Names = {"": f"{_PAGE} delivery_success type types", **_SPAN}
BALANCE_LIST: Names = {"": f"{_PAGE} currency payout source type", **_SPAN}


def check(tree: Tree, names: Names) -> None:
    """Refuse parameters that the endpoint does not know, all of them in one answer."""
    unknown = _unknown(tree, names, "", "")
    if unknown:
        plural = "s" if len(unknown) > 1 else ""
        raise invalid(f"Received unknown parameter{plural}: {', '.join(unknown)}", unknown[0], "parameter_unknown")


def _unknown(tree: Tree, names: Names, place: str, shown: str) -> list[str]:
    found: list[str] = []
    known = names[place].split()
    for key, value in tree.items():
        name = f"{shown}[{key}]" if shown else key
        if key not in known:
            found.append(name)
            continue
        if isinstance(value, str):
            continue
        below = f"{place}.{key}" if place else key
        if below in names:
            found += _unknown(value, names, below, name)
        elif f"{below}[]" in names:
            for index, element in value.items():
                if isinstance(element, dict):
                    found += _unknown(element, names, f"{below}[]", f"{name}[{index}]")
    return found
