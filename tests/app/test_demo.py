"""`storefront demo` finds a port, says so when it cannot, and has those who run the shop at their phones."""

import socket
from collections.abc import AsyncGenerator, Iterator

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.demo.cast import ANN, BOB, IVAN, NINA, OLGA, OSCAR
from app.demo.pretend import HOST, free_port
from app.demo.stage import let_the_sellers_in
from simulator.cast import load_cast
from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens already."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    async with open_shop(database_url, clock) as opened:
        yield opened


def test_the_next_port_is_taken_where_the_usual_one_is_not_free(taken: int) -> None:
    found = free_port(None, usual=taken)

    assert found is not None
    assert found > taken


def test_a_port_that_was_asked_for_is_never_another_one(taken: int) -> None:
    done = CliRunner().invoke(app, ["demo", "--port", str(taken)])

    assert free_port(taken) is None
    assert done.exit_code == 1
    assert f"Port {taken} is taken; storefront demo --port 0 takes any free one." in done.output


def test_the_cast_is_that_of_the_pretend_telegram() -> None:
    there = {person.id: (person.first_name, person.username) for person in load_cast()}
    ours = {who.telegram_id: (who.name, who.username) for who in (ANN, BOB, OLGA, IVAN, OSCAR, NINA)}

    assert ours == {number: there.get(number) for number in ours}


@pytest.mark.one_database
async def test_who_runs_the_shop_opens_its_chat_once(shop: OpenShop) -> None:
    for _ in range(2):
        await let_the_sellers_in(shop.simulator.url)

    for guest in (shop.olga, shop.ivan, shop.oscar):
        assert [said.words for said in guest.chat.messages.values() if not said.from_bot] == ["/start"]
        assert guest.keyboard
    assert not shop.ann.chat.messages
