"""Invoices of the pretend Crypto Pay: what is refused, how they stand, and their JSON."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

Json = dict[str, object]

_FIATS = "USD EUR RUB BYN UAH GBP CNY KZT UZS GEL TRY AMD THB INR BRL IDR AZN AED PLN ILS"
FIATS = frozenset(_FIATS.split())
ASSETS = {"USDT": Decimal("1.08"), "TON": Decimal("0.31"), "BTC": Decimal("0.000011")}  # for one unit of any fiat
_KNOWN = (
    "currency_type asset fiat amount accepted_assets swap_to description hidden_message paid_btn_name paid_btn_url "
    "payload allow_comments allow_anonymous expires_in"
)
KNOWN = frozenset(_KNOWN.split())
BUTTONS = ("viewItem", "openChannel", "openBot", "callback")
LONGEST_SECONDS = 2_678_400


class CryptoError(Exception):
    """A refusal: Crypto Pay answers `{ok: false, error: {code, name}}`."""

    def __init__(self, name: str, code: int = 400) -> None:
        super().__init__(name)
        self.name = name
        self.code = code


@dataclass(slots=True)
class Invoice:
    """One invoice; times are Unix seconds."""

    id: int
    hash: str
    fiat: str
    amount: Decimal
    created: float
    expires: float | None
    url: str
    payload: str | None = None
    description: str | None = None
    back: str | None = None
    status: Literal["active", "paid", "expired"] = "active"
    asset: str | None = None
    paid: float | None = None

    def json(self) -> Json:
        """Return it as Crypto Pay writes it."""
        body: Json = {
            "invoice_id": self.id,
            "hash": self.hash,
            "currency_type": "fiat",
            "fiat": self.fiat,
            "amount": str(self.amount),
            "accepted_assets": sorted(ASSETS),
            "bot_invoice_url": self.url,
            "status": self.status,
            "created_at": _iso(self.created),
            "allow_comments": False,
            "allow_anonymous": False,
        }
        kept = {"payload": self.payload, "description": self.description, "paid_btn_url": self.back}
        body |= {name: value for name, value in kept.items() if value is not None}
        if self.expires is not None:
            body["expiration_date"] = _iso(self.expires)
        if self.asset is not None and self.paid is not None:
            body |= {
                "paid_asset": self.asset,
                "paid_amount": str(self.amount * ASSETS[self.asset]),
                "paid_at": _iso(self.paid),
                "paid_anonymously": False,
            }
        return body


def read(body: Json, *, number: int, now: float, pages: str) -> Invoice:
    """Read `createInvoice`; raises CryptoError for what Crypto Pay refuses, and for what the pretend does not know."""
    if unknown := set(body) - KNOWN:
        raise CryptoError(f"UNKNOWN_PARAMETER_{min(unknown).upper()}")
    if body.get("currency_type") != "fiat":
        raise CryptoError("CURRENCY_TYPE_NOT_SIMULATED")
    if body.get("fiat") not in FIATS:
        raise CryptoError("FIAT_INVALID")
    amount = str(body.get("amount") or "")
    if not re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", amount) or not Decimal(amount):
        raise CryptoError("AMOUNT_INVALID")
    for name, longest in (("description", 1024), ("payload", 4096)):
        if len(str(body.get(name) or "").encode()) > longest:
            raise CryptoError(f"{name.upper()}_TOO_LONG")
    if body.get("paid_btn_name") is not None:
        _check_button(body)
    span = body.get("expires_in")
    if span is not None and not (isinstance(span, int) and 1 <= span <= LONGEST_SECONDS):
        raise CryptoError("EXPIRES_IN_INVALID")
    name = "IV" + secrets.token_hex(5)
    return Invoice(
        id=number,
        hash=name,
        fiat=str(body["fiat"]),
        amount=Decimal(amount),
        created=now,
        expires=now + span if isinstance(span, int) else None,
        url=f"{pages}/invoice/{name}",
        payload=_text(body, "payload"),
        description=_text(body, "description"),
        back=_text(body, "paid_btn_url"),
    )


def _check_button(body: Json) -> None:
    if body["paid_btn_name"] not in BUTTONS:
        raise CryptoError("PAID_BTN_NAME_INVALID")
    if not str(body.get("paid_btn_url") or "").startswith(("https://", "http://")):
        raise CryptoError("PAID_BTN_URL_REQUIRED")


def _text(body: Json, name: str) -> str | None:
    value = body.get(name)
    return None if value is None else str(value)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
