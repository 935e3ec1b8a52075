"""The shop is killed (-9) around every commit and every request to Stripe: no charge is lost, none made twice."""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from payments.stripe import Stripe
from shop.payments.reconcile import reconcile
from shop.policy import Policy
from tests.payments.counter import Counter
from tests.payments.crashes import watched
from tests.payments.dying import DYING, Shop, dies_at_every_moment, every
from tests.payments.houses import house
from tests.payments.outside_stripe import HouseWithStripe, StripeOutside, StripePeople
from tests.payments.pretend import KEY, SECRET, no_pause
from tests.payments.scenes import (
    OutsideCounter,
    Scene,
    a_full_cart,
    a_paid_order,
    a_paid_page,
    check_out,
    check_out_and_pay,
    deliver,
    giving_back,
)
from tests.world.clock import START, ManualClock
from tests.world.databases import Databases


async def look_for_news(counter: Counter) -> None:
    """The webhook is lost; the schedule asks Stripe."""
    await reconcile(counter.db, counter.providers, counter.clock, counter.policy)


SCENES = (
    Scene("checkout on Stripe's page", a_full_cart, check_out, check_out_and_pay),
    Scene("settlement by webhook", a_paid_page, deliver, deliver),
    Scene("settlement by the reconciler", a_paid_page, look_for_news),
    Scene("refund of everything", a_paid_order, giving_back(), giving_back()),
    Scene("refund of a part", a_paid_order, giving_back(300), giving_back(300)),
)


@dataclass
class StripeShop(Shop):
    """A shop that takes cards on Stripe's page; every process has connections of its own to it."""

    stripe: StripeOutside = field(kw_only=True)

    def counter(self) -> Counter:
        """The shop as it is after a start."""
        stripe = Stripe(KEY, webhook_secret=SECRET, api_url=self.stripe.url, pause=no_pause)
        watched(stripe._http, self.moments, only="request_async")
        return OutsideCounter(
            self.db,
            ManualClock(self.now),
            self.policy,
            others={"stripe": stripe},
            method="stripe",
            remembered=self.remembered,
            outside=StripePeople(self.stripe.url),
        )

    async def closes(self, counter: Counter) -> None:
        """The orderly end of a process."""
        stripe = counter.providers["stripe"]
        assert isinstance(stripe, Stripe)
        await stripe.hang_up()
        await super().closes(counter)

    def comes(self, now: timedelta) -> None:
        """Stripe's clock goes with the shop's."""
        self.stripe.clock.pass_by(seconds=(self.now + now - self.stripe.clock.now()).total_seconds())


pytestmark = DYING


@pytest.fixture
def shop(databases: Databases, database_kind: str, policy: Policy, tmp_path: Path) -> Generator[StripeShop]:
    """A shop whose processes share what was compiled before, and a Stripe that outlives them."""
    stripe = StripeOutside()
    with stripe.serving():
        home = HouseWithStripe(house(databases, database_kind, tmp_path), stripe)
        with StripeShop.opened(home, databases, policy, stripe=stripe) as opened:
            yield opened


@every(SCENES)
def test_no_moment_to_die_costs_anybody_money_at_stripe(shop: StripeShop, scene: Scene) -> None:
    """Fault 3, over HTTP. Guards: an attempt is committed before Stripe hears of it, used again, and is its idempotency
    key; a refund is looked for at Stripe before it is made again, when its key may be forgotten.
    """
    dies_at_every_moment(shop, scene, start=START)
