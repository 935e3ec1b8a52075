"""The browser page that shows the chats."""

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

if TYPE_CHECKING:
    from simulator.server import Simulator


def routes(simulator: "Simulator") -> list[BaseRoute]:
    """Return the routes of the page, to be served at `/`."""
    return []
