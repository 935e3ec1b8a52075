"""A pretend PayPal in a thread of its own: what it remembers goes on when the shop that asked it was killed."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from db.models import PaymentAttempt
from simulator.paypal import PretendPayPal, routes
from tests.payments.houses import House, without_tokens
from tests.payments.in_a_thread import Remembering
from tests.payments.pretend_paypal import WEBHOOK
from tests.payments.scenes import Outside
from tests.world.clock import ManualClock, ShopTime

NAME = re.compile(r"\b[A-Z0-9]{17}\b")  # how PayPal calls things; no two are the same
STORES = ("orders", "captures", "refunds", "disputes", "events")


class PayPalOutside(Remembering):
    """PayPal's side: its clock, its address, and copies of all that it knows."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.pretend = PretendPayPal(ShopTime(self.clock))
        super().__init__("paypal", routes(self.pretend))

    def is_open(self) -> None:
        self.pretend.account.notary.url = self.url
        _ = self.pretend.account.notary.certificate  # made before the shops are born: they share it

    def memory(self) -> dict[str, Any]:
        return {name: getattr(self.pretend.account, name) for name in STORES} | {
            "keys": self.pretend.api.request_ids.entries
        }

    def remember(self, memory: dict[str, Any]) -> None:
        self.pretend.api.request_ids.entries = memory.pop("keys")
        vars(self.pretend.account).update(memory)


class HouseWithPayPal:
    """A house whose provider is PayPal."""

    def __init__(self, house: House, paypal: PayPalOutside) -> None:
        self.url, self.books = house.url, house.books
        self._house, self._paypal = house, paypal

    def keep(self, name: str) -> None:
        self._house.keep(name)
        self._paypal.keep(name)

    def restore(self, name: str) -> None:
        self._house.restore(name)
        self._paypal.restore(name)

    def looks(self) -> str:
        names: dict[str, str] = {}
        looks = self._house.looks() + without_tokens(self._paypal.looks())
        return NAME.sub(lambda found: names.setdefault(found[0], f"<name {len(names)}>"), looks)


@dataclass
class PayPalPeople:
    """Customers of a PayPal that answers at the address of `outside`; `way` is what they pay with."""

    outside: PayPalOutside
    way: str = "pays"

    def pay(self, attempt: PaymentAttempt) -> bool:
        """A customer agrees on the page of this attempt; the shop takes the money when it hears of it."""
        try:
            self._ask("control/approve", {"order": attempt.reference, "way": self.way})
        except HTTPError:  # there is nothing to agree to any more
            return False
        return True

    def news(self) -> list[tuple[bytes, dict[str, str]]]:
        """Every event as a signed webhook."""
        account = self.outside.pretend.account
        found = []
        for told in self._state()["events"]:
            body = json.dumps(told).encode()
            found.append((body, dict(account.notary.sign(body, WEBHOOK, account.now()))))
        return found

    def opened(self) -> int:
        """How many orders there ever were."""
        return len(self._state()["orders"])

    def charges(self) -> dict[str, int]:
        """What was taken, by capture, in cents."""
        captures = [one for order in self._state()["orders"] for one in _payments(order, "captures")]
        taken = [one for one in captures if one["status"] not in {"PENDING", "DECLINED"}]
        return {one["id"]: _cents(one) for one in taken}

    def given_back(self, charge: str) -> int:
        """What went back of a capture, in cents."""
        refunds = [one for one in self._state()["refunds"] if one["links"][1]["href"].endswith(charge)]
        return sum(_cents(one) for one in refunds if one["status"] not in {"FAILED", "CANCELLED"})

    def _state(self) -> dict[str, Any]:
        return self._ask("control/state")

    def _ask(self, what: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(f"{self.outside.url}/{what}", data), timeout=30) as answer:
            found = json.load(answer)
        assert isinstance(found, dict)
        return found


def _payments(order: dict[str, Any], what: str) -> list[dict[str, Any]]:
    found = order["purchase_units"][0].get("payments", {}).get(what, [])
    assert isinstance(found, list)
    return found


def _cents(thing: dict[str, Any]) -> int:
    return int(Decimal(thing["amount"]["value"]).scaleb(2))


_: type[House] = HouseWithPayPal
_people: type[Outside] = PayPalPeople
