"""The real Crypto Pay provider, with the pretend Crypto Pay behind it on the shop's own clock."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Mount

from payments.crypto import CryptoPay
from simulator.crypto import PretendCrypto, routes
from tests.payments.pretend import no_pause
from tests.world.clock import ManualClock, ShopTime
from tests.world.serving import serve

TOKEN = "4242:pretend-token-of-the-counter"


@asynccontextmanager
async def pretend_crypto(clock: ManualClock | None = None) -> AsyncGenerator[tuple[PretendCrypto, CryptoPay]]:
    """A pretend Crypto Pay on a free port, and the real provider that talks to it."""
    pretend = PretendCrypto(ShopTime(clock or ManualClock()))
    async with serve(Starlette(routes=[Mount("/crypto", routes=routes(pretend))])) as address:
        url = f"{address}/crypto"
        crypto = CryptoPay(TOKEN, api_url=url, pause=no_pause)
        try:
            yield pretend, crypto
        finally:
            await crypto.hang_up()
            pretend.chaos.clear()
