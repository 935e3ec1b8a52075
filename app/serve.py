"""Runs the shop in one loop: bot, web server and schedule; and stops them in the order in which nothing is lost."""

import asyncio
import gc
import socket
from collections.abc import AsyncGenerator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from msgspec import Struct

import payments
from app.assemble import Storefront, assemble
from app.config import Config
from app.listening import bind, listening
from app.schedule import Schedule
from app.stopping import Stopping
from db import revisions
from shop.people import house
from shop.products.currency import check_currency

if TYPE_CHECKING:
    from starlette.applications import Starlette

REST = 1.0  # seconds after the start until what is not urgent: who has been waiting is answered first

log = structlog.get_logger(__name__)


class Open(Struct, frozen=True):
    """A shop that is open: where its web server listens (if it has one), its schedule, and what ends with a failure."""

    shop: Storefront
    schedule: Schedule
    address: str | None
    failed: asyncio.Future[None]


async def serve(config: Config) -> None:
    """Run the shop until SIGINT or SIGTERM. Raises PortTaken, ForeignGoods, InvalidToken, ConfigMistakes."""
    with Stopping() as stopping:
        async with opened(assemble(config), rest=REST) as open_shop:
            stopping.opened()
            log.info("open", address=open_shop.address, mode=config.telegram.mode)
            await _first(stopping.asked, open_shop.failed)
            log.info("closing")


@asynccontextmanager
async def opened(
    shop: Storefront,
    *,
    web: bool = True,
    ticking: bool = True,
    rest: float = 0.0,
    bound: socket.socket | None = None,
) -> AsyncGenerator[Open]:
    """Open the shop and close it again. Raises PortTaken and ForeignGoods before anything is started.

    What is not urgent waits for `rest` seconds, so that who waits for an answer has it first. `bound` is a socket to
    serve on, where whoever opens the shop had to know its address before.

    Closing: nothing new is taken in, then what is in hand is finished (updates, requests, scheduled work), and only
    then the connections go.
    """
    config = shop.config
    async with AsyncExitStack() as stack:
        if web and bound is None:
            bound = bind(config.web.host, config.web.port)
        if bound is not None:
            stack.callback(bound.close)
        stack.push_async_callback(shop.db.close)
        stack.push_async_callback(payments.hang_up, shop.providers)
        await _migrate(shop)
        await shop.settings.load()
        async with shop.db.read() as session:
            await check_currency(session, shop.policy.currency)
        operators = shop.policy.operators
        await shop.db.transact(lambda session: house.take_over(session, operators, now=shop.clock.now()))
        stack.push_async_callback(shop.bot.stop)
        await shop.bot.start()
        schedule = shop.schedule()
        stack.push_async_callback(schedule.stop)
        address = None
        if bound is not None:
            # who polls is answered without it; connections that come earlier wait in the socket
            late = rest if config.telegram.mode == "polling" else 0.0
            ticks = schedule if ticking else None
            address = await stack.enter_async_context(listening(lambda: _front(shop, ticks), bound, after=late))
        failed = await stack.enter_async_context(_intake(shop))
        if ticking:
            schedule.start(rest=rest)
        await stack.enter_async_context(_beside(_settle(shop, rest)))
        yield Open(shop, schedule, address, failed)


def _front(shop: Storefront, schedule: Schedule | None) -> "Starlette":
    from app.front import front  # noqa: PLC0415  it has time, as the server that it brings

    return front(shop, schedule)


async def _settle(shop: Storefront, rest: float) -> None:
    """What may wait until those who have been waiting for an answer have it."""
    await asyncio.sleep(rest)
    if not gc.isenabled():  # `storefront run` loads without it
        gc.collect()
        gc.freeze()  # what was loaded stays: to look through it for garbage would stop everybody for a moment
        gc.enable()
    await shop.bot.publish_commands()


async def _migrate(shop: Storefront) -> None:
    if await revisions.is_up_to_date(shop.db):
        return
    from db import migrate  # noqa: PLC0415  most starts have nothing to migrate, and Alembic takes long to load

    await migrate.upgrade(shop.config.database.url.reveal())


@asynccontextmanager
async def _intake(shop: Storefront) -> AsyncGenerator[asyncio.Future[None]]:
    """Have updates come in while the block runs; the future ends when they cannot come any more."""
    telegram = shop.config.telegram
    failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    if telegram.mode == "webhook" and telegram.webhook_url and telegram.webhook_secret:
        await shop.bot.listen(telegram.webhook_url, telegram.webhook_secret.reveal())
        yield failed
        return

    async def poll() -> None:
        try:
            await shop.bot.poll()
        except Exception as error:  # noqa: BLE001  whoever waits for the end hears of it
            if not failed.done():
                failed.set_exception(error)

    async with _beside(poll()):
        yield failed


@asynccontextmanager
async def _beside(work: Coroutine[object, object, None]) -> AsyncGenerator[None]:
    """Run something beside the block, and cancel it when the block ends."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        try:
            yield
        finally:
            task.cancel()


async def _first(stop: asyncio.Event, failed: asyncio.Future[None]) -> None:
    """Wait for a signal or for a failure, which comes out."""
    async with asyncio.TaskGroup() as group:
        stopped = group.create_task(stop.wait())
        await asyncio.wait((stopped, failed), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
    if failed.done():
        failed.result()
