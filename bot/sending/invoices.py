"""What Telegram is told about an invoice."""

from typing import Any

from bot.sending.cutting import DESCRIPTION, TITLE, fit_plain
from bot.sending.markup import keyboard_json
from bot.sending.reply import Invoice


def invoice_data(chat_id: int, invoice: Invoice) -> dict[str, Any]:
    """Everything but the picture, which Telegram may refuse."""
    data: dict[str, Any] = {
        "chat_id": chat_id,
        "title": fit_plain(invoice.title, TITLE),
        "description": fit_plain(invoice.description, DESCRIPTION),
        "payload": invoice.payload,
        "provider_token": invoice.provider_token,
        "currency": invoice.currency,
        "prices": [{"label": label, "amount": amount} for label, amount in invoice.prices],
        "start_parameter": invoice.start_parameter,
    }
    if invoice.keyboard:
        data["reply_markup"] = keyboard_json(invoice.keyboard)
    if invoice.max_tip_amount:
        data["max_tip_amount"] = invoice.max_tip_amount
        data["suggested_tip_amounts"] = list(invoice.suggested_tip_amounts)
    if invoice.provider_data is not None:
        data |= {"provider_data": invoice.provider_data, "need_email": True, "send_email_to_provider": True}
    for name in ("need_shipping_address", "need_name", "need_phone_number", "is_flexible"):
        if getattr(invoice, name):
            data[name] = True
    return data
