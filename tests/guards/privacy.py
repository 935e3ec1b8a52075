"""The guards of leaving: nobody is left with an order, and no order is left without somebody."""

from tests.guards.guard import Guard

_LEAVING = "tests/shop/privacy/test_departing.py::"
_AT_ONCE = "tests/shop/privacy/test_leaving_at_once.py::"

PRIVACY = (
    Guard(
        "Presents: no form of a provider asks where they go",
        "shop/payments/requests.py",
        "    ours = order.present is not None or order.credit\n",
        "    ours = order.credit\n",
        "tests/stories/test_presents.py::test_where_a_form_of_the_provider_would_ask_the_chat_asks_for_the_receiver",
    ),
    Guard(
        "Presents: what was shown as one is ordered as one",
        "bot/screens/buying/checkout/handlers.py",
        "    if pressed.present != (order.present is not None):\n        raise _PresentChanged\n",
        "",
        "tests/stories/test_presents.py::test_what_was_tapped_on_an_older_summary_is_shown_first",
    ),
    Guard(
        "Privacy: who leaves holds the cart first",
        "shop/privacy/departing.py",
        "    await locking.lock(session, person_id, now)\n",
        "",
        _AT_ONCE + "test_who_leaves_waits_for_a_checkout_that_is_under_way",
        "postgresql",
    ),
    Guard(
        "Privacy: who left orders nothing",
        "shop/checkout/holding.py",
        "    if left is not None:\n        raise NotFound(user_id=user_id)  # they deleted their account meanwhile\n",
        "",
        _AT_ONCE + "test_who_left_cannot_order",
    ),
    Guard(
        "Privacy: late money revives no order of who left",
        "shop/privacy/departing.py",
        "    if not found and (revived := await _bury(session, person_id, now)):\n",
        "    if revived := ():\n",
        _LEAVING + "test_late_money_for_an_expired_order_of_who_left_revives_nothing",
    ),
    Guard(
        "Privacy: who left is looked at again",
        "shop/privacy/retention.py",
        "        if departure.left_at <= clock.now() - SETTLED:\n",
        "        if True:\n",
        _LEAVING + "test_what_slipped_in_while_somebody_left_is_removed_within_the_hour",
    ),
)
