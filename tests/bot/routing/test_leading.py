"""A screen leads to another by a button, for whom that is."""

from typing import cast

import pytest

from bot.routing.leading import led
from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.buying.cart.buttons import OpenCart
from bot.screens.buying.home.buttons import OpenHome
from bot.sending.reply import Lead, Reply, Screen, Silence

router = Router()


@router.button(OpenHome)
async def home(_visit: Visit, _pressed: OpenHome) -> Reply:
    return Screen("home", toast="hello")


@router.button(OpenCart, for_="operator")
async def to_itself(_visit: Visit, _pressed: OpenCart) -> Reply:
    return Lead(OpenCart())


class Visitor:
    """Somebody who is let in everywhere, or nowhere but where everybody is."""

    def __init__(self, *, everywhere: bool) -> None:
        self.everywhere = everywhere

    def may_reach(self, audience: str, needs: object) -> bool:
        return self.everywhere or audience == "everyone"


ANYBODY, OSCAR = (cast("Visit", Visitor(everywhere=everywhere)) for everywhere in (False, True))


async def answer(visit: Visit, reply: Reply) -> Reply | None:
    return await led(router, visit, reply)


async def test_a_lead_is_what_stands_behind_the_button_with_what_is_said_over_it() -> None:
    assert await answer(ANYBODY, Silence()) == Silence()
    assert await answer(ANYBODY, Lead(OpenHome())) == Screen("home", toast="hello")
    said = await answer(ANYBODY, Lead(OpenHome(), toast="gone", note="a < b", fresh=True))
    assert said == Screen("a &lt; b\n\nhome", toast="gone", fresh=True)


async def test_a_lead_opens_no_door_that_a_tap_would_not() -> None:
    assert await answer(ANYBODY, Lead(OpenCart())) is None


async def test_a_circle_of_leads_ends() -> None:
    with pytest.raises(RecursionError):
        await answer(OSCAR, Lead(OpenCart()))
