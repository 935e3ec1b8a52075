"""The pretend Crypto Pay as a Python object: what tests and the control API do to it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from simulator.chaos import Chaos, Fault
from simulator.clock import Clock, SystemClock
from simulator.crypto.invoices import ASSETS, CryptoError, Invoice, Json
from simulator.delivery import Deliveries, Endpoint


@dataclass(frozen=True, slots=True)
class Update:
    """A webhook update."""

    id: str
    type: str
    payload: Json
    at: float


class PretendCrypto:
    """One app with its invoices; every token `digits:letters` is the app's."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.chaos = Chaos()
        self.invoices: dict[int, Invoice] = {}
        self.deliveries: Deliveries[Update] = Deliveries(self.clock, self.chaos, pack)
        self.calls: list[tuple[str, int]] = []
        self.made = 0

    def register_webhook(self, url: str, token: str) -> Endpoint:
        """Send updates to `url` from now on, signed with this token."""
        endpoint = Endpoint(url, token)
        self.deliveries.endpoints = [endpoint]
        return endpoint

    def switch_on(self, fault: str, **settings: object) -> None:
        """Switch a fault on: `times`, `path`, `method`, `type` and `seconds` as in `chaos.Fault`."""
        self.chaos.add(Fault(fault, **settings))  # type: ignore[arg-type]  # keyword settings of the dataclass

    def find(self, number: int) -> Invoice:
        """An invoice that was not deleted; raises CryptoError."""
        self.sweep()
        if number not in self.invoices:
            raise CryptoError("INVOICE_NOT_FOUND")
        return self.invoices[number]

    def pay(self, number: int, asset: str = "USDT") -> Invoice:
        """Pay an invoice in @CryptoBot; raises CryptoError when it cannot be paid any more."""
        invoice = self.find(number)
        if asset not in ASSETS:
            raise CryptoError("ASSET_INVALID")
        if invoice.status != "active":
            raise CryptoError(f"INVOICE_{invoice.status.upper()}")
        invoice.status, invoice.asset, invoice.paid = "paid", asset, self.clock.now()
        self.deliveries.schedule(Update(f"update-{number}", "invoice_paid", invoice.json(), self.clock.now()))
        return invoice

    def delete(self, number: int) -> None:
        """`deleteInvoice`: only what was not paid can be."""
        if self.find(number).status == "paid":
            raise CryptoError("INVOICE_ALREADY_PAID")
        del self.invoices[number]

    def sweep(self) -> None:
        """Do everything whose time has come."""
        for invoice in self.invoices.values():
            if invoice.status == "active" and invoice.expires is not None and invoice.expires <= self.clock.now():
                invoice.status = "expired"

    def delivering(self) -> AbstractAsyncContextManager[None]:
        """Deliver webhooks in the background for as long as the block runs."""
        return self.deliveries.delivering("crypto", self.deliveries.deliver_due)


def pack(update: Update, endpoint: Endpoint, _timestamp: int) -> tuple[bytes, Mapping[str, str]]:
    """Return the body of a delivery and its headers; `endpoint.secret` is the app's token."""
    number = int(update.id.rpartition("-")[2])
    told = {"update_id": number, "update_type": update.type, "request_date": update.at, "payload": update.payload}
    body = json.dumps(told).encode()
    return body, {"Content-Type": "application/json", "crypto-pay-api-signature": sign(body, endpoint.secret)}


def sign(body: bytes, token: str) -> str:
    """HMAC-SHA256 of the body, keyed with the SHA256 of the token."""
    return hmac.new(hashlib.sha256(token.encode()).digest(), body, hashlib.sha256).hexdigest()
