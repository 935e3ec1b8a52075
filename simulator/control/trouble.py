"""Trouble and time over HTTP: faults, flood limits, repeated updates, the clock, the log of calls."""

from starlette.routing import BaseRoute

from simulator.acts.finding import find_bot
from simulator.control.requests import bot_of, number_of, route
from simulator.stage import Stage
from simulator.telegram.faults import Fault
from simulator.telegram.wire import Json, JsonObject, as_flag, as_text


class Trouble:
    """What makes a bot's life hard."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [
            route("POST", "/faults", self.add),
            route("GET", "/faults", self.list),
            route("DELETE", "/faults", self.clear),
            route("GET", "/calls", self.calls),
            route("POST", "/flood", self.flood),
            route("POST", "/redeliver", self.redeliver),
            route("POST", "/pictures", self.pictures),
            route("POST", "/revoke", self.revoke),
            route("POST", "/clock", self.clock),
        ]

    async def add(self, body: JsonObject) -> Json:
        """Schedule a fault."""
        fault = Fault.from_json(body)
        self.simulator.world.faults.add(fault)
        return fault.to_json()

    async def list(self, _: JsonObject) -> Json:
        """What is still to go wrong."""
        return {"faults": [fault.to_json() for fault in self.simulator.world.faults.scheduled]}

    async def clear(self, _: JsonObject) -> Json:
        """Nothing goes wrong any more."""
        self.simulator.world.faults.clear()
        return {"faults": []}

    async def calls(self, body: JsonObject) -> Json:
        """The calls so far, of one `method` if named, the last `limit` of them."""
        calls = [call.to_json() for call in self.simulator.calls(as_text(body.get("method")))]
        return {"calls": calls[-number_of(body, "limit", 1000) :]}

    async def flood(self, body: JsonObject) -> Json:
        """Switch Telegram's flood limits on or off."""
        self.simulator.world.flood.enabled = as_flag(body.get("enabled"))
        return {"enabled": self.simulator.world.flood.enabled}

    async def redeliver(self, body: JsonObject) -> Json:
        """Send an update again; the newest one when none is named."""
        return self.simulator.redeliver(number_of(body, "update_id"), bot=bot_of(body)).to_json()

    async def pictures(self, body: JsonObject) -> Json:
        """Whether Telegram "reaches" pictures on other machines."""
        self.simulator.world.remote_pictures = as_flag(body.get("reachable"))
        return {"reachable": self.simulator.world.remote_pictures}

    async def revoke(self, body: JsonObject) -> Json:
        """Make a bot's token void: every call answers 401."""
        bot = find_bot(self.simulator.world, bot_of(body))
        self.simulator.world.revoked.add(bot.token)
        return {"revoked": bot.username}

    async def clock(self, body: JsonObject) -> Json:
        """Advance a manual clock by `seconds`."""
        self.simulator.advance(number_of(body, "seconds"))
        return {"now": self.simulator.world.clock.now()}
