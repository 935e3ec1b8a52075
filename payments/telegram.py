"""Telegram Payments: a card sheet inside the chat, behind a provider token from @BotFather."""

from datetime import timedelta

from db.models import ProductKind
from payments.sums import telegram_refuses
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


class TelegramPayments:
    """The invoice is sent by the bot; what happened comes back as an update, never by asking.

    The Bot API has no refund for card payments. When Stripe stands behind the token and its key is configured too,
    money goes back through `bank`; otherwise a person must do it.
    """

    name = "telegram"
    partial_refunds = True
    by_hand = False
    delivery = Delivery.BY_ADDRESS

    def __init__(
        self, token: str, *, hold: timedelta, margin: timedelta = MARGIN, bank: Provider | None = None
    ) -> None:
        self._token = token
        self._bank = bank
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
        """What Telegram takes, where this is certainly outside."""
        return telegram_refuses(order)

    async def open(self, request: AttemptRequest) -> InvoiceSheet:
        """The sheet; the gate before the charge keeps it from being paid too late or twice."""
        return InvoiceSheet(reference=request.payload, provider_token=self._token, request=request)

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
