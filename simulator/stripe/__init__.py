"""A pretend Stripe: Checkout, refunds, disputes, events and webhooks, a page to pay on, and chaos on demand."""

from starlette.routing import BaseRoute

from simulator.stripe import control, hosted
from simulator.stripe.cards import METHODS, Method
from simulator.stripe.errors import StripeError
from simulator.stripe.paying import Buyer
from simulator.stripe.pretend import PretendStripe
from simulator.stripe.records import Shipping

__all__ = ["METHODS", "Buyer", "Method", "PretendStripe", "Shipping", "StripeError", "routes"]


def routes(stripe: PretendStripe) -> list[BaseRoute]:
    """Return the routes to mount at `/stripe`: `/v1` (API), `/pay` (hosted pages), `/control`."""
    return [*stripe.api.routes(), *hosted.routes(stripe), *control.routes(stripe)]
