"""How fast a backlog of notifications goes out, against a Bot API that enforces Telegram's flood limits."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiohttp import web
from sqlalchemy import func, insert, select

from app.assemble import assemble
from app.config import Config
from app.config.secret import Secret
from app.config.services import Database as DatabaseSettings
from app.config.services import Telegram
from app.serve import opened
from bench.customer import TOKEN
from bench.measurement import Column, Measurement, Plan, Row
from bench.stock import fill
from db.models import Notification, Role, User
from db.session import Database

PERMITTED = 30  # messages a second over all chats, core.telegram.org/bots/faq (read 2026-11)
TO_A_CHAT = 1.0  # seconds between two to one chat
BOT = {"id": 900001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class FloodSink:
    """Answers 429 to the message after the 30th of any second, and to the second one to a chat within a second."""

    def __init__(self) -> None:
        self.arrived: list[float] = []
        self.refused = 0
        self._second: deque[float] = deque()
        self._chats: dict[str, float] = {}
        self._numbers = count(1)

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[str]:
        """The address of this Bot API while the block runs."""
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._call)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            host, port = runner.addresses[0][:2]
            yield f"http://{host}:{port}"
        finally:
            await runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method == "getUpdates":
            await asyncio.sleep(1)
            return _answer(result=[])
        if method == "getMe":
            return _answer(result=BOT)
        if method == "getStarTransactions":
            return _answer(result={"transactions": []})
        if not method.startswith("send"):
            return _answer(result=True)
        body: dict[str, Any] = json.loads(await request.read())
        chat, now = str(body["chat_id"]), time.perf_counter()
        while self._second and self._second[0] <= now - 1:
            self._second.popleft()
        if len(self._second) >= PERMITTED or now - self._chats.get(chat, 0) < TO_A_CHAT:
            self.refused += 1
            return _answer(status=429, ok=False, error_code=429, parameters={"retry_after": 1}, description="Too Many")
        self._second.append(now)
        self._chats[chat] = now
        self.arrived.append(now)
        message = {"message_id": next(self._numbers), "date": int(time.time()), "from": BOT, "text": "told"}
        return _answer(result={**message, "chat": {"id": int(chat), "type": "private", "first_name": "C"}})


async def run(plan: Plan) -> list[Row]:
    """Everybody waited for one product, and it is back."""
    people = 300 if plan.quick else 900
    rows = []
    for kind in plan.kinds:
        plan.say(f"outbox: {kind}, {people} people")
        url = plan.databases.empty(kind)
        try:
            await fill(url, products=1)
            await _write(url, people)
            rows.append({"what": kind, **await _deliver(url, people)})
        finally:
            plan.databases.forget(url)
    return rows


async def _deliver(url: str, people: int) -> Row:
    sink = FloodSink()
    async with sink.listening() as address:
        config = Config(
            telegram=Telegram(token=Secret(TOKEN), api_url=address), database=DatabaseSettings(url=Secret(url))
        )
        shop = assemble(config)
        async with opened(shop, web=False):
            await _all_told(shop.db, deadline=3 * people / PERMITTED + 30)
    first, last = sink.arrived[0], sink.arrived[-1]
    rate = (len(sink.arrived) - 1) / (last - first)
    return {"told": len(sink.arrived), "per_second": rate, "ratio": rate / PERMITTED, "refused": sink.refused}


async def _all_told(db: Database, deadline: float) -> None:
    waiting = select(func.count()).where(Notification.sent_at.is_(None))
    async with asyncio.timeout(deadline):
        while True:
            async with db.read() as session:
                if not await session.scalar(waiting):
                    return
            await asyncio.sleep(0.5)


async def _write(url: str, people: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    database = Database(url)
    try:
        async with database.begin() as session:
            persons = [
                User(telegram_id=50_000 + number, name="C", role=Role.CUSTOMER, created_at=now, updated_at=now)
                for number in range(people)
            ]
            session.add_all(persons)
            await session.flush()
            common = {"kind": "back_in_stock", "data": {"product_id": 1}, "attempts": 0, "run_at": now}
            rows = [
                {**common, "user_id": person.id, "dedupe_key": f"bench:{person.id}", "created_at": now}
                for person in persons
            ]
            await session.execute(insert(Notification), rows)
    finally:
        await database.close()


def _answer(*, status: int = 200, ok: bool = True, **parts: Any) -> web.Response:
    return web.json_response({"ok": ok, **parts}, status=status)


OUTBOX = Measurement(
    name="outbox",
    about="Notifications per second, against a Bot API that enforces 30 a second and one a second to a chat",
    columns=(
        Column("told", "told", 0),
        Column("per_second", "a second", 1, "more"),
        Column("ratio", "÷ permitted", 3, "more"),
        Column("refused", "429", 0, "less"),
    ),
    run=run,
)
