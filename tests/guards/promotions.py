"""The guards of promotions: used as often as they say, given back once, and ordered as they were shown."""

from tests.guards.guard import Guard

_CODES = "tests/shop/promotions/test_using.py::"
_KILLED = "tests/payments/test_kill_nine_codes.py::test_no_moment_to_die_uses_a_code_twice_or_loses_it"

PROMOTIONS = (
    Guard(
        "Promotions: a limit is one conditional UPDATE",
        "shop/promotions/using.py",
        "        or_(Promotion.ends_at.is_(None), Promotion.ends_at > _NOW),\n"
        "        or_(Promotion.total_limit.is_(None), Promotion.used < Promotion.total_limit),\n",
        "        or_(Promotion.ends_at.is_(None), Promotion.ends_at > _NOW),\n",
        _CODES + "test_the_last_uses_of_a_code_go_to_as_many_as_it_says",
        "postgresql",
    ),
    Guard(
        "Promotions: what ends an order gives back",
        "shop/orders/lifecycle.py",
        "        await promotions.give_back(session, order_id, now=now)\n",
        "        pass\n",
        _CODES + "test_an_order_that_ends_gives_its_code_back_once",
    ),
    Guard(
        "Promotions: what was shown is what is ordered",
        "shop/checkout/placing.py",
        "    if shown != group.saving.mark:\n        raise DiscountChanged\n",
        "",
        _CODES + "test_what_was_shown_is_what_is_ordered",
    ),
    Guard(
        "Promotions: a code that counts once is one conditional UPDATE, too",
        "shop/promotions/using.py",
        '.where(PromoCode.id == bindparam("which"), or_(PromoCode.most.is_(None), PromoCode.used < PromoCode.most))',
        '.where(PromoCode.id == bindparam("which"))',
        _CODES + "test_a_code_that_counts_once_is_used_once_by_a_crowd_that_shares_it",
        "postgresql",
    ),
    Guard(
        "Promotions: given back once",
        "shop/promotions/using.py",
        '    .where(Redemption.id == bindparam("redemption"), Redemption.released_at.is_(None))\n',
        '    .where(Redemption.id == bindparam("redemption"))\n',
        _CODES + "test_two_who_end_an_order_at_once_give_its_code_back_once",
        "postgresql",
    ),
    Guard(
        "Promotions: counted with the order that uses them",
        "shop/promotions/using.py",
        '    if connection.execute(_USE, {"promotion": used.promotion_id, "now": now}).rowcount != 1:\n',
        "    if False:\n",
        _KILLED,
    ),
    Guard(
        "Promotions: a refund by line leaves the discount out",
        "shop/orders/worth.py",
        "(item.price * item.quantity - item.discount + item.tax)",
        "(item.price * item.quantity + item.tax)",
        "tests/shop/promotions/test_never_negative.py::"
        "test_nothing_falls_below_nothing_and_refunds_of_all_lines_are_what_was_paid",
    ),
)
