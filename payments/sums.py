"""How little and how much a payment may be, by currency, for what a provider certainly refuses to be said before."""

from shop.payments.bounds import Bounds
from shop.payments.counting import STRIPE, TELEGRAM
from shop.ports import OrderFacts

# Telegram takes from about 1 to about 10,000 US dollars, and follows the rates: core.telegram.org/bots/payments,
# "Supported currencies", and currencies.json there. These are about one dollar, as Telegram counts the currency, seen
# in October 2024; so what is a little outside is left to Telegram, whose refusal is said when the invoice is sent.
_DOLLAR = """
AED 367 AFN 7000 ALL 9200 AMD 39000 ARS 100000 AUD 150 AZN 170 BAM 180 BDT 12000 BGN 180 BHD 376 BND 134 BOB 690
BRL 550 BYN 330 CAD 138 CHF 86 CLP 940 CNY 710 COP 410000 CRC 51500 CZK 2300 DKK 680 DOP 6000 DZD 13400 EGP 4800
ETB 12000 EUR 91 GBP 77 GEL 270 GHS 1500 GTQ 770 HKD 780 HNL 2500 HUF 36500 IDR 1570000 ILS 370 INR 8400 IQD
1310000 IRR 4200000 ISK 137 JMD 15700 JOD 709 JPY 150 KES 12900 KGS 8500 KRW 1370 KZT 49000 LBP 8950000 LKR
29500 MAD 990 MDL 1770 MMK 210000 MNT 340000 MOP 800 MUR 4600 MVR 1540 MXN 1950 MYR 430 MZN 6400 NGN 162000 NIO
3680 NOK 1080 NPR 13400 NZD 163 PAB 100 PEN 375 PHP 5700 PKR 27800 PLN 390 PYG 7800 QAR 364 RON 450 RSD 10700
RUB 9600 SAR 375 SEK 1040 SGD 131 SYP 1300000 THB 3300 TJS 1060 TRY 3400 TTD 680 TWD 3200 TZS 270000 UAH 4100
UGX 3670 USD 100 UYU 4100 UZS 1280000 VES 4000 VND 25000 YER 25000 ZAR 1750
"""
_ABOUT_A_DOLLAR = dict(zip(_DOLLAR.split()[::2], map(int, _DOLLAR.split()[1::2]), strict=True))
_TIMES = 10_000
_CERTAINLY_LESS, _CERTAINLY_MORE = 0.8, 2.0  # of what the table says: currencies fall further than they rise

# The smallest charges, docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, seen 2026-11. What is settled in
# another currency may have to be more; the largest is eight digits.
_STRIPES_LEAST = {
    "USD": 50, "AED": 200, "AUD": 50, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250, "EUR": 50, "GBP": 30,
    "HKD": 400, "HUF": 17500, "INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200, "NOK": 300, "NZD": 50, "PLN": 200,
    "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000,
}  # fmt: skip
_STRIPES_MOST = 99_999_999


def telegram_refuses(order: OrderFacts) -> Bounds | None:
    """What Telegram takes by card, where this sum is certainly outside; of goods alone while no address is known."""
    dollar = _ABOUT_A_DOLLAR.get(order.currency)
    if dollar is None:
        return None
    least, most = (TELEGRAM.read(dollar * times, order.currency) for times in (1, _TIMES))
    outside = order.total < least * _CERTAINLY_LESS or order.total > most * _CERTAINLY_MORE
    return Bounds(least, most) if outside else None


def stripe_refuses(order: OrderFacts) -> Bounds | None:
    """What Stripe takes, where this sum is outside; one that still grows may come to be enough."""
    least = STRIPE.read(_STRIPES_LEAST.get(order.currency, 1), order.currency)
    most = STRIPE.read(_STRIPES_MOST, order.currency)
    outside = order.total > most or (order.total < least and not order.grows)
    return Bounds(least, most) if outside else None
