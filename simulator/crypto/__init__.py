"""A pretend Crypto Pay: invoices in fiat that are paid in coins, deleted or expire, webhooks, a page, and chaos."""

from starlette.routing import BaseRoute

from simulator.crypto import api, hosted
from simulator.crypto.invoices import CryptoError
from simulator.crypto.pretend import PretendCrypto

__all__ = ["CryptoError", "PretendCrypto", "routes"]


def routes(crypto: PretendCrypto) -> list[BaseRoute]:
    """Return the routes to mount at `/crypto`: `/api`, `/invoice` (the page), `/control`."""
    return [*api.routes(crypto), *hosted.routes(crypto)]
