"""The guards of the hours that sellers choose."""

from tests.guards.guard import Guard

HOURS = (
    Guard(
        "Digest: a day has one look",
        "shop/figures/digest.py",
        'key = f"{KIND}:{one.user_id}:{day.isoformat()}"\n',
        'key = f"{KIND}:{one.user_id}:{now.isoformat()}"\n',
        "tests/shop/figures/test_digest.py::test_another_hour_on_the_same_day_brings_no_second_look",
    ),
    Guard(
        "Quiet hours: what is held holds nothing back",
        "shop/notifications/delivery.py",
        '"claimed_until": None, "attempts": 0, "error": quiet.HELD}',
        '"claimed_until": None, "error": quiet.HELD}',
        "tests/shop/notifications/test_quiet.py::test_news_wait_but_neither_orders_nor_money_nor_what_a_customer_hears",
    ),
    Guard(
        "Quiet hours: alarms about money never wait",
        "shop/notifications/quiet.py",
        ' - {"operator_alert"}',
        "",
        "tests/shop/notifications/test_quiet.py::test_news_wait_but_neither_orders_nor_money_nor_what_a_customer_hears",
    ),
)
