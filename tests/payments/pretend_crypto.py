"""The real Crypto Pay provider, with the pretend Crypto Pay behind it on the shop's own clock."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from payments.crypto import CryptoPay
from simulator.crypto import PretendCrypto, routes
from tests.payments.pretend import no_pause
from tests.world.clock import ManualClock, ShopTime

TOKEN = "4242:pretend-token-of-the-counter"


@asynccontextmanager
async def pretend_crypto(clock: ManualClock | None = None) -> AsyncGenerator[tuple[PretendCrypto, CryptoPay]]:
    """A pretend Crypto Pay on a free port, and the real provider that talks to it."""
    pretend = PretendCrypto(ShopTime(clock or ManualClock()))
    app = Starlette(routes=[Mount("/crypto", routes=routes(pretend))])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1))
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.005)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/crypto"
        crypto = CryptoPay(TOKEN, api_url=url, pause=no_pause)
        try:
            yield pretend, crypto
        finally:
            await crypto.hang_up()
            pretend.chaos.clear()
            server.should_exit = True
            await serving
