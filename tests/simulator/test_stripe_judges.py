"""Stripe's own package judges the pretend: every field it promises is there, and every parameter name is known."""

import ast
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import stripe as sdk

from simulator.stripe import names
from tests.simulator.stripe_world import World, running

PACKAGE = Path(sdk.__file__).parent
OPTIONS = {
    *("api_key", "stripe_version", "stripe_account", "max_network_retries", "stripe_context", "idempotency_key"),
    *("headers", "content_type"),
}


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with running() as world:
        yield world


def fields(module: str, name: str) -> dict[str, str]:
    """The annotated fields of one of the SDK's classes, by name, read from its source."""
    for node in ast.parse((PACKAGE / f"{module}.py").read_text()).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            found = [part for part in node.body if isinstance(part, ast.AnnAssign)]
            return {ast.unparse(part.target): ast.unparse(part.annotation) for part in found}
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name and isinstance(node.value, ast.Call):
            pairs = node.value.args[1]
            assert isinstance(pairs, ast.Dict)
            keys = [key for key in pairs.keys if key is not None]
            return {ast.literal_eval(key): ast.unparse(value) for key, value in zip(keys, pairs.values, strict=True)}
    raise LookupError(name)


@pytest.mark.parametrize(
    ("path", "module", "name"),
    [
        ("checkout/sessions", "checkout/_session", "Session"),
        ("payment_intents", "_payment_intent", "PaymentIntent"),
        ("charges", "_charge", "Charge"),
        ("refunds", "_refund", "Refund"),
        ("disputes", "_dispute", "Dispute"),
        ("events", "_event", "Event"),
        ("balance_transactions", "_balance_transaction", "BalanceTransaction"),
    ],
)
async def test_objects_have_the_fields_that_the_sdk_promises(world: World, path: str, module: str, name: str) -> None:
    intent = await world.paid()
    await world.client.v1.refunds.create_async({"payment_intent": intent.id, "amount": 100})
    world.stripe.dispute(intent.id)

    answer = await world.client.raw_request_async("get", f"/v1/{path}")

    known = fields(module, name)
    promised = {field for field, kind in known.items() if not kind.startswith(("Optional", "ClassVar"))}
    for found in sdk.convert_to_stripe_object(answer.data)["data"]:
        got = set(found.to_dict())
        assert promised <= got
        assert got <= set(known)


@pytest.mark.parametrize(
    ("table", "module", "name"),
    [
        (names.SESSION_CREATE, "checkout/_session_create_params", "SessionCreateParams"),
        (names.SESSION_LIST, "checkout/_session_list_params", "SessionListParams"),
        (names.REFUND_CREATE, "_refund_create_params", "RefundCreateParams"),
        (names.REFUND_LIST, "_refund_list_params", "RefundListParams"),
        (names.EVENT_LIST, "_event_list_params", "EventListParams"),
        (names.INTENT_LIST, "_payment_intent_list_params", "PaymentIntentListParams"),
        (names.CHARGE_LIST, "_charge_list_params", "ChargeListParams"),
        (names.DISPUTE_LIST, "_dispute_list_params", "DisputeListParams"),
        (names.BALANCE_LIST, "_balance_transaction_list_params", "BalanceTransactionListParams"),
    ],
)
def test_the_known_parameter_names_are_those_of_the_sdk(table: names.Names, module: str, name: str) -> None:
    known = set(fields(f"params/{module}", name))

    assert set(table[""].split()) == known - OPTIONS


@pytest.mark.parametrize("place", [place for place in names.SESSION_CREATE if place])
def test_the_known_names_inside_a_session_are_those_of_the_sdk(place: str) -> None:
    singular = {"discounts": "discount", "line_items": "line_item", "shipping_options": "shipping_option"}
    parts = [singular[part[:-2]] if part.endswith("[]") else part for part in place.split(".")]
    name = "SessionCreateParams" + "".join(part.title().replace("_", "") for part in parts)

    assert set(names.SESSION_CREATE[place].split()) == set(fields("params/checkout/_session_create_params", name))
