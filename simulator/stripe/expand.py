"""`expand[]=payment_intent.latest_charge`: put whole objects where only their identifiers stand."""

from simulator.stripe import disputes
from simulator.stripe.account import Account
from simulator.stripe.errors import invalid
from simulator.stripe.shapes import Json
from simulator.stripe.shapes.aftermath import balance_transaction_json, refund_json
from simulator.stripe.shapes.listing import page_of
from simulator.stripe.shapes.payment import charge_json, intent_json
from simulator.stripe.shapes.session import lines_json, rate_json

_DEEPEST = 4


def expand(account: Account, body: Json, paths: list[str]) -> Json:
    """Return the body with every path expanded; raises StripeError for what cannot be."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > _DEEPEST:
            raise invalid(f"You cannot expand more than {_DEEPEST} levels of a property: {path}", "expand")
        _step(account, body, steps, path)
    return body


def _step(account: Account, node: Json, steps: list[str], path: str) -> None:
    name, rest = steps[0], steps[1:]
    value = node.get(name)
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and rest:
                _step(account, item, rest, path)
        return
    found = value if isinstance(value, dict) else _whole(account, node, name)
    if found is None:
        if name not in node:
            raise invalid(f"This property cannot be expanded ({path}).", "expand")
        return
    node[name] = found
    if rest:
        _step(account, found, rest, path)


def _whole(account: Account, node: Json, name: str) -> Json | None:
    identifier = str(node.get(name))
    kind, own = node.get("object"), str(node.get("id"))
    if kind == "checkout.session" and name == "line_items":
        return lines_json(account.sessions[own])
    if kind == "charge" and name == "refunds":
        mine = account.refunds_of(account.charges[own])
        return page_of([refund_json(refund) for refund in reversed(mine)], f"/v1/charges/{own}/refunds")
    if name == "shipping_rate":
        for session in account.sessions.values():
            for rate in session.rates:
                if rate.id == identifier:
                    return rate_json(rate, session)
    return _by_identifier(account, identifier)


def _by_identifier(account: Account, identifier: str) -> Json | None:
    if identifier in account.intents:
        return intent_json(account.intents[identifier])
    if identifier in account.charges:
        charge = account.charges[identifier]
        return charge_json(charge, account.refunded(charge))
    if identifier in account.balance:
        return balance_transaction_json(account.balance[identifier])
    if identifier in account.refunds:
        return refund_json(account.refunds[identifier])
    if identifier in account.disputes:
        return disputes.full_json(account, account.disputes[identifier])
    return None
