"""Settings of the tills: which ways to pay the checkout offers."""

from datetime import timedelta
from typing import Annotated, Literal

from app.config.secret import Secret
from app.config.types import FROM_TEXT, Check, Duration, HttpUrl, Section, about

Way = Literal["telegram", "stripe", "paypal", "crypto", "stars", "transfer", "cash"]
Ways = tuple[Way, ...]


def _secret_key(value: Secret) -> Secret:
    if value.reveal().startswith("pk_"):
        raise ValueError("is the publishable key, which may be read by anybody and can do nothing here")
    if value.reveal().startswith("whsec_"):
        raise ValueError("is the signing secret of a webhook")
    if not value.reveal().startswith(("sk_", "rk_")):
        raise ValueError("is no key of Stripe's: those begin with sk_ or rk_")
    return value


def _signing_secret(value: Secret) -> Secret:
    if not value.reveal().startswith("whsec_"):
        raise ValueError("is no signing secret of a webhook: those begin with whsec_")
    return value


class Stars(Section, frozen=True):
    """[payments.stars]."""

    enabled: Annotated[bool, about("Take Telegram Stars for digital goods priced in XTR")] = True


class Stripe(Section, frozen=True):
    """[payments.stripe]: a hosted page; offered as soon as there is a secret key."""

    secret_key: Annotated[
        Secret | None,
        Check(_secret_key),
        about("Secret or restricted key of the Stripe account", example="sk_live_…"),
    ] = None
    webhook_secret: Annotated[
        Secret | None,
        Check(_signing_secret),
        about("Signing secret of the webhook at /webhooks/stripe", example="whsec_…"),
    ] = None
    api_url: Annotated[HttpUrl, about("Another server that speaks Stripe's interface")] = "https://api.stripe.com"
    page: Annotated[
        Duration,
        about("How long a payment page stays open; Stripe wants 30 minutes at least", example="31m"),
    ] = timedelta(minutes=31)
    margin: Annotated[Duration, about("How much longer than the page the stock is held", example="5m")] = timedelta(
        minutes=5
    )


class PayPal(Section, frozen=True):
    """[payments.paypal]: a page of PayPal's; offered as soon as there are an id and a secret."""

    client_id: Annotated[
        str | None, about("Client id of the app at developer.paypal.com, Apps & Credentials", example="AY1b2C…")
    ] = None
    client_secret: Annotated[Secret | None, about("Its secret", example="EK9x8Y…")] = None
    webhook_id: Annotated[
        str | None, about("Id of the webhook at /webhooks/paypal, shown beside it", example="8PT597110X687430LKGECATA")
    ] = None
    api_url: Annotated[
        HttpUrl, about("Another server that speaks PayPal's interface", example="https://api-m.sandbox.paypal.com")
    ] = "https://api-m.paypal.com"
    page: Annotated[
        Duration, about("How long a customer may take to agree; PayPal allows three hours at most", example="30m")
    ] = timedelta(minutes=30)
    margin: Annotated[Duration, about("How much longer than the page the stock is held", example="5m")] = timedelta(
        minutes=5
    )


class Crypto(Section, frozen=True):
    """[payments.crypto]: an invoice of @CryptoBot's; offered as soon as there is a token."""

    token: Annotated[
        Secret | None, about("Token of the app: @CryptoBot → Crypto Pay → Create App", example="12345:AAexample…")
    ] = None
    api_url: Annotated[
        HttpUrl, about("Another server that speaks Crypto Pay's interface", example="https://testnet-pay.crypt.bot")
    ] = "https://pay.crypt.bot"
    page: Annotated[Duration, about("How long an invoice can be paid", example="30m")] = timedelta(minutes=30)
    margin: Annotated[Duration, about("How much longer the stock is held", example="5m")] = timedelta(minutes=5)


class Cash(Section, frozen=True):
    """[payments.cash]."""

    enabled: Annotated[bool, about("Offer cash on delivery; the seller confirms")] = True
    instructions: Annotated[
        str,
        about("What the customer reads after choosing it", example="Please have the sum ready.", max_length=1000),
    ] = ""


class Transfer(Section, frozen=True):
    """[payments.transfer]."""

    enabled: Annotated[bool, about("Offer a bank transfer; the seller confirms")] = False
    instructions: Annotated[
        str, about("Where to send the money", example="IBAN DE00 0000, Shop Ltd", max_length=1000)
    ] = ""


class Payments(Section, frozen=True):
    """[payments]."""

    off: Annotated[Ways, FROM_TEXT, about("Ways to pay that are configured and not offered now", example=["cash"])] = ()
    stars: Stars = Stars()
    stripe: Stripe = Stripe()
    paypal: PayPal = PayPal()
    crypto: Crypto = Crypto()
    cash: Cash = Cash()
    transfer: Transfer = Transfer()
