"""Sets the stage: a filled database, the shop open on it, and its sellers in front of the pretend Telegram."""

import asyncio
import shutil
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import httpx
from msgspec import Struct

from app.assemble import assemble
from app.config import Config
from app.config.policy import policy
from app.demo.cast import OSCAR, SELLERS
from app.demo.catalogue import PICTURES
from app.demo.past import Tills
from app.demo.pretend import address
from app.demo.seeding import seed
from app.demo.settings import (
    BOT,
    CRYPTO_TOKEN,
    MEDIA,
    PAYPAL_CLIENT,
    PAYPAL_SECRET,
    PAYPAL_WEBHOOK,
    STRIPE_SECRET,
    demo,
)
from app.listening import bind
from app.serve import opened
from payments.by_hand import ByHand
from payments.crypto import CryptoPay
from payments.paypal import PayPal
from shop.clock import SystemClock

TAPS, PAUSE = 40, 0.25  # tries, and seconds between them


class Stage(Struct, frozen=True):
    """Everything is running: the page to open, and what ends when the shop fails."""

    url: str
    desk: str
    failed: asyncio.Future[None]


@asynccontextmanager
async def staged(process: Process, data: Path, own: Config | None = None) -> AsyncGenerator[Stage]:
    """Open the shop behind the pretend Telegram of `process`, and close it again. Raises SimulatorFailed.

    What is already in the folder `data` is used as it is; an empty one is filled.
    """
    url = await address(process)
    bound = bind("127.0.0.1", 0)  # the desk's links name the port, so it is known before the shop is opened
    config = demo(url, data, own, port=bound.getsockname()[1])
    shutil.copytree(PICTURES, data / MEDIA, dirs_exist_ok=True)
    async with httpx.AsyncClient(base_url=url) as client:
        await _post(client, "/control/bots", **BOT)  # whoever opens the page already finds the shop's chat there
        if not (data / "shop.sqlite3").exists():
            async with _tills(client, config) as tills:
                await seed(config.database.url.reveal(), tills, policy=policy(config), now=SystemClock().now())
        async with opened(assemble(config), bound=bound) as shop_open:
            hook = f"{shop_open.address}/webhooks/stripe"
            await _post(client, "/stripe/control/webhook", url=hook, secret=STRIPE_SECRET)
            hook = f"{shop_open.address}/webhooks/paypal"
            await _post(client, "/paypal/control/webhook", url=hook, id=PAYPAL_WEBHOOK)
            hook = f"{shop_open.address}/webhooks/crypto"
            await _post(client, "/crypto/control/webhook", url=hook, token=CRYPTO_TOKEN)
            yield Stage(url, config.desk.url or "", shop_open.failed)


@asynccontextmanager
async def _tills(client: httpx.AsyncClient, config: Config) -> AsyncGenerator[Tills]:
    """What the past was paid with: cash, and the pretend PayPal and Crypto Pay, where customers pay at once."""

    async def agree(method: str, reference: str) -> None:
        act, about = {"paypal": ("approve", "order"), "crypto": ("pay", "invoice")}[method]
        await _post(client, f"/{method}/control/{act}", **{about: reference})

    cash = ByHand("cash", "", hold=config.schedule.manual_hold)
    paypal = PayPal(PAYPAL_CLIENT, PAYPAL_SECRET, api_url=config.payments.paypal.api_url)
    crypto = CryptoPay(CRYPTO_TOKEN, api_url=config.payments.crypto.api_url)
    try:
        yield Tills({cash.name: cash, paypal.name: paypal, crypto.name: crypto}, agree)
    finally:
        await paypal.hang_up()
        await crypto.hang_up()


async def let_the_sellers_in(url: str) -> None:
    """Have those who run the shop open its chat, if they never did: a shop can only write to who came before."""
    async with httpx.AsyncClient(base_url=url) as client:
        for name in (who.name for who in (*SELLERS, OSCAR)):
            chat = (await client.get(f"/control/chats/{name}")).json()
            if not chat["messages"]:
                await _post(client, "/control/send", person=name, text="/start")
        await _post(client, "/control/idle", timeout=10)
        if not (await client.get("/control/groups")).json()["groups"]:
            await _open_a_group_and_a_channel(client)


async def _open_a_group_and_a_channel(client: httpx.AsyncClient) -> None:
    """Olga's helpers sit in a group with topics, where her orders and questions arrive; her channel waits for /post."""
    for about in (
        {"title": "Olga’s team", "kind": "supergroup", "forum": True, "members": [1005]},
        {"title": "Tea news", "kind": "channel", "members": [1001, 1002]},
    ):
        group = (await client.post("/control/groups", json={"person": "Olga", **about})).json()["id"]
        await _post(client, f"/control/groups/{group}/bot", person="Olga", status="administrator")
        await _post(client, "/control/idle", timeout=10)
        for label in ("Orders", "Questions") if about["kind"] == "supergroup" else ():
            await _tap(client, person="Olga", group=group, label=label)
            await _post(client, "/control/idle", timeout=10)


async def _tap(client: httpx.AsyncClient, **body: object) -> None:
    """Tap a button as soon as it is there: on a busy machine the bot's message comes after the room looked quiet."""
    for _ in range(TAPS):
        if (await client.post("/control/tap", json=body, timeout=15)).status_code != HTTPStatus.CONFLICT:
            return
        await asyncio.sleep(PAUSE)
    await _post(client, "/control/tap", **body)


async def _post(client: httpx.AsyncClient, path: str, **body: object) -> None:
    (await client.post(path, json=body, timeout=15)).raise_for_status()
