"""Trouble and time over HTTP: faults, flood limits, repeated updates, the clock, the log of calls."""

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from simulator.acts.finding import find_bot
from simulator.clock import ManualClock
from simulator.control.requests import bot_of, number_of, route
from simulator.telegram.faults import Fault
from simulator.telegram.wire import Json, JsonObject, as_flag, as_text

if TYPE_CHECKING:
    from simulator.server import Simulator


class Trouble:
    """What makes a bot's life hard."""

    def __init__(self, simulator: "Simulator") -> None:
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

    async def list(self, body: JsonObject) -> Json:
        """What is still to go wrong."""
        return {"faults": [fault.to_json() for fault in self.simulator.world.faults.scheduled]}

    async def clear(self, body: JsonObject) -> Json:
        """Nothing goes wrong any more."""
        self.simulator.world.faults.clear()
        return {"faults": []}

    async def calls(self, body: JsonObject) -> Json:
        """The calls so far, of one `method` if named, the last `limit` of them."""
        method, limit = as_text(body.get("method")).lower(), number_of(body, "limit", 1000)
        calls = [call.to_json() for call in self.simulator.world.calls if method in {"", call.method.lower()}]
        return {"calls": calls[-limit:]}

    async def flood(self, body: JsonObject) -> Json:
        """Switch Telegram's flood limits on or off."""
        self.simulator.world.flood.enabled = as_flag(body.get("enabled"))
        return {"enabled": self.simulator.world.flood.enabled}

    async def redeliver(self, body: JsonObject) -> Json:
        """Send an update again; the newest one when none is named."""
        queue = find_bot(self.simulator.world, bot_of(body)).updates
        newest = queue.history[-1].id if queue.history else 0
        return queue.repeat(number_of(body, "update_id", newest)).to_json()

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
        clock = self.simulator.world.clock
        if not isinstance(clock, ManualClock):
            raise ValueError("this simulator runs on the machine's clock")
        clock.advance(number_of(body, "seconds"))
        return {"now": clock.now()}
