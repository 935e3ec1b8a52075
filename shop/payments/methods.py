"""Which ways to pay fit an order (a rule)."""

from collections.abc import Collection, Mapping

from db.models import ProductKind
from db.money import STARS
from shop.payments.bounds import Bounded, Bounds
from shop.ports import OrderFacts, PaidByHand, Provider
from shop.refusals import PaymentMethodNotOffered

STARS_PROVIDER = "stars"
CREDIT = "credit"  # no provider: the shop's own, see crediting.py


def offered(providers: Mapping[str, Provider], order: OrderFacts, *, off: Collection[str]) -> tuple[str, ...]:
    """Names of the providers that may take the money for such an order, in the order of the configuration.

    `off` are those that take no more for now.
    What store credit pays whole needs none: CREDIT alone.
    Digital goods are sold for Stars only, and Stars buy nothing else: Telegram's terms hide bots that do otherwise.
    """
    if order.credit and order.total <= 0:
        return (CREDIT,)
    return tuple(
        name
        for name, provider in providers.items()
        if rail_allows(order, name) and provider.accepts(order) and name not in off
    )


def out_of_bounds(
    providers: Mapping[str, Provider], order: OrderFacts, *, off: Collection[str]
) -> tuple[tuple[str, Bounds], ...]:
    """Providers that would take such an order if its sum were another, each with what it takes."""
    found: list[tuple[str, Bounds]] = []
    for name, provider in providers.items():
        if name not in off and order.total > 0 and rail_allows(order, name):
            anybody: object = provider
            bounds = anybody.refuses(order) if isinstance(anybody, Bounded) else None
            found += [(name, bounds)] if bounds is not None else []
    return tuple(found)


def rail_allows(order: OrderFacts, name: str) -> bool:
    """Whether Telegram's terms let goods of this kind and currency go over this provider."""
    digital = order.kind is ProductKind.DIGITAL
    return digital == (order.currency == STARS) == (name == STARS_PROVIDER)


def choose(providers: Mapping[str, Provider], order: OrderFacts, method: str, *, off: Collection[str]) -> Provider:
    """The provider of this name. Raises PaymentMethodNotOffered when it is not enabled or does not fit the order."""
    if method not in providers or method not in offered(providers, order, off=off):
        raise PaymentMethodNotOffered(method=method)
    return providers[method]


def instructions(providers: Mapping[str, Provider], method: str | None) -> str:
    """What the shop says about handing over the money (the account of a transfer); empty for other ways to pay."""
    provider: object = providers.get(method or "")
    return provider.instructions if isinstance(provider, PaidByHand) else ""
