"""Cash on delivery and bank transfers: the customer gets instructions, the seller says when the money came."""

from datetime import timedelta

from db.models import ProductKind
from shop.ports import (
    AttemptRequest,
    Delivery,
    Instructions,
    OrderFacts,
    PaidByHand,
    Provider,
    ProviderEvent,
    RefundNotSupported,
    RefundOrder,
    RefundResult,
)


class ByHand:
    """A way to pay that only people can see."""

    partial_refunds = True
    by_hand = True
    delivery = Delivery.NOWHERE

    def __init__(self, name: str, text: str, *, hold: timedelta) -> None:
        self.name = name
        self.lifetime = hold
        self.hold = hold
        self.instructions = text

    def accepts(self, order: OrderFacts) -> bool:
        """Physical goods at any price."""
        return order.kind is ProductKind.PHYSICAL

    async def open(self, request: AttemptRequest) -> Instructions:
        """What the customer must know."""
        return Instructions(reference=request.payload, text=self.instructions)

    async def look_up(self, reference: str) -> ProviderEvent | None:  # noqa: ARG002  the shape of a provider
        """Nobody but the seller knows."""
        return None

    async def close(self, reference: str) -> ProviderEvent | None:  # noqa: ARG002  the shape of a provider
        """There is nothing that could still be paid by itself."""
        return None

    async def refund(self, order: RefundOrder) -> RefundResult:  # noqa: ARG002  the shape of a provider
        """Raises RefundNotSupported: the seller hands the money back."""
        raise RefundNotSupported(f"{self.name} is given back by hand")


_: type[Provider] = ByHand
_by_hand: type[PaidByHand] = ByHand
