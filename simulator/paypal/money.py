"""What amounts PayPal takes: decimals by currency (developer.paypal.com/api/rest/reference/currency-codes)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from simulator.paypal.errors import invalid, missing, refused

WHOLE = frozenset({"HUF", "JPY", "TWD"})
_OTHERS = "AUD BRL CAD CNY CZK DKK EUR HKD ILS MYR MXN NZD NOK PHP PLN GBP SGD SEK CHF THB USD"
CURRENCIES = WHOLE | frozenset(_OTHERS.split())
_VALUE = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MOST = Decimal(10_000_000)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of a currency."""

    currency: str
    value: Decimal

    def json(self) -> dict[str, str]:
        """Return it as PayPal writes it."""
        places = 0 if self.currency in WHOLE else 2
        return {"currency_code": self.currency, "value": f"{self.value:.{places}f}"}


def read_money(body: object, field: str, *, zero: bool = False) -> Money:
    """Read `{currency_code, value}`; refuses what PayPal refuses."""
    if not isinstance(body, dict):
        raise missing(field)
    if unknown := set(body) - {"currency_code", "value", "breakdown"}:
        raise invalid(f"{field}/{min(unknown)}", "UNKNOWN_FIELD", "The pretend PayPal knows no such field.")
    currency, value = body.get("currency_code"), body.get("value")
    if not isinstance(currency, str):
        raise missing(f"{field}/currency_code")
    if not isinstance(value, str):
        raise missing(f"{field}/value")
    if currency not in CURRENCIES:
        raise refused(
            "INVALID_CURRENCY_CODE",
            "Currency code is invalid or is not currently supported.",
            field=field,
            value=currency,
        )
    return Money(currency, _value(value, currency, field, zero=zero))


def _value(value: str, currency: str, field: str, *, zero: bool) -> Decimal:
    if not _VALUE.fullmatch(value) or len(value) > 32:
        raise invalid(f"{field}/value", "INVALID_PARAMETER_SYNTAX", "The value does not conform.", value)
    if "." in value and currency in WHOLE:
        raise refused("DECIMALS_NOT_SUPPORTED", "Currency does not support decimals.", field=field, value=value)
    if len(value.partition(".")[2]) > 2:
        raise refused("DECIMAL_PRECISION", "The value should have two decimals at most.", field=field, value=value)
    found = Decimal(value)
    if found < 0 or (not zero and not found):
        raise refused("CANNOT_BE_ZERO_OR_NEGATIVE", "Must be greater than zero.", field=field, value=value)
    if found >= _MOST:
        raise refused("MAX_VALUE_EXCEEDED", "Should be less than or equal to 9999999.99.", field=field, value=value)
    return found
