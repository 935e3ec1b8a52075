"""What a page of the desk costs: CPU time for each, in a small shop and in a large one beside it."""

import gc
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median
from typing import Any

from starlette.types import ASGIApp

from bench.measurement import Column, Measurement, Plan, Row
from bot.routing.refusals import say
from bot.screens.selling.log.views import line
from bot.words import words_for
from db.models import SignedInBy
from db.session import Database
from shop.desk import sessions
from shop.desk.lasting import Lasting
from shop.policy import Policy
from tests.world.clock import START, ManualClock
from tests.world.people import OLGA, OSCAR, user
from tests.world.plenty import HOT, Size, fill
from web.desk.admin import create
from web.desk.behind import Behind

SMALL = (100, 300)
LARGE = (100_000, 100_000)
QUICK = (10_000, 20_000)
TIMES = 30
SOME = 10  # in a quick look
AT_FIRST = 5  # requests that warm up what is compiled and cached, as a shop that is open has it
URL = "http://127.0.0.1:8080/desk"
SAYS = {"olga": OLGA, "oscar": OSCAR}


def pages(size: Size) -> dict[str, str]:
    """What is opened, by what the figures call it."""
    return {
        "overview": "/",
        "overview, a year": "/?span=y",
        "orders": "/orders",
        "orders, completed": "/orders?status=completed",
        "orders, found by a name": "/orders?q=guest%201",
        "order": f"/orders/{size.orders}",
        "products": "/products",
        "products, from the middle": f"/products?before={size.products // 2}",
        "products, found by a name": "/products?q=product",
        "products, found by a number": "/products?q=product%207",
        "products, found by a SKU": f"/products?q=bulk-{size.products - 5}",
        "product": f"/products/{HOT}",
        "lists": "/lists",
        "money": "/money",
        "log": "/log",
        "account": "/account",
    }


async def run(plan: Plan) -> list[Row]:
    """Each page for a seller and for an operator, on every database; the shops take turns, so that noise hits both."""
    rows: list[Row] = []
    for kind in plan.kinds:
        async with AsyncExitStack() as stack:
            desks = []
            for products, orders in (SMALL, QUICK if plan.quick else LARGE):
                plan.say(f"desk: {kind}, {products:,} products and {orders:,} orders")
                desks.append(await stack.enter_async_context(_open(plan, kind, products, orders)))
            for who in SAYS:
                for name in pages(desks[0].size):
                    costs = await _costs(
                        [(desk, pages(desk.size)[name]) for desk in desks], who, times=SOME if plan.quick else TIMES
                    )
                    row = {"what": f"{kind}: {name} ({who})", "small_ms": costs[0], "large_ms": costs[1]}
                    rows.append({**row, "ratio": costs[1] / costs[0]})
    return rows


class Desk:
    """A desk that is open, and the cookies of those who are signed in."""

    def __init__(self, app: ASGIApp, size: Size, cookies: dict[str, str]) -> None:
        self._app = app
        self.size = size
        self._cookies = cookies

    async def get(self, path: str, who: str) -> float:
        """Look at a page: the milliseconds of CPU that this took. Raises RuntimeError when it is not shown."""
        path, _, query = path.partition("?")
        headers = [(b"host", b"127.0.0.1:8080"), (b"cookie", f"desk={self._cookies[who]}".encode())]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": f"/desk{path}",
            "raw_path": f"/desk{path}".encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": headers,
            "client": ("127.0.0.1", 4242),
            "server": ("127.0.0.1", 8080),
            "state": {},
        }
        statuses: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if "status" in message:
                statuses.append(message["status"])

        began = time.process_time()
        await self._app(scope, receive, send)
        spent = time.process_time() - began
        if statuses not in ([200], [303]):
            raise RuntimeError(f"{path} answered {statuses}")
        return spent * 1000


@asynccontextmanager
async def _open(plan: Plan, kind: str, products: int, orders: int) -> AsyncGenerator[Desk]:
    url = plan.databases.empty(kind)
    database = Database(url)
    try:
        size = await fill(database, products=products, orders=orders, now=START)
        yield await _desk(database, size)
    finally:
        await database.close()
        plan.databases.forget(url)


async def _desk(database: Database, size: Size) -> Desk:
    lasting, cookies = Lasting(), {}
    async with database.begin() as session:
        for name, somebody in SAYS.items():
            person = await user(session, somebody)
            cookies[name] = await sessions.open_(session, person.id, SignedInBy.LINK, lasting, now=START)
    policy = Policy(operators=frozenset({OSCAR.telegram_id}))
    behind = Behind(
        db=database,
        clock=ManualClock(),
        policy=lambda: policy,
        providers={},
        words=words_for,
        say=say,  # type: ignore[arg-type]  # its words are what words_for gave
        done=line,  # type: ignore[arg-type]  # the same
        url=URL,
        key=lambda: b"pretend key of the desk",
    )
    return Desk(create(behind), size, cookies)


async def _costs(desks: list[tuple[Desk, str]], who: str, *, times: int) -> list[float]:
    spent: list[list[float]] = [[] for _ in desks]
    for desk, path in desks:
        for _ in range(AT_FIRST):
            await desk.get(path, who)
    gc.collect()
    for _ in range(times):
        for each, (desk, path) in zip(spent, desks, strict=True):
            each.append(await desk.get(path, who))
    return [median(each) for each in spent]


DESK = Measurement(
    name="desk",
    about="CPU time of a page of the desk, in a small shop and in a large one",
    columns=(
        Column("small_ms", "small ms", 1, "less"),
        Column("large_ms", "large ms", 1, "less"),
        Column("ratio", "large ÷ small", 2, "less"),
    ),
    run=run,
)
