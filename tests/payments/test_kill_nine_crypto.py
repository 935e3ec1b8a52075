"""The shop is killed (-9) around every commit and request to Crypto Pay: no invoice is written twice, none is lost."""

import json
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db.models import PaymentAttempt
from payments.crypto import CryptoPay
from shop.policy import Policy
from simulator.crypto import CryptoError, PretendCrypto, routes
from simulator.crypto.pretend import sign
from tests.payments.dying import DYING, dies_at_every_moment, every
from tests.payments.houses import House, house, without_tokens
from tests.payments.in_a_thread import Served
from tests.payments.outside_shop import OutsideShop
from tests.payments.pretend import no_pause
from tests.payments.pretend_crypto import TOKEN
from tests.payments.scenes import (
    Outside,
    Scene,
    a_full_cart,
    a_paid_page,
    check_out,
    check_out_and_pay,
    deliver,
)
from tests.world.clock import START, ManualClock, ShopTime
from tests.world.databases import Databases

SCENES = (
    Scene("checkout with an invoice", a_full_cart, check_out, check_out_and_pay),
    Scene("settlement by webhook", a_paid_page, deliver, deliver),
)


class CryptoOutside:
    """Crypto Pay's side in a thread of its own, its customers, and copies of all that it knows."""

    def __init__(self, home: House) -> None:
        self.url, self.books = home.url, home.books
        self.clock = ManualClock()
        self._home = home
        self._pretend = PretendCrypto(ShopTime(self.clock))
        self._kept: dict[str, Any] = {}
        self._served = Served("crypto", routes(self._pretend))

    def keep(self, name: str) -> None:
        self._home.keep(name)
        self._kept[name] = deepcopy((self._pretend.invoices, self._pretend.made))

    def restore(self, name: str) -> None:
        self._home.restore(name)
        self._pretend.invoices, self._pretend.made = deepcopy(self._kept[name])

    def looks(self) -> str:
        rows = [(one.id, one.status, one.payload) for one in self._pretend.invoices.values()]
        return without_tokens(f"{self._home.looks()}{rows}")

    @property
    def address(self) -> str:
        """Where it answers."""
        return self._served.url

    def serving(self) -> AbstractContextManager[None]:
        """Answer on a free port while the block runs."""
        return self._served.serving()


@dataclass
class CryptoPeople:
    """Customers of Crypto Pay, who ask its control API: a child of the shop's process has no other way to it."""

    address: str
    ask: Callable[[str, dict[str, Any] | None], dict[str, Any]]

    def pay(self, attempt: PaymentAttempt) -> bool:
        try:
            self.ask("pay", {"invoice": attempt.reference})
        except CryptoError:
            return False
        return True

    def news(self) -> list[tuple[bytes, dict[str, str]]]:
        told = [{"update_id": 1, "update_type": "invoice_paid", "payload": one} for one in self._invoices("paid")]
        bodies = [json.dumps(one).encode() for one in told]
        return [(body, {"crypto-pay-api-signature": sign(body, TOKEN)}) for body in bodies]

    def opened(self) -> int:
        return len(self.ask("state", None)["invoices"])

    def charges(self) -> dict[str, int]:
        return {str(one["invoice_id"]): int(one["amount"].replace(".", "")) for one in self._invoices("paid")}

    def given_back(self, charge: str) -> int:
        return 0

    def _invoices(self, status: str) -> list[dict[str, Any]]:
        return [one for one in self.ask("state", None)["invoices"] if one["status"] == status]


def asker(address: str) -> Callable[[str, dict[str, Any] | None], dict[str, Any]]:
    """Posts to the control API, or reads it."""
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    def ask(what: str, body: dict[str, Any] | None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(f"{address}/control/{what}", data), timeout=30) as answer:
                found = json.load(answer)
        except HTTPError as error:
            raise CryptoError(str(error)) from error
        assert isinstance(found, dict)
        return found

    return ask


class CryptoShop(OutsideShop[CryptoOutside]):
    """A shop that takes coins."""

    method = "crypto"
    asks_by = "post"

    def telephone(self) -> CryptoPay:
        """The provider of a process that starts."""
        return CryptoPay(TOKEN, api_url=self.there.address, pause=no_pause)

    def people(self) -> CryptoPeople:
        """Its customers and its bank."""
        return CryptoPeople(self.there.address, asker(self.there.address))


pytestmark = DYING


@pytest.fixture
def shop(databases: Databases, database_kind: str, policy: Policy, tmp_path: Path) -> Generator[CryptoShop]:
    outside = CryptoOutside(house(databases, database_kind, tmp_path))
    with outside.serving(), CryptoShop.opened(outside, databases, policy, there=outside) as opened:
        yield opened


@every(SCENES)
def test_no_moment_to_die_costs_anybody_coins(shop: CryptoShop, scene: Scene) -> None:
    """Fault 3, over HTTP. Guards: the attempt is committed before, and its invoice is looked for by our own name."""
    dies_at_every_moment(shop, scene, start=START)


_: type[House] = CryptoOutside
_people: type[Outside] = CryptoPeople
