"""A pretend PayPal: orders that the merchant captures, refunds, disputes, webhooks, a page to agree on, and chaos."""

from starlette.routing import BaseRoute

from simulator.paypal import control, hosted
from simulator.paypal.errors import PayPalError
from simulator.paypal.pretend import PretendPayPal
from simulator.paypal.ways import WAYS, Way

__all__ = ["WAYS", "PayPalError", "PretendPayPal", "Way", "routes"]


def routes(paypal: PretendPayPal) -> list[BaseRoute]:
    """Return the routes to mount at `/paypal`: `/v1` and `/v2` (API), `/checkoutnow` (the page), `/control`."""
    return [*paypal.api.routes(), *hosted.routes(paypal), *control.routes(paypal)]
