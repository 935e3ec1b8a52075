"""Takes money: one file a provider, all of one shape (shop.ports.Provider)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from payments.by_hand import ByHand
from payments.stars import Stars, StarsApi
from payments.telegram import TelegramPayments, Token
from shop.ports import Provider

if TYPE_CHECKING:
    from payments.crypto import CryptoPay
    from payments.paypal import PayPal
    from payments.stripe import Stripe


NAMES = ("telegram", "stripe", "paypal", "crypto", "stars", "transfer", "cash")  # as the checkout offers them


@runtime_checkable
class Connected(Protocol):
    """A provider that keeps connections open."""

    async def hang_up(self) -> None:
        """Close them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the configuration says about the providers; what has no key is not offered."""

    telegram_token: str | None = field(default=None, repr=False)
    telegram_vat_code: int | None = None
    telegram_others: tuple[Token, ...] = ()
    stars: bool = True
    stripe_key: str | None = field(default=None, repr=False)
    stripe_webhook_secret: str | None = field(default=None, repr=False)
    stripe_url: str = "https://api.stripe.com"
    stripe_page: timedelta = timedelta(minutes=31)
    stripe_margin: timedelta = timedelta(minutes=5)
    paypal_client: str | None = None
    paypal_secret: str | None = field(default=None, repr=False)
    paypal_webhook: str | None = None
    paypal_url: str = "https://api-m.paypal.com"
    paypal_page: timedelta = timedelta(minutes=30)
    paypal_margin: timedelta = timedelta(minutes=5)
    crypto_token: str | None = field(default=None, repr=False)
    crypto_url: str = "https://pay.crypt.bot"
    crypto_page: timedelta = timedelta(minutes=30)
    crypto_margin: timedelta = timedelta(minutes=5)
    cash: bool = True
    cash_text: str = ""
    transfer: bool = False
    transfer_text: str = ""
    order_hold: timedelta = timedelta(minutes=15)
    payment_margin: timedelta = timedelta(minutes=5)
    manual_hold: timedelta = timedelta(days=3)


def open_providers(keys: Keys, stars_api: StarsApi) -> dict[str, Provider]:
    """Every provider that the configuration enables, by name, in the order in which the checkout offers them."""
    providers: list[Provider] = []
    stripe = _stripe(keys, keys.stripe_key) if keys.stripe_key else None
    if keys.telegram_token:
        providers.append(
            TelegramPayments(
                keys.telegram_token,
                hold=keys.order_hold,
                margin=keys.payment_margin,
                bank=stripe,
                vat_code=keys.telegram_vat_code,
                others=keys.telegram_others,
            )
        )
    if stripe is not None:
        providers.append(stripe)
    if keys.paypal_client and keys.paypal_secret:
        providers.append(_paypal(keys, keys.paypal_client, keys.paypal_secret))
    if keys.crypto_token:
        providers.append(_crypto(keys, keys.crypto_token))
    if keys.stars:
        providers.append(Stars(stars_api, hold=keys.order_hold, margin=keys.payment_margin))
    if keys.transfer:
        providers.append(ByHand("transfer", keys.transfer_text, hold=keys.manual_hold))
    if keys.cash:
        providers.append(ByHand("cash", keys.cash_text, hold=keys.manual_hold))
    return {provider.name: provider for provider in providers}


def _stripe(keys: Keys, key: str) -> "Stripe":
    from payments.stripe import Stripe  # noqa: PLC0415  its SDK is only loaded where it is used

    return Stripe(
        key,
        webhook_secret=keys.stripe_webhook_secret,
        api_url=keys.stripe_url,
        page=keys.stripe_page,
        margin=keys.stripe_margin,
    )


def _paypal(keys: Keys, client: str, secret: str) -> "PayPal":
    from payments.paypal import PayPal  # noqa: PLC0415  its HTTP client is only loaded where it is used

    return PayPal(
        client,
        secret,
        webhook_id=keys.paypal_webhook,
        api_url=keys.paypal_url,
        page=keys.paypal_page,
        margin=keys.paypal_margin,
    )


def _crypto(keys: Keys, token: str) -> "CryptoPay":
    from payments.crypto import CryptoPay  # noqa: PLC0415  its HTTP client is only loaded where it is used

    return CryptoPay(token, api_url=keys.crypto_url, page=keys.crypto_page, margin=keys.crypto_margin)


def say_otherwise(providers: Mapping[str, Provider], **texts: str) -> None:
    """Have those whom people pay by hand say this from now on, by name."""
    for name, text in texts.items():
        if isinstance(provider := providers.get(name), ByHand):
            provider.instructions = text


async def hang_up(providers: Mapping[str, Provider]) -> None:
    """Close every connection that the providers keep."""
    for provider in providers.values():
        if isinstance(provider, Connected):
            await provider.hang_up()
