"""The shop is killed (-9) around every commit and every request to PayPal: nothing is taken twice, and nothing lost."""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from payments.paypal import PayPal
from shop.payments.checking import check_order
from shop.policy import Policy
from shop.ports import ProviderError
from tests.payments.counter import Counter
from tests.payments.crashes import watched
from tests.payments.dying import DYING, Shop, dies_at_every_moment, every
from tests.payments.houses import house
from tests.payments.outside_paypal import HouseWithPayPal, PayPalOutside, PayPalPeople
from tests.payments.pretend import no_pause
from tests.payments.pretend_paypal import CLIENT, SECRET, WEBHOOK
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
    the_order,
)
from tests.world.clock import START, ManualClock
from tests.world.databases import Databases


async def come_back(counter: Counter) -> None:
    """The customer agreed, and comes back to the chat."""
    order = await the_order(counter)
    try:
        await check_order(counter.db, counter.providers, order.id, clock=counter.clock, policy=counter.policy)
    except ProviderError:
        raise AssertionError("PayPal answers here") from None


SCENES = (
    Scene("checkout on PayPal's page", a_full_cart, check_out, check_out_and_pay),
    Scene("capture by webhook", a_paid_page, deliver, deliver),
    Scene("capture by coming back", a_paid_page, come_back, come_back),
    Scene("refund of a part", a_paid_order, giving_back(300), giving_back(300)),
)


@dataclass
class PayPalShop(Shop):
    """A shop that takes money by PayPal; every process has connections of its own to it."""

    paypal: PayPalOutside = field(kw_only=True)

    def counter(self) -> Counter:
        """The shop as it is after a start."""
        paypal = PayPal(CLIENT, SECRET, webhook_id=WEBHOOK, api_url=self.paypal.url, pause=no_pause)
        watched(paypal._http, self.moments, only="request")
        return OutsideCounter(
            self.db,
            ManualClock(self.now),
            self.policy,
            others={"paypal": paypal},
            method="paypal",
            remembered=self.remembered,
            outside=PayPalPeople(self.paypal),
        )

    async def closes(self, counter: Counter) -> None:
        """The orderly end of a process."""
        paypal = counter.providers["paypal"]
        assert isinstance(paypal, PayPal)
        await paypal.hang_up()
        await super().closes(counter)

    def comes(self, now: timedelta) -> None:
        """PayPal's clock goes with the shop's."""
        self.paypal.clock.pass_by(seconds=(self.now + now - self.paypal.clock.now()).total_seconds())


pytestmark = DYING


@pytest.fixture
def shop(databases: Databases, database_kind: str, policy: Policy, tmp_path: Path) -> Generator[PayPalShop]:
    """A shop whose processes share what was compiled before, and a PayPal that outlives them."""
    paypal = PayPalOutside()
    with paypal.serving():
        home = HouseWithPayPal(house(databases, database_kind, tmp_path), paypal)
        with PayPalShop.opened(home, databases, policy, paypal=paypal) as opened:
            yield opened


@every(SCENES)
def test_no_moment_to_die_costs_anybody_money_at_paypal(shop: PayPalShop, scene: Scene) -> None:
    """Fault 3, over HTTP. Guards: our yes is committed before PayPal is asked, its moment is in the request's id, an
    order is looked at before it is captured again, and a refund carries our key.
    """
    dies_at_every_moment(shop, scene, start=START)
