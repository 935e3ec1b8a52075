"""Telegram Payments: a card sheet inside the chat, behind a provider token from @BotFather."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from db.models import ProductKind
from payments.sums import telegram_refuses
from payments.telegram_receipt import provider_data
from shop.payments.bounds import Bounds
from shop.payments.counting import TELEGRAM
from shop.ports import (
    AttemptRequest,
    Delivery,
    InvoiceSheet,
    OrderFacts,
    Provider,
    ProviderError,
    ProviderEvent,
    RefundNotSupported,
    RefundOrder,
    RefundResult,
)

BANK_CHARGES = ("ch_", "py_", "pi_")  # how Stripe names a charge, if it is Stripe behind the token
MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of @BotFather's, and what it is for: orders that go to `countries`, in `currencies`; none means all.

    `vat_code`: the rate of tax that the bank prints on a receipt; without it the bank is sent none.
    """

    token: str = field(repr=False)
    countries: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    vat_code: int | None = None

    def fits(self, request: AttemptRequest) -> bool:
        """Whether this request is for the provider behind it."""
        country = not self.countries or request.country in self.countries
        return country and (not self.currencies or request.currency in self.currencies)


class TelegramPayments:
    """The invoice is sent by the bot; what happened comes back as an update, never by asking.

    The Bot API has no refund for card payments. When Stripe stands behind the token and its key is configured too,
    money goes back through `bank`; otherwise a person must do it.
    """

    name = "telegram"
    partial_refunds = True
    by_hand = False

    def __init__(
        self,
        token: str,
        *,
        hold: timedelta,
        margin: timedelta = MARGIN,
        bank: Provider | None = None,
        vat_code: int | None = None,
        others: Sequence[Token] = (),
    ) -> None:
        self._tokens = (*others, Token(token, vat_code=vat_code))
        self._bank = bank
        # A token by country, and a receipt with the shipping on it, need the address before the sheet opens.
        before = any(one.countries or one.vat_code is not None for one in self._tokens)
        self.delivery = Delivery.NOWHERE if before else Delivery.BY_ADDRESS
        self.lifetime = hold
        self.hold = hold + margin

    def accepts(self, order: OrderFacts) -> bool:
        """Physical goods at a price that Telegram can say, and does not certainly refuse."""
        if order.kind is not ProductKind.PHYSICAL or order.total <= 0 or self.refuses(order) is not None:
            return False
        try:
            TELEGRAM.write(order.total, order.currency)
        except ValueError:
            return False
        return True

    def refuses(self, order: OrderFacts) -> Bounds | None:
        """What Telegram takes, where this is certainly outside; shipping counts where the address comes first."""
        bounds = telegram_refuses(order)
        may_be_enough = order.grows and self.delivery is Delivery.NOWHERE
        return None if bounds is not None and may_be_enough and order.total < bounds.least else bounds

    async def open(self, request: AttemptRequest) -> InvoiceSheet:
        """The sheet; the gate before the charge keeps it from being paid too late or twice."""
        token = next(one for one in self._tokens if one.fits(request))
        data = provider_data(request, token.vat_code) if token.vat_code is not None else None
        return InvoiceSheet(request.payload, token.token, request, data)

    async def look_up(self, reference: str) -> ProviderEvent | None:  # noqa: ARG002  the shape of a provider
        """Telegram cannot be asked."""
        return None

    async def close(self, reference: str) -> ProviderEvent | None:  # noqa: ARG002  the shape of a provider
        """A closed attempt is refused by the gate; there is nothing to call."""
        return None

    async def refund(self, order: RefundOrder) -> RefundResult:
        """Through the bank behind the token, where we know it. Raises RefundNotSupported, ProviderError."""
        charge = order.provider_charge_id or ""
        if self._bank is None or not charge.startswith(BANK_CHARGES):
            raise RefundNotSupported("Telegram cannot give card payments back; use the dashboard of your provider")
        try:
            return await self._bank.refund(order)
        except ProviderError as error:
            if error.permanent:
                raise RefundNotSupported(f"Stripe cannot give this back: {error}") from error
            raise


_: type[Provider] = TelegramPayments
