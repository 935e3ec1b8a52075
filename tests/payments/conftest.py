"""The counter at which the tests of money stand."""

import pytest

from db.session import Database
from shop.policy import Policy
from tests.payments.counter import Counter
from tests.world.clock import ManualClock


@pytest.fixture
def counter(database: Database, clock: ManualClock, policy: Policy) -> Counter:
    """An empty shop with a pretend provider."""
    return Counter(database, clock, policy)
