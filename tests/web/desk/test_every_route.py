"""Every route of the desk, out of its table: strangers and customers reach none, and no answer loosens the policy."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from db.models import User
from db.session import Database
from tests.web.desk.conftest import TOKEN, URL, Browser
from web.desk.pages import VIEWS

pytestmark = pytest.mark.one_database
OPEN = {"app", "login", "link", "static"}  # what nobody needs to be signed in for
KEYS = sorted({str(key) for view in VIEWS if (key := getattr(view, "key", None))} | {"nothing"})
Opens = Callable[[], Browser]
Links = Callable[[str], Awaitable[str]]


def routes(desk: ASGIApp) -> Iterator[tuple[str, str, str]]:
    """(name, method, path) of every route, with something for its parameters."""
    outer: Any = desk._app  # type: ignore[attr-defined]  # the door keeps what it serves
    (mounted,) = [route for route in outer.routes if isinstance(route, Mount)]
    inner: Any = mounted.app
    for route in inner.routes:
        if isinstance(route, Mount):
            yield str(route.name), "GET", f"{route.path}/desk.css"
            continue
        assert isinstance(route, Route)
        for key in KEYS if "{key}" in route.path else [""]:
            path = re.sub(r"\{key\}", key, route.path)
            path = re.sub(r"\{[^}]+\}", "1", path)
            for method in sorted((route.methods or {"GET"}) - {"HEAD"}):
                yield str(route.name), method, path


async def test_a_stranger_is_sent_to_sign_in_from_everywhere(desk: ASGIApp, browser: Opens) -> None:
    stranger = browser()
    seen = 0
    for name, method, path in routes(desk):
        token = re.search(r'csrftoken" value="([^"]+)"', (await stranger.get("/login")).text)
        assert token is not None
        headers = {"x-csrftoken": token[1]}
        answer = await stranger.http.request(method, f"{URL}{path}?pk=1&name=ship", headers=headers)
        seen += 1
        if name in OPEN:
            assert answer.status_code in {200, 401, 404}, (name, answer.status_code)
        else:
            assert answer.status_code == 303, (name, method, path, answer.status_code)
            assert answer.headers["location"].startswith(f"{URL}/login?next=")
    assert seen > 10


async def test_no_form_of_another_site_is_taken(desk: ASGIApp, browser: Opens, link_of: Links) -> None:
    olga = browser()
    await olga.comes_by(await link_of("Olga"))
    token = TOKEN.search((await olga.get("/account")).text)
    assert token is not None
    seen = 0
    for name, method, path in routes(desk):
        if method in {"GET", "HEAD"}:
            continue
        url, seen = f"{URL}{path}?pk=1&name=ship", seen + 1
        assert (await olga.http.request(method, url)).status_code == 403, (name, path)
        for origin in ("https://evil.test", "https://shop.test.evil.test", "https://shop.test:8443", "null"):
            headers = {"origin": origin, "x-csrftoken": token[1]}  # a site beside ours may know one
            answer = await olga.http.request(method, url, headers=headers)
            assert answer.status_code == 403, (name, path, origin)
    assert seen > 10
    kept = await olga.http.post(f"{URL}/account", headers={"origin": "https://shop.test", "x-csrftoken": token[1]})
    assert kept.status_code == 422, "our own forms are read"


async def test_every_answer_says_what_a_browser_may_load(desk: ASGIApp, browser: Opens, link_of: Links) -> None:
    olga, stranger = browser(), browser()
    await olga.comes_by(await link_of("Olga"))
    for opened in (olga, stranger):
        for _name, method, path in routes(desk):
            answer = await opened.http.request(method, f"{URL}{path}?pk=1")
            policy = answer.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "http" not in policy  # no other host
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "same-origin"
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert answer.headers["cache-control"] == "no-store"
                nonce = re.search(r"'nonce-([\w-]+)'", policy)
                assert nonce is not None
                _keeps(answer.text, nonce[1])


def _keeps(page: str, nonce: str) -> None:
    """What the policy would not run is not there."""
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", page):
        assert "src=" in tag or f'nonce="{nonce}"' in tag, tag
    assert re.findall(r'<[^>]*\son\w+="', page) == []
    assert re.findall(r'<[^>]*\sstyle="', page) == []
    addresses = re.findall(r'(?:src|href|action)="(https?://[^"]+)"', page)
    assert [one for one in addresses if not one.startswith(URL)] == []
    assert "@import" not in page


async def test_the_cookie_is_for_this_host_for_https_and_for_no_script(browser: Opens, link_of: Links) -> None:
    olga = browser()
    answer = await olga.comes_by(await link_of("Olga"))
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-desk=")]
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


async def test_only_addresses_of_the_desk_are_gone_to_after_signing_in(browser: Opens, link_of: Links) -> None:
    from tests.web.desk.test_signing_in import GOOD, with_password

    await with_password(browser, link_of)
    for wanted in (
        "https://evil.test/",
        "//evil.test",
        f"{URL}.evil.test/",
        f"{URL}/../out",
        f"{URL}/%252e%252e/out",
        "javascript:alert(1)",
    ):
        opened = browser()
        answer = await opened.submit(f"/login?next={wanted}", name="olga", password=GOOD)
        assert answer.headers["location"] == f"{URL}/"
    answer = await browser().submit(f"/login?next={URL}/account", name="olga", password=GOOD)
    assert answer.headers["location"] == f"{URL}/account"


async def test_a_body_without_end_is_not_read(browser: Opens) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 50_000_000:
            sent += 65_536
            yield b"x" * 65_536

    answer = await browser().http.post(f"{URL}/login", content=b"x" * 20_000)
    assert answer.status_code == 413
    try:
        await browser().http.post(f"{URL}/login", content=endless())
    except Exception:  # noqa: BLE001  hung up on
        sent += 0
    assert sent < 1_000_000


async def test_a_customer_with_a_password_is_told_what_everybody_is_told(
    database: Database, people: dict[str, User], browser: Opens
) -> None:
    from shop.desk import passwords
    from tests.web.desk.test_signing_in import GOOD, signs_in

    kept = await passwords.hashed(GOOD)
    async with database.begin() as session:
        ann = await session.get_one(User, people["Ann"].id)
        ann.password_hash = kept
    assert await signs_in(browser(), "ann", GOOD) == 401
