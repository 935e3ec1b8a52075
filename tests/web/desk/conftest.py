"""The desk over a database with people in it, and browsers that come to it in this process."""

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from starlette.types import ASGIApp

from bot.routing.refusals import say
from bot.screens.selling.log.views import line
from bot.words import words_for
from db.models import StaffMember, User
from db.models.staff import written
from db.session import Database
from shop.desk import links
from shop.people.permissions import ALL, Acting, Permission, acts_as, employment_of
from shop.policy import Policy
from tests.world.clock import START, ManualClock
from tests.world.people import BOB, EVERYBODY, OLGA, Someone, user
from web.desk.admin import create
from web.desk.behind import Behind

URL = "https://shop.test/desk"
TOKEN = re.compile(r'name="csrftoken" value="([^"]+)"')


class Browser:
    """One browser: its cookies, and forms that it fills in as a person would."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def get(self, path: str = "/", **more: Any) -> httpx.Response:
        """A page, by its path below the desk's."""
        return await self.http.get(f"{URL}{path}", **more)

    async def submit(self, path: str, **fields: str) -> httpx.Response:
        """A form of the page at this path, sent back to where it came from."""
        page = await self.get(path)
        found = TOKEN.search(page.text)
        assert found is not None, page.text[:600]
        return await self.http.post(f"{URL}{path}", data={"csrftoken": found[1], **fields})

    async def comes_by(self, secret: str) -> httpx.Response:
        """Open the link and say yes."""
        return await self.submit(f"/in/{secret}")

    async def is_in(self) -> bool:
        """Whether the first page is shown, and not the one where one signs in."""
        return (await self.get("/")).status_code == 200

    @property
    def cookie(self) -> str | None:
        """The session's cookie."""
        return next((one.value for one in self.http.cookies.jar if one.name == "__Host-desk"), None)


@pytest.fixture
async def people(database: Database) -> dict[str, User]:
    """Everybody, by name; Bob works for Olga and sees to orders."""
    async with database.begin() as session:
        rows = {who.name: await user(session, who) for who in EVERYBODY}
        await session.flush()
        session.add(
            StaffMember(
                user_id=rows["Bob"].id,
                owner_id=rows["Olga"].id,
                permissions=written(frozenset({Permission.ORDERS})),
                actor="test",
                created_at=START,
            )
        )
    return rows


@pytest.fixture
def behind(database: Database, clock: ManualClock, policy: Policy, people: dict[str, User]) -> Behind:
    """The shop behind the desk."""
    return Behind(
        db=database,
        clock=clock,
        policy=lambda: policy,
        providers={},
        words=words_for,
        say=say,  # type: ignore[arg-type]  # its words are those of words_for
        done=line,  # type: ignore[arg-type]  # the same
        url=URL,
        key=lambda: b"pretend key of the desk",
    )


@pytest.fixture
def desk(behind: Behind) -> ASGIApp:
    """The desk itself."""
    return create(behind)


@pytest.fixture
async def browser(desk: ASGIApp) -> AsyncGenerator[Callable[[], Browser]]:
    """Opens another browser."""
    async with AsyncExitStack() as stack:
        clients: list[httpx.AsyncClient] = []

        def opened() -> Browser:
            transport = httpx.ASGITransport(desk, client=(f"192.0.2.{len(clients) + 1}", 4242))
            clients.append(httpx.AsyncClient(transport=transport))
            stack.push_async_callback(clients[-1].aclose)
            return Browser(clients[-1])

        yield opened


async def acting_of(database: Database, person: User, policy: Policy) -> Acting:
    """In whose shop a person acts."""
    is_owner = person.role.value == "admin" or person.telegram_id in policy.operators
    return acts_as(person, await employment_of(database, person.id), is_owner=is_owner, operators=policy.operators)


@pytest.fixture
def link_of(database: Database, clock: ManualClock, policy: Policy, people: dict[str, User]) -> Any:
    """Makes a link for somebody, as the chat does."""

    async def make(name: str) -> str:
        acting = await acting_of(database, people[name], policy)
        return await database.transact(lambda session: links.make(session, acting, now=clock.now()))

    return make


__all__ = ["ALL", "BOB", "OLGA", "URL", "Browser", "Someone", "acting_of"]
