"""Money: whole minor units beside an ISO 4217 currency, never a float."""

from decimal import Decimal
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
