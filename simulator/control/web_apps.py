"""Web Apps over HTTP: what the page needs to show one in a frame."""

from starlette.routing import BaseRoute

from simulator.acts import web_apps
from simulator.acts.finding import open_chat
from simulator.control.requests import bot_of, number_of, person_of, route
from simulator.stage import Stage
from simulator.telegram.wire import Json, JsonObject


class WebApps:
    """Opening apps over HTTP."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [route("POST", "/web_app", self.open)]

    async def open(self, body: JsonObject) -> Json:
        """Of `message_id`, `row` and `column`, or without them of the menu."""
        world = self.simulator.world
        chat = open_chat(world, person_of(body), bot_of(body))
        if "row" not in body:
            return web_apps.open_menu(world, chat).to_json()
        place = number_of(body, "row"), number_of(body, "column")
        return web_apps.open_button(world, chat, number_of(body, "message_id"), *place).to_json()
