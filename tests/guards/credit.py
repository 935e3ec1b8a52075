"""The guards of store credit: spent once, redeemed once, given back once, and never more than there is."""

from tests.guards.guard import Guard

_SPENDING = "tests/shop/credit/test_spending.py::"

CREDIT = (
    Guard(
        "Credit: spent by one conditional UPDATE",
        "shop/credit/holding.py",
        "    .where(*_MINE, _ACCOUNTS.c.balance >= _AMOUNT)\n",
        "    .where(*_MINE)\n",
        _SPENDING + "test_two_phones_spend_the_same_credit_once",
        "postgresql",
    ),
    Guard(
        "Credit: a card is redeemed once",
        "shop/credit/redeeming.py",
        "        GiftCard.redeemed_at.is_(None),\n",
        "",
        _SPENDING + "test_a_card_that_fifty_people_know_is_redeemed_by_one",
        "postgresql",
    ),
    Guard(
        "Credit: what ends an order gives back",
        "shop/orders/lifecycle.py",
        "        await credit.give_back(session, order_id, now=now)\n",
        "",
        _SPENDING + "test_what_ends_an_order_gives_its_credit_back_once",
    ),
    Guard(
        "Credit: given back once",
        "shop/credit/holding.py",
        '    .where(CreditHold.order_id == bindparam("order"), CreditHold.state == _WAS)\n',
        '    .where(CreditHold.order_id == bindparam("order"))\n',
        _SPENDING + "test_what_ends_an_order_gives_its_credit_back_once",
    ),
    Guard(
        "Credit: a paid order pays no second time",
        "shop/payments/crediting.py",
        "    if (await summary_of(session, order, now=now)).payment_date is not None:\n"
        "        raise AlreadyPaid(order_id=order.id)\n",
        "",
        _SPENDING + "test_a_yes_that_is_tapped_eight_times_spends_once",
    ),
    Guard(
        "Credit: guesses are counted",
        "shop/credit/redeeming.py",
        "    if not counted:\n        await count_guess(session, user.id, now=now)\n",
        "",
        _SPENDING + "test_only_the_digest_of_a_code_is_kept_and_guesses_have_an_end",
    ),
)
