"""Why goods cannot come back, or a return cannot go on."""

from shop.refusals import Conflict


class CannotReturn(Conflict):
    """Nothing of the order can come back so.

    Data: order_id, why (off, digital, not_arrived, late, nothing, left, many), until (of late: when it was over).
    """

    code = "cannot_return"


class ReturnMoved(Conflict):
    """The return stands elsewhere by now. Data: return_id, status."""

    code = "return_moved"
