"""What cannot be done with goods that are sold by the month."""

from shop.refusals import Conflict


class SoldMonthly(Conflict):
    """It is not put into a cart: who wants it subscribes. Data: product (name)."""

    code = "sold_monthly"


class SubscribedAlready(Conflict):
    """Who has it need not pay for it twice. Data: product_id."""

    code = "subscribed_already"


class CannotBeMonthly(Conflict):
    """Such goods cannot be sold by the month. Data: why ("kind", "keys", "variants", "price"), most (Stars)."""

    code = "cannot_be_monthly"
