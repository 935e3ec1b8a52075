"""The shop is killed (-9) at every moment of a checkout, a settlement and a refund: no money is lost or taken twice."""

from tests.payments.dying import DYING, Shop, dies_at_every_moment, every, opening
from tests.payments.scenes import SCENES, Scene
from tests.world.clock import START

pytestmark = DYING
shop = opening(Shop)


@every(SCENES)
def test_no_moment_to_die_costs_anybody_money(shop: Shop, scene: Scene) -> None:
    """Fault 3. Guards: what is asked is written down before it is asked, and every step can be taken again."""
    dies_at_every_moment(shop, scene, start=START)
