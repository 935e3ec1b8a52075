"""What every test may ask for: an empty database of each kind, a clock that can be moved, the shop's policy."""

import os
from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.ext.asyncio import AsyncSession

from db.session import Database
from shop.policy import Policy, ShippingOption
from tests.world.clock import ManualClock
from tests.world.compiled import compile_once
from tests.world.databases import Databases
from tests.world.servers import DEMANDED, Servers, find, wanted

FOUND = pytest.StashKey[Servers]()
RUNNING = "STOREFRONT_TEST_RUNNING"  # how the first process tells its workers which servers it found
STORIES = Path(__file__).parent / "stories"
EVERYWHERE = "STOREFRONT_TEST_EVERYWHERE"  # "1": every test that needs a database runs on each, stories too

settings.register_profile("default", deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: a test waits as long as it computes, for servers, browsers and processes of its own."""
    return 2 * (os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    """Look for the servers once, in the first process; its workers inherit the addresses."""
    config.addinivalue_line(
        "markers", "every_database: a story that is worth its time on every database, not on SQLite alone"
    )
    config.addinivalue_line("markers", "one_database: the same on all as far as anybody knows; every day SQLite alone")
    config.addinivalue_line(
        "markers", "server_databases: several processes share the database; SQLite is a file of one"
    )
    config.addinivalue_line("markers", "sqlite_alone: about SQLite itself, or begins with a SQLite file")
    if hasattr(config, "workerinput"):
        return
    found = config.stash[FOUND] = find()
    os.environ[RUNNING] = "\n".join(f"{kind}={url}" for kind, url in found.urls.items())
    if os.environ.get(DEMANDED) and found.missing:
        found.started.close()
        pytest.exit(f"{DEMANDED} demands databases that are not there: {found.missing}", returncode=4)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started for the tests."""
    with config.stash.get(FOUND, Servers()).started:
        os.environ.pop(RUNNING, None)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say plainly which databases the tests run on, which not, and why; workers, who found none, say nothing."""
    found = config.stash.get(FOUND, None)
    return [found.headline()] if found else []


def _running() -> dict[str, str]:
    pairs = (line.partition("=") for line in os.environ[RUNNING].splitlines())
    return {kind: url for kind, _, url in pairs}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that needs a database once for each; a story, every day, only where it says that it is worth it."""
    if "database_kind" not in metafunc.fixturenames:
        return
    kinds = [kind for kind in wanted() if kind in _running()]
    story = STORIES in metafunc.definition.path.parents
    worth_it = metafunc.definition.get_closest_marker("every_database") is not None
    cheap = (story and not worth_it) or metafunc.definition.get_closest_marker("one_database")
    if cheap and not os.environ.get(EVERYWHERE):
        kinds = kinds[:1]
    if metafunc.definition.get_closest_marker("server_databases"):
        kinds = [kind for kind in kinds if kind != "sqlite"]
    if metafunc.definition.get_closest_marker("sqlite_alone"):
        kinds = [kind for kind in kinds if kind == "sqlite"]
    metafunc.parametrize("database_kind", kinds, indirect=True, scope="function")


@pytest.fixture(scope="session")
def databases() -> Generator[Databases]:
    """The databases of this worker."""
    made = Databases(_running(), os.environ.get("PYTEST_XDIST_WORKER", "main"))
    with ExitStack() as stack:
        stack.callback(made.close)
        yield made


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """sqlite, postgresql or mariadb."""
    return str(request.param)


@pytest.fixture
def database_url(databases: Databases, database_kind: str) -> Generator[str]:
    """Address of an empty, migrated database, for whoever opens it themselves (a child process, a command)."""
    url = databases.empty(database_kind)
    yield url
    databases.forget(url)


@pytest.fixture
def bare_url(databases: Databases, database_kind: str) -> Generator[str]:
    """Address of a database without a single table, for migrations."""
    url = databases.bare(database_kind)
    yield url
    databases.forget(url)


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """An empty, migrated database."""
    opened = Database(database_url)
    compile_once(opened)
    yield opened
    await opened.close()


@pytest.fixture
async def session(database: Database) -> AsyncGenerator[AsyncSession]:
    """One transaction for the whole test: for use cases, which never commit."""
    async with database.begin() as opened:
        yield opened


@pytest.fixture
def clock() -> ManualClock:
    """Monday, 2 March 2026, 09:00 UTC, until the test moves it."""
    return ManualClock()


@pytest.fixture(scope="session")
def policy() -> Policy:
    """A shop in euros that ships by post and by courier; Oscar operates it."""
    return Policy(
        operators=frozenset({1005}),
        shipping=(
            ShippingOption("post", "Post", 490, frozenset({"DE", "AT"})),
            ShippingOption("courier", "Courier", 990, frozenset({"DE"})),
        ),
        shop_name="Test shop",
        support_text="Write to help@shop.example",
        terms_text="No terms.",
    )
