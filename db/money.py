"""Money: whole minor units beside an ISO 4217 currency, never a float."""

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.numbers import get_currency_precision, list_currencies
from msgspec import Struct

STARS = "XTR"


@lru_cache(maxsize=256)
def exponent(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY and Stars, 3 for KWD (source: CLDR, through Babel).

    Raises ValueError for a currency that CLDR does not know.
    """
    if currency == STARS:
        return 0
    if currency not in list_currencies():
        message = f"unknown currency {currency!r}"
        raise ValueError(message)
    return get_currency_precision(currency)


class Money(Struct, frozen=True):
    """An amount in minor units of one currency; refuses to mix currencies."""

    amount: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, quantity: int) -> "Money":
        return Money(self.amount * quantity, self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            message = f"{self.currency} and {other.currency} do not add up"
            raise ValueError(message)

    def major(self) -> Decimal:
        """The amount in major units, exactly: Money(1250, "EUR") is Decimal("12.50")."""
        return Decimal(self.amount).scaleb(-exponent(self.currency))


def parse_amount(text: str, currency: str) -> int:
    """Minor units from what a person typed: "12.5", "12,50", "1 250.00"; raises ValueError when it is not an amount.

    Refuses negative amounts, more decimals than the currency has, and amounts beyond a 64-bit column.
    """
    cleaned = text.strip().replace("\u00a0", "").replace(" ", "").replace("'", "")
    if "," in cleaned and "." in cleaned:
        thousands = "," if cleaned.rindex(",") < cleaned.rindex(".") else "."
        cleaned = cleaned.replace(thousands, "")
    cleaned = cleaned.replace(",", ".")
    try:
        value = Decimal(cleaned)
        scaled = value.scaleb(exponent(currency))
        whole = int(scaled)
    except (InvalidOperation, OverflowError) as error:
        message = f"not an amount: {text!r}"
        raise ValueError(message) from error
    if not cleaned.replace(".", "", 1).isdigit() or whole != scaled or whole > 10**15:
        message = f"not an amount in {currency}: {text!r}"
        raise ValueError(message)
    return whole
