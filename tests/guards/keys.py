"""The guards of what counts once, keys and invitations: handed out once, and read by whom it is for alone."""

from tests.guards.guard import Guard

_KEYS = "tests/shop/units/test_units.py::"

KEYS = (
    Guard(
        "Keys: none that is sold",
        "shop/units/claiming.py",
        "        .where(Unit.product_id == product_id, Unit.state == UnitState.FREE)\n",
        "        .where(Unit.product_id == product_id)\n",
        _KEYS + "test_of_two_hundred_who_want_the_last_twenty_keys_each_buyer_has_one_of_their_own",
    ),
    Guard(
        "Invitations: one person",
        "shop/people/team.py",
        "Invitation.token_hash == _hashed(secret), Invitation.ended_at.is_(None), Invitation.expires_at > now",
        "Invitation.token_hash == _hashed(secret), Invitation.expires_at > now",
        "tests/shop/people/test_joining.py::test_of_many_who_accept_at_once_one_is_taken_in",
        "postgresql",
    ),
    Guard(
        "An agreed price: what was shown",
        "shop/checkout/quoting.py",
        "*(Order.total_price == total, Order.expires_at > now),",
        "*(Order.expires_at > now,),",
        "tests/shop/checkout/test_quoting.py::test_who_agrees_agrees_to_what_they_saw_or_to_nothing",
    ),
    Guard(
        "Keys: with the payment",
        "shop/payments/fulfil.py",
        "        await units.claim(session, order.id, lines_of(order), now=now)",
        "        pass",
        _KEYS + "test_a_line_of_many_gets_as_many_and_a_payment_told_again_none_more",
    ),
    Guard(
        "Keys: their buyer alone",
        "shop/units/bought.py",
        ".where(Order.id == order_id, Order.user_id == user.id, *_THEIRS)",
        ".where(Order.id == order_id, *_THEIRS)",
        _KEYS + "test_nobody_but_the_buyer_reads_a_key_and_they_no_more_when_the_money_went_back",
    ),
    Guard(
        "Keys: replaced once",
        "shop/units/replacing.py",
        "Unit.state == UnitState.SOLD)\n    if await changed(session, mine.values(state=UnitState.REVOKED",
        ")\n    if await changed(session, mine.values(state=UnitState.REVOKED",
        _KEYS + "test_a_revoked_key_is_replaced_once_however_often_it_is_tapped",
    ),
)
