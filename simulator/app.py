"""Build the web application: Bot API, control API, browser page, pretend Stripe, PayPal and Crypto Pay."""

from starlette.applications import Starlette
from starlette.routing import Mount

from simulator import crypto, page, paypal, stripe
from simulator.control import routes as control
from simulator.stage import Stage


def build_app(simulator: Stage) -> Starlette:
    """All routes over one simulator."""
    return Starlette(
        routes=[
            *simulator.bot_api.routes(),
            Mount("/control", routes=control.routes(simulator)),
            Mount("/stripe", routes=stripe.routes(simulator.stripe)),
            Mount("/crypto", routes=crypto.routes(simulator.crypto)),
            Mount("/paypal", routes=paypal.routes(simulator.paypal)),
            *page.routes(simulator),
        ]
    )
