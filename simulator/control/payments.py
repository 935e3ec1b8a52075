"""Payment forms over HTTP: all at once, or step by step as the page does it."""

from starlette.routing import BaseRoute

from simulator.control.requests import bot_of, number_of, person_of, route
from simulator.stage import Stage
from simulator.telegram.wire import Json, JsonObject, as_flag, as_text


class Payments:
    """Paying over HTTP."""

    def __init__(self, simulator: Stage) -> None:
        self.simulator = simulator

    def routes(self) -> list[BaseRoute]:
        """Mounted under /control."""
        return [
            route("POST", "/pay", self.pay),
            route("POST", "/sheet/open", self.open),
            route("POST", "/sheet/address", self.address),
            route("POST", "/sheet/pay", self.pay_sheet),
            route("POST", "/stars", self.stars),
            route("GET", "/subscriptions", self.subscriptions),
            route("POST", "/subscriptions/cancel", self.cancel),
            route("POST", "/subscriptions/restore", self.restore),
            route("POST", "/subscriptions/month", self.month),
        ]

    async def pay(self, body: JsonObject) -> Json:
        """Everything at once: `card`, `shipping_option`, `tip` and details as far as given."""
        sheet = await self.simulator.pay(
            person_of(body),
            message_id=number_of(body, "message_id"),
            link=as_text(body.get("link")),
            card=as_text(body.get("card"), "pays"),
            details=body,
            option=as_text(body.get("shipping_option")),
            tip=number_of(body, "tip"),
            again=as_flag(body.get("again")),
            bot=bot_of(body),
        )
        return sheet.to_json()

    async def open(self, body: JsonObject) -> Json:
        """Open the form of `message_id` (the newest invoice by default) or of `link`."""
        sheet = self.simulator.open_sheet(
            person_of(body),
            message_id=number_of(body, "message_id"),
            link=as_text(body.get("link")),
            again=as_flag(body.get("again")),
            bot=bot_of(body),
        )
        return sheet.to_json()

    async def address(self, body: JsonObject) -> Json:
        """Fill in name, phone_number, email and shipping_address; a flexible invoice gets its options."""
        cashier = self.simulator.cashier
        return (await cashier.fill(cashier.find(as_text(body.get("sheet"))), body)).to_json()

    async def pay_sheet(self, body: JsonObject) -> Json:
        """Confirm with a test card."""
        cashier = self.simulator.cashier
        sheet = cashier.find(as_text(body.get("sheet")))
        card, option = as_text(body.get("card"), "pays"), as_text(body.get("shipping_option"))
        return (await cashier.pay(sheet, card, option, number_of(body, "tip"))).to_json()

    async def stars(self, body: JsonObject) -> Json:
        """Set how many Stars a person has."""
        person = self.simulator.person(person_of(body))
        person.stars = number_of(body, "stars")
        return person.to_json()

    async def subscriptions(self, body: JsonObject) -> Json:
        """What a person pays every month, the oldest first."""
        mine = self.simulator.subscriptions(person_of(body), bot=bot_of(body))
        return {"subscriptions": [one.to_json() for one in mine]}

    async def cancel(self, body: JsonObject) -> Json:
        """Let the subscription of the first `charge` end with what is paid."""
        charge = as_text(body.get("charge"))
        return self.simulator.cancel_subscription(person_of(body), charge, bot=bot_of(body)).to_json()

    async def restore(self, body: JsonObject) -> Json:
        """Let it go on."""
        charge = as_text(body.get("charge"))
        return self.simulator.restore_subscription(person_of(body), charge, bot=bot_of(body)).to_json()

    async def month(self, body: JsonObject) -> Json:
        """Pretend that the paid month of every subscription of a person is over now."""
        for one in self.simulator.subscriptions(person_of(body), bot=bot_of(body)):
            one.until = min(one.until, self.simulator.world.calendar.now())
        self.simulator.renew()
        return await self.subscriptions(body)
