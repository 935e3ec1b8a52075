"""What store credit and gift cards cannot do."""

from shop.refusals import Conflict, Invalid


class CreditChanged(Conflict):
    """The store credit that an order was to use is not there any more, or not all of it."""

    code = "credit_changed"


class CreditNotHere(Invalid):
    """Stars go back as Stars: there is no store credit in them. Data: order_id."""

    code = "credit_not_here"


class CardRefused(Invalid):
    """A gift card does not hold. Data: why (unknown, redeemed, disabled, expired)."""

    code = "card_refused"
