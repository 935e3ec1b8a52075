"""The guards of promotions: used as often as they say, given back once, and ordered as they were shown."""

from tests.guards.guard import Guard

_CODES = "tests/shop/promotions/test_using.py::"

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
)
