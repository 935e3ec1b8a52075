"""What amounts Stripe takes: decimals, minimum and maximum by currency (docs.stripe.com/currencies, seen 2026-11)."""

from decimal import Decimal

from simulator.stripe.errors import StripeError, invalid

ZERO_DECIMAL = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF".lower().split())
THREE_DECIMAL = frozenset("BHD JOD KWD OMR TND".lower().split())
# Without decimals in the world, but sent with two that must be zero, because Stripe once took them so.
WHOLE_IN_HUNDREDTHS = frozenset({"isk", "ugx"})

TWO_DECIMAL = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC
    CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD KES KGS KHR KYD
    KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
    PLN QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD
    YER ZAR ZMW""".lower().split()
)
MINIMUM = {
    "usd": 50, "aed": 200, "aud": 50, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250, "eur": 50, "gbp": 30,
    "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "myr": 200, "nok": 300, "nzd": 50, "pln": 200,
    "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip
_LARGEST = 99_999_999


def exponent(currency: str) -> int:
    """Return how many decimals an amount of this lower-case currency carries in Stripe's API."""
    if currency in ZERO_DECIMAL and currency not in WHOLE_IN_HUNDREDTHS:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def words(amount: int, currency: str) -> str:
    """Write an amount of minor units for a person: `12.50 EUR`, `500 JPY`."""
    places = exponent(currency)
    return f"{Decimal(amount).scaleb(-places):,.{places}f} {currency.upper()}"


def check_currency(currency: str, param: str) -> str:
    """Return the currency in lower case; refuse one that Stripe does not present."""
    lower = currency.lower()
    if lower not in ZERO_DECIMAL | THREE_DECIMAL | TWO_DECIMAL:
        raise invalid(
            f"Invalid currency: {currency}. Stripe currently supports these currencies: usd, aed, afn, …", param
        )
    return lower


def check_shape(amount: int, currency: str, param: str) -> int:
    """Refuse decimals that the currency cannot be charged in."""
    if currency in THREE_DECIMAL and amount % 10:
        raise invalid(
            f"Invalid amount for {currency}: the last digit of a three-decimal amount must be 0.",
            param,
            "invalid_charge_amount",
        )
    if currency in WHOLE_IN_HUNDREDTHS and amount % 10 ** exponent(currency):
        raise invalid(
            f"Invalid amount for {currency}: it must be a whole number of {currency.upper()}, sent with two zeros.",
            param,
            "invalid_charge_amount",
        )
    return amount


def check_total(amount: int, currency: str) -> int:
    """Refuse a total below the currency's minimum charge or above eight digits."""
    least = MINIMUM.get(currency, 1)
    if amount < least:
        raise StripeError(
            f"The Checkout Session's total amount due must add up to at least {words(least, currency)}",
            code="amount_too_small",
            kept=False,
            minimum_amount=least,
        )
    if amount > _LARGEST:
        raise invalid(
            f"The Checkout Session's total amount must be no more than {words(_LARGEST, currency)}",
            code="amount_too_large",
        )
    return amount
