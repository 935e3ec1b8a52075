"""The shop is killed (-9) around every commit and every request to PayPal: nothing is taken twice, and nothing lost."""

from collections.abc import Generator
from pathlib import Path

import pytest

from payments.paypal import PayPal
from shop.payments.checking import check_order
from shop.policy import Policy
from shop.ports import ProviderError
from tests.payments.counter import Counter
from tests.payments.dying import DYING, dies_at_every_moment, every
from tests.payments.houses import house
from tests.payments.outside_paypal import HouseWithPayPal, PayPalOutside, PayPalPeople
from tests.payments.outside_shop import OutsideShop
from tests.payments.pretend import no_pause
from tests.payments.pretend_paypal import CLIENT, SECRET, WEBHOOK
from tests.payments.scenes import (
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
from tests.world.clock import START
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


class PayPalShop(OutsideShop[PayPalOutside]):
    """A shop that takes money by PayPal."""

    method = "paypal"
    asks_by = "request"

    def telephone(self) -> PayPal:
        """The provider of a process that starts."""
        return PayPal(CLIENT, SECRET, webhook_id=WEBHOOK, api_url=self.there.url, pause=no_pause)

    def people(self) -> PayPalPeople:
        """Its customers and its bank."""
        return PayPalPeople(self.there)


pytestmark = DYING


@pytest.fixture
def shop(databases: Databases, database_kind: str, policy: Policy, tmp_path: Path) -> Generator[PayPalShop]:
    """A shop whose processes share what was compiled before, and a PayPal that outlives them."""
    paypal = PayPalOutside()
    with paypal.serving():
        home = HouseWithPayPal(house(databases, database_kind, tmp_path), paypal)
        with PayPalShop.opened(home, databases, policy, there=paypal) as opened:
            yield opened


@every(SCENES)
def test_no_moment_to_die_costs_anybody_money_at_paypal(shop: PayPalShop, scene: Scene) -> None:
    """Fault 3, over HTTP. Guards: our yes is committed before PayPal is asked, its moment is in the request's id, an
    order is looked at before it is captured again, and a refund carries our key.
    """
    dies_at_every_moment(shop, scene, start=START)
