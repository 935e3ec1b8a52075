"""Opening an order: everything PayPal checks about its amounts, and where the payer is led."""

import re
from decimal import Decimal

from simulator.paypal import names
from simulator.paypal.account import Account
from simulator.paypal.errors import invalid, missing, new_id, refused
from simulator.paypal.money import Money, read_money
from simulator.paypal.records import Json, Order

_MINUS = ("shipping_discount", "discount")
_PREFERENCES = ("GET_FROM_FILE", "NO_SHIPPING", "SET_PROVIDED_ADDRESS")
_LOCALE = re.compile(r"[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}))?")


def create(account: Account, body: object, pages: str) -> Order:
    """`POST /v2/checkout/orders` with `intent: CAPTURE` and one purchase unit."""
    order = names.part(body, "", names.ORDER)
    if order.get("intent") is None:
        raise missing("/intent")
    if order["intent"] != "CAPTURE":
        raise invalid("/intent", "NOT_SIMULATED", "The pretend PayPal captures only.", order["intent"])
    units = order.get("purchase_units")
    if not isinstance(units, list) or not units:
        raise missing("/purchase_units")
    if len(units) > 1:
        raise invalid("/purchase_units", "NOT_SIMULATED", "The pretend PayPal takes one purchase unit.")
    field = "/purchase_units/@reference_id=='default'"
    unit = names.part(units[0], field, names.UNIT)
    amount = _amount(unit, field)
    names.text(unit, field, "description", 127)
    experience = _experience(order)
    identifier = new_id()
    now = account.now()
    opened = Order(
        id=identifier,
        created=now,
        updated=now,
        amount=amount,
        unit={"reference_id": "default"} | unit,
        return_url=str(experience.get("return_url") or ""),
        cancel_url=str(experience.get("cancel_url") or ""),
        page=f"{pages}/checkoutnow/{identifier}",
        wallet=bool(order.get("payment_source")),
        status="PAYER_ACTION_REQUIRED" if order.get("payment_source") else "CREATED",
        custom_id=names.text(unit, field, "custom_id", 255),
        invoice_id=names.text(unit, field, "invoice_id", 127),
    )
    account.orders[identifier] = opened
    return opened


def _experience(order: Json) -> Json:
    """How the payer is led: from the payment source, or from the older application context."""
    source = order.get("payment_source")
    if not source:
        older = order.get("application_context")
        return dict(older) if isinstance(older, dict) else {}
    wallet = names.part(
        names.part(source, "/payment_source", "paypal").get("paypal"), "/payment_source/paypal", names.WALLET
    )
    field = "/payment_source/paypal/experience_context"
    experience = names.part(wallet.get("experience_context") or {}, field, names.EXPERIENCE)
    names.text(experience, field, "brand_name", 127)
    preference = experience.get("shipping_preference", "GET_FROM_FILE")
    if preference not in _PREFERENCES:
        raise invalid(f"{field}/shipping_preference", "INVALID_PARAMETER_VALUE", "No such preference.", preference)
    if experience.get("user_action", "CONTINUE") not in ("CONTINUE", "PAY_NOW"):
        raise invalid(f"{field}/user_action", "INVALID_PARAMETER_VALUE", "No such action.", experience["user_action"])
    locale = experience.get("locale")
    if locale is not None and not _LOCALE.fullmatch(str(locale)):
        raise invalid(f"{field}/locale", "INVALID_PARAMETER_SYNTAX", "The value does not conform.", locale)
    for name in ("return_url", "cancel_url"):
        url = experience.get(name)
        if url is not None and not str(url).startswith(("https://", "http://")):
            raise invalid(f"{field}/{name}", "INVALID_PARAMETER_SYNTAX", "The value does not conform.", url)
    return experience


def _amount(unit: Json, field: str) -> Money:
    """The total; its breakdown and the items must add up to it."""
    amount = read_money(unit.get("amount"), f"{field}/amount")
    raw = unit["amount"]
    breakdown = raw.get("breakdown") if isinstance(raw, dict) else None
    parts: dict[str, Money] = {}
    if breakdown is not None:
        known = names.part(breakdown, f"{field}/amount/breakdown", names.BREAKDOWN)
        parts = {name: read_money(sum_, f"{field}/amount/breakdown/{name}", zero=True) for name, sum_ in known.items()}
        if any(part.currency != amount.currency for part in parts.values()):
            raise refused("CURRENCY_MISMATCH", "All amounts must have one currency.", field=f"{field}/amount")
        total = sum((-part.value if name in _MINUS else part.value for name, part in parts.items()), Decimal())
        if total != amount.value:
            raise refused(
                "AMOUNT_MISMATCH",
                "Should equal item_total + tax_total + shipping + handling + insurance - shipping_discount - discount.",
                field=f"{field}/amount/value",
                value=str(amount.value),
            )
    _items(unit, field, amount, parts)
    return amount


def _items(unit: Json, field: str, amount: Money, parts: dict[str, Money]) -> None:
    items = unit.get("items")
    if items is None:
        return
    if not isinstance(items, list) or not items:
        raise invalid(f"{field}/items", "INVALID_ARRAY_MIN_ITEMS", "The number of items is too small.")
    if "item_total" not in parts:
        raise refused("ITEM_TOTAL_REQUIRED", "If items are specified, item_total is required.", field=f"{field}/amount")
    total = Decimal()
    for number, one in enumerate(items):
        where = f"{field}/items/{number}"
        item = names.part(one, where, names.ITEM)
        if names.text(item, where, "name", 127) is None:
            raise missing(f"{where}/name")
        quantity = str(item.get("quantity") or "")
        if not re.fullmatch(r"[1-9][0-9]{0,9}", quantity):
            raise invalid(f"{where}/quantity", "INVALID_PARAMETER_SYNTAX", "The value does not conform.", quantity)
        price = read_money(item.get("unit_amount"), f"{where}/unit_amount", zero=True)
        if price.currency != amount.currency:
            raise refused("CURRENCY_MISMATCH", "All amounts must have one currency.", field=where)
        total += price.value * int(quantity)
    if total != parts["item_total"].value:
        raise refused(
            "ITEM_TOTAL_MISMATCH",
            "Should equal sum of (unit_amount * quantity) across all items for a given purchase_unit.",
            field=f"{field}/amount/breakdown/item_total",
            value=str(parts["item_total"].value),
        )
