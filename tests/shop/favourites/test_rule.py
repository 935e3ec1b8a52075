"""What is news: each fall of a price once, a return once a day, and nothing that only flaps."""

from datetime import timedelta

import pytest

from shop.favourites.rule import BACK, CHEAPER, Known, Standing, news
from tests.world.clock import START

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@pytest.mark.parametrize(
    ("prices", "step", "told"),
    [
        ((400, 300), HOUR, [CHEAPER, CHEAPER]),  # falls twice
        ((400, 450, 400, 450, 400), HOUR, [CHEAPER, None, None, None, None]),  # flaps
        ((600, 450, 449), HOUR, [None, None, CHEAPER]),  # dearer for an hour is no new price
        ((600, 600, 500), WEEK, [None, None, CHEAPER]),  # for a week it is
        ((400, 0, 300, 0, 300), HOUR, [CHEAPER, None, BACK, None, None]),  # sells out (0) and comes back twice a day
        ((0, 450, 0, 450), WEEK, [None, BACK, None, BACK]),
    ],
)
def test_a_story_of_prices(prices: tuple[int, ...], step: timedelta, told: list[str | None]) -> None:
    known, now, heard = Known(450, START, is_out=False, back_at=None), START, []
    for price in prices:
        now += step
        known, kind = news(known, Standing(price or 450, "EUR", 5 if price else 0), now)
        heard.append(kind)
    assert heard == told
