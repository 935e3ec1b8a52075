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
)
