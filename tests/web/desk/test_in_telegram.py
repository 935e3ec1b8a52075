"""The desk inside Telegram: who is let in by what Telegram says, and for how long."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from httpx import Response
from sqlalchemy import func, select
from starlette.types import ASGIApp

from bot.routing.refusals import say
from bot.screens.selling.log.views import line
from bot.words import words_for
from db.models import DeskSession, SignedInBy, User
from db.session import Database
from shop.policy import Policy
from tests.web.desk.conftest import URL, Browser
from tests.web.test_init_data import TOKEN, signed
from tests.world.clock import ManualClock
from tests.world.people import ANN, BOB, OLGA, OSCAR
from web.desk.admin import create
from web.desk.behind import Behind
from web.desk.signing.init_data import app_key

Opened = Callable[[], Browser]


@pytest.fixture
def desk(database: Database, clock: ManualClock, policy: Policy, people: dict[str, User]) -> ASGIApp:
    """The desk of a shop whose bot has this token."""
    return create(
        Behind(
            db=database,
            clock=clock,
            policy=lambda: policy,
            providers={},
            words=words_for,
            say=say,  # type: ignore[arg-type]  # its words are those of words_for
            done=line,  # type: ignore[arg-type]  # the same
            url=URL,
            key=lambda: b"pretend key of the desk",
            app_key=lambda: app_key(TOKEN),
            frames=("https://web.telegram.org",),
        )
    )


def told(who: int, clock: ManualClock, token: str = TOKEN, **changes: str) -> str:
    """What Telegram says when this person opens the desk now."""
    fields = {"query_id": "AAE", "user": json.dumps({"id": who}), "auth_date": str(int(clock.now().timestamp()))}
    fields |= changes
    return urlencode({**fields, "hash": signed(fields, token)})


async def come(browser: Browser, text: str) -> Response:
    """As the page does that Telegram opens."""
    return await browser.submit("/app", told=text)


@pytest.mark.parametrize("who", [OLGA, OSCAR, BOB], ids=["owner", "operator", "staff"])
async def test_those_who_sell_are_let_in(browser: Opened, clock: ManualClock, who: Any) -> None:
    them = browser()

    assert (await come(them, told(who.telegram_id, clock))).headers["location"] == f"{URL}/"
    assert await them.is_in()


async def test_customers_are_not(browser: Opened, clock: ManualClock) -> None:
    ann = browser()

    answer = await come(ann, told(ANN.telegram_id, clock))

    assert answer.status_code == 403
    assert "for those who sell here" in answer.text
    assert not await ann.is_in()


async def test_nobody_is_let_in_whom_the_shop_never_met(browser: Opened, clock: ManualClock) -> None:
    assert (await come(browser(), told(987_654_321, clock))).status_code == 403


@pytest.mark.parametrize("text", ["", "hash=", "user=%7B%22id%22%3A1003%7D&hash=" + "0" * 64])
async def test_what_telegram_did_not_say_lets_nobody_in(browser: Opened, text: str) -> None:
    olga = browser()

    answer = await come(olga, text)

    assert answer.status_code == 401
    assert "Close it, and open it again" in answer.text
    assert not await olga.is_in()


async def test_another_bot_lets_nobody_in(browser: Opened, clock: ManualClock) -> None:
    assert (await come(browser(), told(OLGA.telegram_id, clock, "4243:another"))).status_code == 401


async def test_what_was_said_ten_minutes_ago_lets_nobody_in_any_more(browser: Opened, clock: ManualClock) -> None:
    text = told(OLGA.telegram_id, clock)
    clock.pass_by(minutes=10, seconds=1)

    assert (await come(browser(), text)).status_code == 401


async def test_nothing_is_believed_without_a_form_of_ours(browser: Opened, clock: ManualClock) -> None:
    olga = browser()

    answer = await olga.http.post(f"{URL}/app", data={"told": told(OLGA.telegram_id, clock)})

    assert answer.status_code == 403
    assert not await olga.is_in()


async def test_whoever_holds_the_phone_now_is_who_is_signed_in(browser: Opened, clock: ManualClock) -> None:
    phone = browser()
    await come(phone, told(OLGA.telegram_id, clock))
    await come(phone, told(OSCAR.telegram_id, clock))

    assert "Oscar" in (await phone.get("/account")).text


async def test_nobody_is_left_signed_in_when_the_next_is_refused(browser: Opened, clock: ManualClock) -> None:
    phone = browser()
    await come(phone, told(OLGA.telegram_id, clock))

    await come(phone, told(ANN.telegram_id, clock))

    assert not await phone.is_in()


async def test_opening_it_often_ends_no_browser_where_one_signed_in_otherwise(
    browser: Opened, clock: ManualClock, link_of: Any, database: Database, people: dict[str, User]
) -> None:
    laptop, phone = browser(), browser()
    await laptop.comes_by(await link_of("Olga"))
    for _ in range(12):
        clock.pass_by(minutes=1)
        await come(browser(), told(OLGA.telegram_id, clock))
    await come(phone, told(OLGA.telegram_id, clock))

    assert await laptop.is_in()
    assert await phone.is_in()
    mine = (DeskSession.user_id == people["Olga"].id, DeskSession.opened_by == SignedInBy.TELEGRAM)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).where(*mine)) == 3


async def test_only_telegram_shows_it_in_a_frame_and_only_what_telegram_opened(
    browser: Opened, clock: ManualClock, link_of: Any
) -> None:
    phone, laptop = browser(), browser()
    await come(phone, told(OLGA.telegram_id, clock))
    await laptop.comes_by(await link_of("Olga"))

    for page in (await phone.get("/app"), await phone.get("/")):
        assert "frame-ancestors https://web.telegram.org" in page.headers["content-security-policy"]
        assert "x-frame-options" not in page.headers
        assert "telegram.js" in page.text
    shown = await laptop.get("/")
    assert "frame-ancestors 'none'" in shown.headers["content-security-policy"]
    assert shown.headers["x-frame-options"] == "DENY"
    assert "telegram.js" not in shown.text


async def test_cookies_of_a_frame_are_of_that_site_and_frame_alone(browser: Opened, clock: ManualClock) -> None:
    phone = browser()
    page = await phone.get("/app")
    answer = await come(phone, told(OLGA.telegram_id, clock))

    for cookie in (*page.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")):
        assert cookie.endswith("; SameSite=None; Partitioned"), cookie
        assert "secure" in cookie.lower()
        assert "lax" not in cookie.lower()
