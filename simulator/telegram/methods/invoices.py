"""sendInvoice and createInvoiceLink."""

from simulator.telegram.errors import bad_request
from simulator.telegram.invoices import FIELDS, read_invoice
from simulator.telegram.keyboards import Markup, read_markup
from simulator.telegram.messages import Message
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.methods.sending import COMMON, read_extra, read_reply, say
from simulator.telegram.subscriptions import PERIOD
from simulator.telegram.wire import Json, JsonObject


def _pay_keyboard(markup: Markup) -> list[list[JsonObject]]:
    """The given keyboard, whose first button must be the one that pays, or Telegram's own."""
    if markup.inline is None:
        return [[{"text": "Pay", "pay": True}]]
    others = [button for i, row in enumerate(markup.inline) for j, button in enumerate(row) if i or j]
    if not markup.inline[0][0].get("pay"):
        raise bad_request("REPLY_MARKUP_BUY_EMPTY")
    if any(button.get("pay") for button in others):
        raise bad_request("BUTTON_TYPE_INVALID")
    return markup.inline


@method("sendInvoice", f"{COMMON} {FIELDS} start_parameter")
async def send_invoice(call: Call) -> Json:
    """An invoice that can be paid in this chat."""
    chat = call.open_chat()
    invoice = read_invoice(call.parameters)
    keyboard = _pay_keyboard(read_markup(call.parameters))
    message = Message(
        chat.take_id(),
        True,
        call.world.seconds(),
        invoice=invoice,
        reply_to=read_reply(call, chat),
        extra=read_extra(call),
    )
    return say(call, chat, message, Markup(inline=keyboard))


@method("createInvoiceLink", f"business_connection_id subscription_period {FIELDS}")
async def create_invoice_link(call: Call) -> Json:
    """An address where anybody can pay, any number of times."""
    invoice = read_invoice(call.parameters)
    period = call.parameters.integer("subscription_period")
    if period and (period != PERIOD or invoice.currency != "XTR"):
        raise bad_request("SUBSCRIPTION_PERIOD_INVALID")
    invoice.period = period
    slug = call.world.fresh_slug()
    call.bot.invoice_links[slug] = invoice
    return f"https://t.me/${slug}"
