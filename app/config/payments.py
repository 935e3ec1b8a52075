"""Settings of the tills: which ways to pay the checkout offers."""

from pydantic import SecretStr

from app.config.types import Duration, HttpUrl, Section, setting


class Stars(Section):
    """[payments.stars]."""

    enabled: bool = setting(default=True, description="Take Telegram Stars for digital goods priced in XTR")


class Stripe(Section):
    """[payments.stripe]: a hosted page; offered as soon as there is a secret key."""

    secret_key: SecretStr | None = setting(None, "Secret or restricted key of the Stripe account", example="sk_live_…")
    webhook_secret: SecretStr | None = setting(
        None, "Signing secret of the webhook at /webhooks/stripe", example="whsec_…"
    )
    api_url: HttpUrl = setting("https://api.stripe.com", "Another server that speaks Stripe's interface")
    page: Duration = setting("31m", "How long a payment page stays open; Stripe wants 30 minutes at least")
    margin: Duration = setting("5m", "How much longer than the page the stock is held")


class Cash(Section):
    """[payments.cash]."""

    enabled: bool = setting(default=True, description="Offer cash on delivery; the seller confirms")
    instructions: str = setting(
        "", "What the customer reads after choosing it", example="Please have the sum ready.", max_length=1000
    )


class Transfer(Section):
    """[payments.transfer]."""

    enabled: bool = setting(default=False, description="Offer a bank transfer; the seller confirms")
    instructions: str = setting("", "Where to send the money", example="IBAN DE00 0000, Shop Ltd", max_length=1000)


class Payments(Section):
    """[payments]."""

    stars: Stars = Stars()
    stripe: Stripe = Stripe()
    cash: Cash = Cash()
    transfer: Transfer = Transfer()
