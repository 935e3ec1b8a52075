"""What /metrics says after a shop's day: every figure is there, and true."""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
from sqlalchemy import text

from app.assemble import Storefront
from app.front import front
from tests.stories.test_an_order import bought, opened
from tests.world.shop import OpenShop

DASHBOARD = Path(__file__).parents[2] / "deploy/grafana.json"


async def asked(shop: Storefront, path: str) -> httpx.Response:
    """What the shop's HTTP side answers."""
    transport = httpx.ASGITransport(front(shop, None))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        return await client.get(path)


async def figures(shop: Storefront) -> dict[str, float]:
    """Each sample of /metrics, by its name with labels."""
    answer = await asked(shop, "/metrics")
    assert answer.status_code == 200
    lines = [line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def expressions(part: object) -> Iterator[str]:
    """Every query of a dashboard, wherever it stands."""
    if isinstance(part, dict):
        yield from (text for key, text in part.items() if key == "expr" and isinstance(text, str))
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from expressions(inner)


async def test_taps_money_holds_and_what_waits_are_counted(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.bob.says("/start")
    await shop.bob.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "here in the chat")
    await shop.bob.forges("no-such:1")

    seen = await figures(shop.front)

    assert seen['storefront_updates_total{outcome="done",screen="OpenCart"}'] == 2
    assert seen['storefront_updates_total{outcome="done",screen="payment"}'] == 1
    assert seen['storefront_updates_total{outcome="done",screen="unknown button"}'] == 1
    assert seen['storefront_answer_seconds_count{screen="OpenCart"}'] == 2
    assert seen['storefront_payment_attempts{provider="telegram",state="paid"}'] == 1
    assert seen["storefront_holds"] == 1
    assert seen["storefront_database_seconds_count"] > 20
    assert seen["storefront_database_up"] == 1
    assert (seen["storefront_outbox_waiting"], seen["storefront_outbox_age_seconds"]) == (0, 0)
    assert seen["storefront_inbox_waiting"] == 0


async def test_what_waits_grows_old_and_a_state_that_nothing_is_in_disappears(shop: OpenShop) -> None:
    await opened(shop)
    await shop.ann.says("/start")
    await shop.ann.taps("Catalogue", "Tea", "Green tea", "Add to cart", "in the cart", "Check out", "here in the chat")
    before = await figures(shop.front)
    open_attempts = [name for name in before if name.startswith("storefront_payment_attempts")]
    await shop.ann.pays()
    shop.clock.pass_by(seconds=40)

    after = await figures(shop.front)

    assert after["storefront_outbox_waiting"] >= 1
    assert after["storefront_outbox_age_seconds"] == 40
    assert not set(open_attempts) & set(after)


async def test_every_query_of_the_dashboard_names_figures_that_exist(shop: OpenShop) -> None:
    await opened(shop)
    await bought(shop)
    await shop.front.metrics.refresh(shop.db, shop.clock)
    exist = {sample.name for family in shop.front.metrics.registry.collect() for sample in family.samples}
    labels = {key for family in shop.front.metrics.registry.collect() for one in family.samples for key in one.labels}
    # appear with the first scheduled task, which this shop's hands do instead of its clock
    exist |= {f"storefront_task_{end}" for end in ("seconds_bucket", "seconds_count", "seconds_sum", "failures_total")}

    queries = list(expressions(json.loads(DASHBOARD.read_text(encoding="utf-8"))))

    assert len(queries) >= 10
    asked = {name for query in queries for name in re.findall(r"storefront_\w+", query)}
    assert asked <= exist, asked - exist
    by = {word for query in queries for names in re.findall(r"by \(([\w, ]+)\)", query) for word in names.split(", ")}
    assert by <= labels | {"task"}, by - labels
    families = {name.removesuffix("_bucket").removesuffix("_total") for name in asked}
    looked_up = {"storefront_outbox_waiting", "storefront_outbox_age_seconds", "storefront_holds"}
    counted = {"storefront_updates", "storefront_answer_seconds", "storefront_database_seconds"}
    assert families >= looked_up | counted | {"storefront_payment_attempts"}


async def test_figures_are_shown_whatever_the_database_says(shop: OpenShop) -> None:
    """A table is gone: no reason to hide every other figure. Guard: each error of the database is one figure."""
    async with shop.db.begin() as session:
        await session.execute(text("ALTER TABLE payment_events RENAME TO hidden_events"))

    seen = await figures(shop.front)

    assert seen["storefront_database_up"] == 0
    assert math.isnan(seen["storefront_holds"])
    assert seen["storefront_database_seconds_count"] > 0
    shop.incidents()
