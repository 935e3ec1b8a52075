"""How Telegram, Stripe and PayPal count minor units, where that differs from ISO and CLDR."""

from msgspec import Struct

from db.money import exponent


def codes(text: str) -> frozenset[str]:
    """A set of codes from a line of them."""
    return frozenset(text.split())


class Counting(Struct, frozen=True):
    """A way to write amounts as integers: two decimals but for the currencies named; `whole` ones end in zeros."""

    none: frozenset[str]
    three: frozenset[str]
    whole: frozenset[str] = frozenset()  # multiples of a major unit, although decimals are written
    tens: frozenset[str] = frozenset()  # the last digit must be 0

    def exponent(self, currency: str) -> int:
        """How many decimals an amount of this currency carries."""
        if currency in self.none:
            return 0
        return 3 if currency in self.three else 2

    def write(self, amount: int, currency: str) -> int:
        """Our minor units as they count. Raises ValueError when the amount cannot be said exactly."""
        written, rest = divmod(amount * ten_to(self.exponent(currency)), ten_to(exponent(currency)))
        step = ten_to(self.exponent(currency)) if currency in self.whole else 10 if currency in self.tens else 1
        if rest or written % step:
            message = f"{amount} minor units of {currency} cannot be charged exactly"
            raise ValueError(message)
        return written

    def read(self, amount: int, currency: str) -> int:
        """What they count in our minor units; what we cannot express is rounded down and shows as a difference."""
        return amount * ten_to(exponent(currency)) // ten_to(self.exponent(currency))


def ten_to(power: int) -> int:
    """How many minor units a major one has."""
    return int("1" + "0" * power)


# core.telegram.org/bots/payments/currencies.json is not ours to ship; these are the exponents of Telegram's own apps
# (LocaleController.formatCurrencyString in Telegram for Android).
TELEGRAM = Counting(
    none=codes("BIF BYR CLP CVE DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX UYI VND VUV XAF XOF XPF XTR"),
    three=codes("BHD IQD JOD KWD LYD OMR TND"),
)

# docs.stripe.com/currencies, seen 2026-11: ISK and UGX have no decimals but are written with two zeros.
STRIPE = Counting(
    none=codes("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF"),
    three=codes("BHD JOD KWD OMR TND"),
    whole=frozenset({"ISK", "UGX"}),
    tens=codes("BHD JOD KWD OMR TND"),
)

# developer.paypal.com/api/rest/reference/currency-codes, seen 2026-11: no others, these three without decimals.
PAYPAL_CURRENCIES = codes(
    "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD"
)
PAYPAL = Counting(none=codes("HUF JPY TWD"), three=frozenset())
