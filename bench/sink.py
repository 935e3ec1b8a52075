"""A minimal, fast Bot API that plays customers: it answers calls at once (or after a delay) and keeps score."""

import asyncio
import itertools
import json
import random
import time
from collections import Counter, deque
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

from bench.customer import Customer, Walk

MESSAGES = itertools.count(1)
EDITS = {"editMessageText", "editMessageMedia", "editMessageCaption"}
SHOWS = {"sendMessage", "sendPhoto", "sendInvoice", *EDITS}


class Sink:
    """Plays `customers` in a closed loop: each taps again as soon as the answer is visible.

    `latency` is added to each answer, in seconds. Delivery is by getUpdates, or by posting to the webhook that the bot
    sets, at most `max_connections` at once as Telegram does.
    """

    def __init__(self, *, latency: float = 0.0) -> None:
        self.latency = latency
        self.customers: dict[int, Customer] = {}
        self._known: dict[int, Customer] = {}
        self.calls: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.pre_checkout: list[float] = []
        self.first_answer = asyncio.Event()
        self.first_answer_at = 0.0  # seconds of time.perf_counter
        self._queue: deque[dict[str, Any]] = deque()
        self._ready = asyncio.Event()
        self._webhook: tuple[str, str] | None = None
        self._slots = asyncio.Semaphore(100)
        self._posting: set[asyncio.Task[None]] = set()
        self._client: aiohttp.ClientSession | None = None
        self._running = False
        self._pause = 0.0
        self._looking: set[int] = set()  # customers who will tap when they have looked
        self._rounds: asyncio.Task[None] | None = None
        self._asked: dict[str, tuple[Customer, dict[str, Any], float]] = {}

    async def serve(self) -> tuple[web.AppRunner, str]:
        """Listen on an ephemeral loopback port; the runner to clean up and the Bot API address."""
        application = web.Application(client_max_size=64 * 2**20)
        application.router.add_route("*", "/bot{token}/{method}", self._call)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        self._client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        host, port = runner.addresses[0][:2]
        return runner, f"http://{host}:{port}"

    async def close(self, runner: web.AppRunner) -> None:
        """Stop listening and drop what is in flight."""
        self._running = False
        for task in [*self._posting, *([self._rounds] if self._rounds else [])]:
            task.cancel()
        if self._client is not None:
            await self._client.close()
        await runner.cleanup()

    def play(self, count: int, walks: Sequence[Walk], *, first_id: int = 10_000, pause: float = 0.0) -> None:
        """Let `count` customers walk, from now on; the same ones as before go on where they were.

        They look at each screen for `pause` seconds before they tap again.
        """
        self._running, self._pause = True, pause
        known = self._known
        self.customers = {
            number: known.setdefault(number, Customer(number, walks, random.Random(number)))
            for number in range(first_id, first_id + count)
        }
        for customer in self.customers.values():
            customer.walks = walks  # from their next visit on
        for customer in self.customers.values():
            if not customer.visits:
                self._push(customer.start())
            elif not customer.waiting:
                self._push(customer.next_update())
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.get_running_loop().create_task(self._look_after())

    async def _look_after(self) -> None:
        """Let whoever was given no answer begin again."""
        while True:
            await asyncio.sleep(1)
            for customer in self.customers.values():
                if self._running and customer.is_lost():
                    self._push(customer.start())

    def stop(self) -> None:
        """No further taps; what is under way is answered."""
        self._running = False

    def reset_score(self) -> None:
        """Begin to count anew (after a warm-up)."""
        self.calls.clear()
        self.pre_checkout.clear()
        for customer in self.customers.values():
            customer.latencies.clear()
            customer.lost = 0
            customer.paid = 0

    def _push(self, update: dict[str, Any]) -> None:
        if self._webhook is not None:
            task = asyncio.get_running_loop().create_task(self._post(update))
            self._posting.add(task)
            task.add_done_callback(self._posting.discard)
        else:
            self._queue.append(update)
            self._ready.set()

    async def _post(self, update: dict[str, Any]) -> None:
        assert self._webhook is not None
        assert self._client is not None
        url, secret = self._webhook
        async with self._slots:
            while True:
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                try:
                    async with self._client.post(url, json=update, headers=headers) as answer:
                        if answer.status < 300:
                            return
                        self.errors[f"webhook {answer.status}"] += 1
                except aiohttp.ClientError:
                    if not self._running:
                        return  # the measurement is over, and the bot is gone
                    self.errors["webhook away"] += 1
                await asyncio.sleep(0.05)

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params = await _read(request)
        if method == "getUpdates":
            return _ok(await self._updates(params))
        self.calls[method] += 1
        result = self._answer(method, params)
        if self.latency:
            await asyncio.sleep(self.latency)
        response = _ok(result)
        if method in SHOWS:
            self._shown(method, params, result)
        return response

    async def _updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        if not self._queue:
            self._ready.clear()
            try:
                await asyncio.wait_for(self._ready.wait(), min(float(params.get("timeout", 0)) or 0.01, 10))
            except TimeoutError:
                return []
        return [self._queue.popleft() for _ in range(min(100, len(self._queue)))]

    def _answer(self, method: str, params: dict[str, Any]) -> Any:
        if method == "getMe":
            return {"id": 900001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        if method == "getStarTransactions":
            return {"transactions": []}
        if method == "setWebhook":
            self._webhook = (str(params["url"]), str(params.get("secret_token", "")))
            return True
        if method == "deleteWebhook":
            self._webhook = None
            return True
        if method == "answerPreCheckoutQuery":
            self._checked(params)
            return True
        if method == "answerCallbackQuery" and params.get("text"):
            self.errors[f"told: {params['text']}"] += 1
        if method in SHOWS:
            chat = int(params["chat_id"])
            message: dict[str, Any] = {
                "message_id": int(params.get("message_id") or 0) or next(MESSAGES),
                "date": int(time.time()),
                "chat": {"id": chat, "type": "private", "first_name": "C"},
                "from": {"id": 900001, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
            }
            if method in {"sendPhoto", "editMessageMedia"}:
                message["photo"] = [{"file_id": "bench-photo", "file_unique_id": "b", "width": 90, "height": 90}]
            else:
                message["text"] = "screen"
            return message
        return True

    def _shown(self, method: str, params: dict[str, Any], result: dict[str, Any]) -> None:
        customer = self.customers.get(int(params["chat_id"]))
        if not self.first_answer.is_set():
            self.first_answer_at = time.perf_counter()
            self.first_answer.set()
        if customer is None:
            return
        keyboard = _markup(params)
        invoice = method == "sendInvoice"
        if keyboard is None and not customer.waiting:
            return
        customer.saw(result["message_id"], keyboard, photo="photo" in result, invoice=invoice, edited=method in EDITS)
        if not self._running or customer.waiting or (customer.paying and not invoice):
            return  # who is paying does not walk on because news of another order comes
        if invoice:
            self._push(self._ask(customer, params))
        elif self._pause:
            if customer.id not in self._looking:
                self._looking.add(customer.id)
                asyncio.get_running_loop().call_later(self._pause, self._go_on, customer)
        else:
            self._push(customer.next_update())

    def _go_on(self, customer: Customer) -> None:
        self._looking.discard(customer.id)
        if self._running and not customer.waiting:
            self._push(customer.next_update())

    def _ask(self, customer: Customer, params: dict[str, Any]) -> dict[str, Any]:
        prices = json.loads(params["prices"]) if isinstance(params["prices"], str) else params["prices"]
        invoice = {
            "currency": params["currency"],
            "total_amount": sum(price["amount"] for price in prices),
            "invoice_payload": params["payload"],
        }
        update = customer.asks(invoice)
        self._asked[update["pre_checkout_query"]["id"]] = (customer, invoice, time.perf_counter())
        return update

    def _checked(self, params: dict[str, Any]) -> None:
        query = str(params["pre_checkout_query_id"])
        asked = self._asked.pop(query, None)
        if asked is None:
            return
        customer, invoice, since = asked
        self.pre_checkout.append(time.perf_counter() - since)
        if str(params.get("ok")).lower() in {"true", "1"}:
            self._push(customer.pays(invoice, query))
        else:
            self.errors["pre-checkout refused"] += 1
            self._push(customer.start())


async def _read(request: web.Request) -> dict[str, Any]:
    kind = request.content_type
    if kind == "application/json":
        body: dict[str, Any] = json.loads(await request.read() or b"{}")
        return body
    if kind.startswith("multipart/"):
        return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    text = (await request.read()).decode()
    return {name: values[0] for name, values in parse_qs(text or request.query_string).items()}


def _markup(params: dict[str, Any]) -> list[list[dict[str, Any]]] | None:
    markup = params.get("reply_markup")
    if not markup:
        return None
    loaded = json.loads(markup) if isinstance(markup, str) else markup
    keyboard: list[list[dict[str, Any]]] | None = loaded.get("inline_keyboard")
    return keyboard


def _ok(result: object) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")
