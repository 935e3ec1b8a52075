"""Deliver updates by HTTP POST the way Telegram does: in order within a lane, many lanes at once, until accepted.

Source for lanes, retries and limits: tdlib/telegram-bot-api, WebhookActor.cpp.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import aiohttp

from simulator.clock import Clock
from simulator.telegram.updates import Update, UpdateQueue
from simulator.telegram.wire import Json, JsonObject

MAX_DELAY = 60
MAX_RETRY_AFTER = 3600
ANSWER_SECONDS = 60
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
Reply = Callable[[str, JsonObject], Awaitable[None]]


class Webhook:
    """One bot's webhook; `reply` serves the method call that an answer's body may hold."""

    def __init__(
        self, clock: Clock, updates: UpdateQueue, url: str, secret: str, connections: int, reply: Reply, token: str
    ) -> None:
        self.clock = clock
        self.updates = updates
        self.url = url
        self.secret = secret
        self.connections = connections
        self.reply = reply
        self.token = token
        self.last_error: tuple[int, str] | None = None
        self._lanes: dict[tuple[str, int], deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    def start(self) -> None:
        """Take over the queue, beginning with what waits already."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        connector = aiohttp.TCPConnector(limit=self.connections)
        self._session = aiohttp.ClientSession(timeout=timeout, connector=connector)
        self.updates.deliver = self._accept
        for update in list(self.updates.waiting.values()):
            self._accept(update)

    async def stop(self) -> None:
        """End all deliveries; what was not accepted stays in the queue."""
        self.updates.deliver = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._lanes.clear()
        if self._session:
            await self._session.close()

    def info(self) -> JsonObject:
        """The webhook's part of the Bot API's `WebhookInfo`."""
        info: JsonObject = {"url": self.url, "max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    def _accept(self, update: Update) -> None:
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.create_task(self._run(update.lane))  # noqa: TID251  kept in _tasks, ended by stop
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, name: tuple[str, int]) -> None:
        lane = self._lanes[name]
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[name]

    async def _deliver(self, update: Update) -> None:
        """Post one update until it is accepted or too old: again at once, then after 2, 4, … seconds."""
        delay = 0.0
        while self.clock.now() < update.expires_at and update.id in self.updates.waiting:
            async with self._slots:
                asked = await self._post(update)
            if asked is None:
                break
            await self.clock.sleep(max(delay, asked))
            delay = min(max(2.0, delay * 2), MAX_DELAY)
        self.updates.confirm(update.id)

    async def _post(self, update: Update) -> float | None:
        """None when accepted, otherwise the seconds the receiver asked to wait (usually 0)."""
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        if self._session is None:
            return 0.0
        try:
            async with self._session.post(self.url, json=update.to_json(), headers=headers) as response:
                if 200 <= response.status < 300:
                    if response.content_type == "application/json":
                        await self._serve(await response.json())
                    return None
                self._fail(f"Wrong response from the webhook: {response.status} {response.reason}")
                wait = response.headers.get("Retry-After", "")
                return float(min(int(wait), MAX_RETRY_AFTER)) if wait.isdigit() else 0.0
        except TimeoutError:
            self._fail("Read timeout expired")
        except ValueError:
            return None
        except aiohttp.ClientError as error:
            self._fail("Connection refused" if isinstance(error, aiohttp.ClientConnectorError) else str(error))
        return 0.0

    def _fail(self, words: str) -> None:
        self.last_error = (int(self.clock.now()), words)

    async def _serve(self, body: Json) -> None:
        if isinstance(body, dict) and isinstance(body.get("method"), str):
            await self.reply(self.token, body)
