"""A pretend Stripe in a thread of its own: what it remembers goes on when the shop that asked it was killed."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

from db.models import PaymentAttempt
from simulator.stripe import PretendStripe, routes
from tests.payments.houses import House, without_tokens
from tests.payments.in_a_thread import Remembering
from tests.payments.pretend import signature
from tests.payments.scenes import Outside
from tests.world.clock import ManualClock, ShopTime

STORES = ("sessions", "intents", "charges", "refunds", "disputes", "balance", "events")


class StripeOutside(Remembering):
    """Stripe's side: its clock, its address, and copies of all that it knows."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self._pretend = PretendStripe(ShopTime(self.clock))
        super().__init__("stripe", routes(self._pretend))

    def memory(self) -> dict[str, Any]:
        return {name: getattr(self._pretend.account, name) for name in STORES} | {
            "keys": self._pretend.api.keys.entries
        }

    def remember(self, memory: dict[str, Any]) -> None:
        self._pretend.api.keys.entries = memory.pop("keys")
        vars(self._pretend.account).update(memory)


class HouseWithStripe:
    """A house whose provider is Stripe."""

    def __init__(self, house: House, stripe: StripeOutside) -> None:
        self.url, self.books = house.url, house.books
        self._house, self._stripe = house, stripe

    def keep(self, name: str) -> None:
        self._house.keep(name)
        self._stripe.keep(name)

    def restore(self, name: str) -> None:
        self._house.restore(name)
        self._stripe.restore(name)

    def looks(self) -> str:
        return self._house.looks() + without_tokens(self._stripe.looks())


@dataclass
class StripePeople:
    """Customers and banks of a Stripe that answers at `url`."""

    url: str

    def pay(self, attempt: PaymentAttempt) -> bool:
        """A customer pays on the page of this attempt."""
        return bool(self._ask("control/pay", {"session": attempt.reference})["payment_status"] == "paid")

    def news(self) -> list[tuple[bytes, dict[str, str]]]:
        """Every event as a signed webhook."""
        bodies = [json.dumps(event) for event in self._state()["events"]]
        return [(body.encode(), {"stripe-signature": signature(body)}) for body in bodies]

    def opened(self) -> int:
        """How many sessions there ever were."""
        return len(self._state()["sessions"])

    def charges(self) -> dict[str, int]:
        """What was taken, by payment intent."""
        return {one["id"]: one["amount_received"] for one in self._state()["payment_intents"] if one["amount_received"]}

    def given_back(self, charge: str) -> int:
        """What went back of a payment intent."""
        refunds = self._state()["refunds"]
        return sum(one["amount"] for one in refunds if one["payment_intent"] == charge and one["status"] != "failed")

    def _state(self) -> dict[str, Any]:
        return self._ask("control/state")

    def _ask(self, what: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(f"{self.url}/{what}", data), timeout=30) as answer:
            found = json.load(answer)
        assert isinstance(found, dict)
        return found


_: type[House] = HouseWithStripe
_people: type[Outside] = StripePeople
