"""answerShippingQuery and answerPreCheckoutQuery: what the bot says before money moves."""

from simulator.telegram.errors import bad_request
from simulator.telegram.invoices import read_prices
from simulator.telegram.methods.callbacks import take_query
from simulator.telegram.methods.registry import Call, method
from simulator.telegram.wire import Json, JsonObject, as_list, as_object, as_text


def _options(value: Json) -> list[JsonObject]:
    rows = as_list(value)
    if rows is None:
        raise bad_request("can't parse shipping options: Expected an Array of shipping options")
    options: list[JsonObject] = []
    for row in rows:
        option = as_object(row)
        if option is None:
            raise bad_request("can't parse shipping option: ShippingOption must be an Object")
        option_id, title = as_text(option.get("id")), as_text(option.get("title"))
        if not option_id:
            raise bad_request("can't parse shipping option: ShippingOption identifier must be non-empty")
        if not title:
            raise bad_request("can't parse shipping option: ShippingOption title must be non-empty")
        prices: list[JsonObject] = [
            {"label": price.label, "amount": price.amount} for price in read_prices(option.get("prices"))
        ]
        options.append({"id": option_id, "title": title, "prices": prices})
    if not options:
        raise bad_request("there must be at least one shipping option")
    if len({option["id"] for option in options}) < len(options):
        raise bad_request("SHIPPING_OPTION_DUPLICATE")
    return options


@method("answerShippingQuery", "shipping_query_id ok shipping_options error_message")
async def answer_shipping_query(call: Call) -> Json:
    """The ways to ship to an address, or why there are none."""
    query = take_query(call, "shipping_query_id", "shipping")
    if call.parameters.flag("ok"):
        value = call.parameters.structure("shipping_options", "can't parse shipping options JSON object")
        query.close({"ok": True, "options": _options(value)})
    else:
        query.close({"ok": False, "error": call.parameters.required("error_message")})
    call.world.settled.notify()
    return True


@method("answerPreCheckoutQuery", "pre_checkout_query_id ok error_message")
async def answer_pre_checkout_query(call: Call) -> Json:
    """Whether the payment may go on."""
    query = take_query(call, "pre_checkout_query_id", "pre_checkout")
    if call.parameters.flag("ok"):
        query.close({"ok": True})
    else:
        query.close({"ok": False, "error": call.parameters.required("error_message")})
    call.world.settled.notify()
    return True
