"""The shop is killed (-9) at every moment of a checkout, a settlement and a refund: no money is lost or taken twice."""

from collections.abc import Generator
from pathlib import Path

import pytest

from shop.policy import Policy
from tests.payments.dying import Shop, dies_at_every_moment
from tests.payments.houses import house
from tests.payments.scenes import SCENES, Scene
from tests.world.clock import START
from tests.world.databases import Databases


@pytest.fixture
def shop(databases: Databases, database_kind: str, policy: Policy, tmp_path: Path) -> Generator[Shop]:
    with Shop.opened(house(databases, database_kind, tmp_path), databases, policy) as opened:
        yield opened


@pytest.mark.one_database
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize("scene", SCENES, ids=[scene.name.replace(" ", "-") for scene in SCENES])
def test_no_moment_to_die_costs_anybody_money(shop: Shop, scene: Scene) -> None:
    """Fault 3. Guards: what is asked is written down before it is asked, and every step can be taken again."""
    dies_at_every_moment(shop, scene, start=START)
