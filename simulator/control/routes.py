"""All routes under `/control/`."""

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from simulator.control.chats import Chats
from simulator.control.events import Events
from simulator.control.payments import Payments
from simulator.control.people import People
from simulator.control.trouble import Trouble

if TYPE_CHECKING:
    from simulator.server import Simulator


def routes(simulator: "Simulator") -> list[BaseRoute]:
    """The control API of one simulator."""
    rooms = (People(simulator), Chats(simulator), Payments(simulator), Trouble(simulator), Events(simulator))
    return [route for room in rooms for route in room.routes()]
