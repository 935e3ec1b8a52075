"""`storefront reconcile` on a shop where nothing agrees names every difference, and what it settled is gone then."""

import asyncio
import re
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

import payments
from app.cli import app
from bot.sending.api import ShopBot
from db.session import Database
from payments import Keys, open_providers
from shop.clock import SystemClock
from shop.payments.ledger import DifferenceKind
from shop.policy import Policy
from simulator.server import Simulator
from simulator.stripe import PretendStripe
from tests.payments.counter import Counter
from tests.payments.damage import Damage
from tests.payments.pretend import KEY
from tests.world.clock import ManualClock, ShopTime

pytestmark = pytest.mark.one_database
TOKEN = "4242:pretend-token-of-the-test-shop"
NAMED = {
    DifferenceKind.FOUND_PAID: "Paid there and not known here until now",
    DifferenceKind.UNKNOWN_CHARGE: "A charge that no order knows",
    DifferenceKind.AMOUNT_DIFFERS: "Another amount there than here",
    DifferenceKind.NOT_PAID_THERE: "Paid here, not paid there",
    DifferenceKind.UNREACHABLE: "Could not be asked",
    DifferenceKind.SILENT: "Agreed to, and nothing heard since",
    DifferenceKind.UNSETTLED_EVENT: "Told to us and not settled",
    DifferenceKind.MONEY_WITHOUT_ORDER: "Money kept and no order that goes on",
    DifferenceKind.ORDER_WITHOUT_MONEY: "An order that went on without its money",
    DifferenceKind.SUMMARY_DIFFERS: "The order's summary and its charges",
    DifferenceKind.REFUNDS_DIFFER: "The charge's refunded amount and its refunds",
    DifferenceKind.REFUND_WAITS: "A refund that waits",
    DifferenceKind.REFUND_BY_HAND: "A refund to be paid back by hand",
}


@pytest.fixture
def an_hour_ago() -> ManualClock:
    """When all of it happened; the command looks at the machine's clock."""
    return ManualClock(SystemClock().now() - timedelta(hours=1))


@pytest.fixture
async def simulator(an_hour_ago: ManualClock) -> AsyncGenerator[Simulator]:
    outside = Simulator()
    outside.stripe = PretendStripe(ShopTime(an_hour_ago))
    async with outside as running:
        running.world.bot(TOKEN).username = "test_shop_bot"
        yield running


@pytest.fixture(autouse=True)
def configured(database_url: str, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment from which the command reads where everything is."""
    monkeypatch.setenv("STOREFRONT_DATABASE__URL", database_url)
    monkeypatch.setenv("STOREFRONT_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("STOREFRONT_TELEGRAM__API_URL", simulator.url)
    monkeypatch.setenv("STOREFRONT_PAYMENTS__STRIPE__SECRET_KEY", KEY)
    monkeypatch.setenv("STOREFRONT_PAYMENTS__STRIPE__API_URL", simulator.stripe_url)


@pytest.fixture
async def damage(
    database: Database, policy: Policy, simulator: Simulator, an_hour_ago: ManualClock
) -> AsyncGenerator[Damage]:
    """A shop with a tea and with every provider that the command will have."""
    counter = Counter(database, an_hour_ago, policy)
    tea = await counter.stock_up(stock=50)
    keys = Keys(stripe_key=KEY, stripe_url=simulator.stripe_url, telegram_token="4242:TEST:pretend")
    counter.others = dict(open_providers(keys, ShopBot(TOKEN, api_url=simulator.url)))
    yield Damage(counter, simulator, tea)
    await payments.hang_up(counter.others)


async def reconcile() -> Result:
    """Run the command beside the pretend providers."""
    return await asyncio.to_thread(CliRunner().invoke, app, ["reconcile"])


async def test_every_kind_of_difference_is_named_with_its_order(damage: Damage) -> None:
    broken = await damage.everything()

    first, second = await reconcile(), await reconcile()

    assert first.exit_code == second.exit_code == 1, first.output
    said = {(kind, order): _line(kind, order) for kind, order in broken.items()}
    assert [key for key, line in said.items() if not re.search(line, first.output)] == [], first.output
    settled = NAMED[DifferenceKind.FOUND_PAID]
    assert settled in first.output
    assert settled not in second.output
    assert f"order {broken[DifferenceKind.FOUND_PAID]} (stripe)\n    here 0.00 EUR, there 9.40 EUR" in first.output
    assert f"order {broken[DifferenceKind.AMOUNT_DIFFERS]} (stripe)\n    here 10.40 EUR, there 9.40 EUR" in first.output
    assert first.output.count("\n    → ") == first.output.count("✗ ") >= len(broken)  # each says what to do
    assert f"→ Give it back, in the chat: /refund {broken[DifferenceKind.MONEY_WITHOUT_ORDER]}\n" in first.output
    assert KEY not in first.output + second.output
    assert TOKEN not in first.output + second.output


async def test_where_everything_agrees_it_says_so(damage: Damage) -> None:
    await damage.a_paid_order()

    result = await reconcile()

    assert result.exit_code == 0, result.output
    assert "Providers, ledger and orders agree" in result.output


def _line(kind: DifferenceKind, order: int | None) -> str:
    about = rf", order {order} \(\w+\)$" if order is not None else r" \(\w+\)$"
    return rf"(?m)^✗ {re.escape(NAMED[kind])}{about}"
