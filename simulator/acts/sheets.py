"""The payment form of a phone: what it asks for, and what has been filled in so far."""

from dataclasses import dataclass, field

from simulator.acts.refusals import CannotDo
from simulator.telegram.chats import Chat
from simulator.telegram.invoices import Invoice
from simulator.telegram.wire import JsonObject, as_integer, as_list, as_object, as_text

ADDRESS_FIELDS = ("country_code", "state", "city", "street_line1", "street_line2", "post_code")
DEFAULT_ADDRESS: JsonObject = {
    "country_code": "DE",
    "state": "",
    "city": "Berlin",
    "street_line1": "Lindenstraße 1",
    "street_line2": "",
    "post_code": "10969",
}


@dataclass
class Sheet:
    """One open payment form; `state` goes open → paid, refused, declined or expired."""

    id: str
    chat: Chat
    invoice: Invoice
    message_id: int = 0
    order_info: JsonObject = field(default_factory=dict)
    options: list[JsonObject] = field(default_factory=list)
    option_id: str = ""
    tip: int = 0
    state: str = "open"
    error: str = ""
    charge_id: str = ""

    @property
    def total(self) -> int:
        """What will be charged: prices, the chosen shipping, the tip."""
        return self.invoice.total + self._shipping() + self.tip

    def _shipping(self) -> int:
        for option in self.options:
            if option["id"] == self.option_id:
                prices = [as_object(price) or {} for price in as_list(option.get("prices")) or ()]
                return sum(as_integer(price.get("amount")) or 0 for price in prices)
        return 0

    def needs(self) -> list[str]:
        """What the form still asks for, in its order."""
        invoice, info = self.invoice, self.order_info
        wanted = [
            ("name", invoice.need_name, "name"),
            ("phone_number", invoice.need_phone, "phone_number"),
            ("email", invoice.need_email, "email"),
            ("shipping_address", invoice.need_address or invoice.is_flexible, "shipping_address"),
        ]
        missing = [name for name, asked, key in wanted if asked and not info.get(key)]
        return [*missing, *(["shipping_option"] if invoice.is_flexible and not self.option_id else [])]

    def fill(self, details: JsonObject) -> None:
        """Take name, phone_number, email and shipping_address, as far as the invoice asks for them."""
        invoice = self.invoice
        for key, asked in (("name", invoice.need_name), ("email", invoice.need_email)):
            if asked and as_text(details.get(key)):
                self.order_info[key] = as_text(details[key])
        phone = as_text(details.get("phone_number")) or as_text(details.get("phone"))
        if invoice.need_phone and phone:
            self.order_info["phone_number"] = phone
        address = as_object(details.get("shipping_address")) or as_object(details.get("address"))
        if address is not None and (invoice.need_address or invoice.is_flexible):
            clean: JsonObject = {name: as_text(address.get(name)) for name in ADDRESS_FIELDS}
            if not (clean["country_code"] and clean["city"] and clean["street_line1"] and clean["post_code"]):
                raise CannotDo("an address needs country_code, city, street_line1 and post_code")
            self.order_info["shipping_address"] = clean
            self.options, self.option_id = [], ""

    def choose(self, option: str) -> None:
        """Choose a way to ship by its id or title; raises CannotDo listing them."""
        for known in self.options:
            if option in {known["id"], known["title"]}:
                self.option_id = str(known["id"])
                return
        offered = ", ".join(f"{known['id']} ({known['title']})" for known in self.options)
        raise CannotDo(f"no way to ship is called {option!r}; offered: {offered or 'none yet'}")

    def to_json(self) -> JsonObject:
        """The form as the page draws it."""
        invoice = self.invoice
        return {
            "id": self.id,
            "bot": self.chat.bot.id,
            "person": self.chat.person.id,
            "message_id": self.message_id,
            "title": invoice.title,
            "description": invoice.description,
            "photo_url": invoice.photo_url,
            "currency": invoice.currency,
            "prices": [{"label": price.label, "amount": price.amount} for price in invoice.prices],
            "max_tip": invoice.max_tip,
            "suggested_tips": invoice.suggested_tips,
            "tip": self.tip,
            "needs": self.needs(),
            "asks": {
                "name": invoice.need_name,
                "phone_number": invoice.need_phone,
                "email": invoice.need_email,
                "shipping_address": invoice.need_address or invoice.is_flexible,
                "shipping_option": invoice.is_flexible,
            },
            "order_info": self.order_info,
            "options": self.options,
            "shipping_option": self.option_id,
            "total": self.total,
            "stars": self.chat.person.stars,
            "state": self.state,
            "error": self.error,
        }
