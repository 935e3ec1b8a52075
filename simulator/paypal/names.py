"""The fields that each part of a request may have; the judge compares them with PayPal's own package."""

from collections.abc import Mapping

from simulator.paypal.errors import invalid

ORDER = "intent processing_instruction payer purchase_units payment_source application_context"
UNIT = (
    "reference_id amount payee payment_instruction description custom_id invoice_id soft_descriptor items shipping "
    "supplementary_data"
)
AMOUNT = "currency_code value breakdown"
BREAKDOWN = "item_total shipping handling tax_total insurance shipping_discount discount"
ITEM = "name unit_amount tax quantity description sku url category image_url upc billing_plan"
WALLET = (
    "vault_id email_address name phone birth_date tax_info address attributes experience_context billing_agreement_id "
    "stored_credential"
)
EXPERIENCE = (
    "brand_name locale shipping_preference contact_preference return_url cancel_url app_switch_context landing_page "
    "user_action payment_method_preference order_update_callback_config"
)
REFUND = "amount custom_id invoice_id note_to_payer payment_instruction"


def part(body: object, field: str, known: str) -> dict[str, object]:
    """Return this part of a request; refuses fields that PayPal does not know there."""
    if not isinstance(body, Mapping):
        raise invalid(field, "MALFORMED_REQUEST_JSON", "An object is expected here.")
    if unknown := set(body) - set(known.split()):
        raise invalid(f"{field}/{min(unknown)}", "UNKNOWN_FIELD", "The pretend PayPal knows no such field.")
    return dict(body)


def text(body: Mapping[str, object], field: str, name: str, longest: int) -> str | None:
    """Return a text of a part; refuses one that is too long, or empty, or no text."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise invalid(f"{field}/{name}", "INVALID_PARAMETER_SYNTAX", "A string is expected here.", value)
    if not 1 <= len(value) <= longest:
        raise invalid(f"{field}/{name}", "INVALID_STRING_LENGTH", "The value of a field is too short or long.", value)
    return value
