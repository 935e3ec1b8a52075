"""The web server that is loaded when the first people have their answer."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app.listening import PortTaken, bind, listening


async def _here(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("here")


def _web() -> Starlette:
    return Starlette(routes=[Route("/", _here)])


@pytest.mark.parametrize("after", [0.0, 0.02], ids=["at once", "later"])
async def test_who_comes_before_it_serves_is_served(after: float) -> None:
    with bind("127.0.0.1", 0) as bound:
        async with listening(_web, bound, after=after) as address, httpx.AsyncClient() as client:
            assert (await client.get(address)).text == "here"


async def test_a_shop_that_closes_before_that_does_not_load_it() -> None:
    made: list[Starlette] = []

    def make() -> Starlette:
        made.append(_web())
        return made[-1]

    with bind("127.0.0.1", 0) as bound:
        async with asyncio.timeout(10), listening(make, bound, after=3600):
            pass

    assert made == []


async def test_a_web_side_that_cannot_be_made_is_said() -> None:
    def make() -> Starlette:
        raise ValueError("no secret")

    with bind("127.0.0.1", 0) as bound, pytest.raises(ExceptionGroup) as raised:
        async with listening(make, bound):
            pass

    assert raised.group_contains(ValueError, match="no secret")


def test_a_taken_port_is_said_before_anything_else() -> None:
    with bind("127.0.0.1", 0) as bound, pytest.raises(PortTaken, match="is taken"):
        bind("127.0.0.1", bound.getsockname()[1])
