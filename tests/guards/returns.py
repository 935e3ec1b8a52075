"""The guards of returns: no piece comes back twice, one answer counts, the money goes once."""

from tests.guards.guard import Guard

_HERE = "tests/payments/test_returns.py::"
_PAID = "tests/payments/test_returns_paid.py::"

RETURNS = (
    Guard(
        "Returns: a piece is counted by one conditional UPDATE",
        "shop/returns/moving.py",
        "OrderItem.order_id == order.id, OrderItem.quantity - OrderItem.returned >= units",
        "OrderItem.order_id == order.id",
        _HERE + "test_of_a_crowd_of_wishes_no_more_pieces_come_back_than_were_bought",
    ),
    Guard(
        "Returns: a step is a compare-and-swap",
        "shop/returns/moving.py",
        "    mine = update(Return).where(Return.id == row.id, Return.status.in_(tuple(from_)))\n",
        "    mine = update(Return).where(Return.id == row.id)\n",
        _HERE + "test_two_answers_at_once_are_one",
        "postgresql",
    ),
    Guard(
        "Returns: the money is decided once",
        "shop/returns/paying.py",
        "    if row.status is not rule.RECEIVED:\n",
        "    if False:\n",
        _HERE + "test_a_process_that_dies_after_the_decision_leaves_a_refund_that_is_made_once",
    ),
    Guard(
        "Returns: no more goes to the shelf than left it",
        "shop/payments/putting_back.py",
        "min(count, away.get(product, 0))",
        "count",
        _PAID + "test_goods_go_to_the_shelf_by_choice_and_never_more_than_left_it",
    ),
)
