"""The shop is killed (-9) around every commit and every request to Stripe: no charge is lost, none made twice."""

from collections.abc import Generator
from pathlib import Path

import pytest

from payments.stripe import Stripe
from shop.payments.reconcile import reconcile
from shop.policy import Policy
from tests.payments.counter import Counter
from tests.payments.dying import DYING, dies_at_every_moment, every
from tests.payments.houses import house
from tests.payments.outside_shop import OutsideShop
from tests.payments.outside_stripe import HouseWithStripe, StripeOutside, StripePeople
from tests.payments.pretend import KEY, SECRET, no_pause
from tests.payments.scenes import (
    Scene,
    a_full_cart,
    a_paid_order,
    a_paid_page,
    check_out,
    check_out_and_pay,
    deliver,
    giving_back,
)
from tests.world.clock import START
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


class StripeShop(OutsideShop[StripeOutside]):
    """A shop that takes cards on Stripe's page."""

    method = "stripe"
    asks_by = "request_async"

    def telephone(self) -> Stripe:
        """The provider of a process that starts."""
        return Stripe(KEY, webhook_secret=SECRET, api_url=self.there.url, pause=no_pause)

    def people(self) -> StripePeople:
        """Its customers and its bank."""
        return StripePeople(self.there.url)


pytestmark = DYING


@pytest.fixture
def shop(databases: Databases, database_kind: str, policy: Policy, tmp_path: Path) -> Generator[StripeShop]:
    """A shop whose processes share what was compiled before, and a Stripe that outlives them."""
    stripe = StripeOutside()
    with stripe.serving():
        home = HouseWithStripe(house(databases, database_kind, tmp_path), stripe)
        with StripeShop.opened(home, databases, policy, there=stripe) as opened:
            yield opened


@every(SCENES)
def test_no_moment_to_die_costs_anybody_money_at_stripe(shop: StripeShop, scene: Scene) -> None:
    """Fault 3, over HTTP. Guards: an attempt is committed before Stripe hears of it, used again, and is its idempotency
    key; a refund is looked for at Stripe before it is made again, when its key may be forgotten.
    """
    dies_at_every_moment(shop, scene, start=START)
