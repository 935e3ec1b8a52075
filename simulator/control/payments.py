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
