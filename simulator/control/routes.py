"""All routes under `/control/`."""

from starlette.routing import BaseRoute

from simulator.control.chats import Chats
from simulator.control.events import Events
from simulator.control.groups import Groups
from simulator.control.inline import Inline
from simulator.control.payments import Payments
from simulator.control.people import People
from simulator.control.trouble import Trouble
from simulator.control.web_apps import WebApps
from simulator.stage import Stage


def routes(simulator: Stage) -> list[BaseRoute]:
    """The control API of one simulator."""
    rooms = (
        People(simulator),
        Chats(simulator),
        Groups(simulator),
        Inline(simulator),
        Payments(simulator),
        WebApps(simulator),
        Trouble(simulator),
        Events(simulator),
    )
    return [route for room in rooms for route in room.routes()]
