"""What is news about a product to somebody who likes it: a rule."""

from datetime import datetime, timedelta
from typing import NamedTuple

FORGOTTEN = timedelta(days=7)  # a price that rose counts as the usual one after this: what falls then is news again
CALM = timedelta(days=1)  # who was told that it is back hears it no more for this long, however often it sells out
CHEAPER, BACK = "favourite_cheaper", "favourite_back"


class Standing(NamedTuple):
    """A product on sale: its lowest price now in minor units, its currency, and how many units can be had."""

    price: int
    currency: str
    available: int


class Known(NamedTuple):
    """What a person knows: the price since `told_at`, whether it was sold out, and when they heard it was back."""

    price: int
    told_at: datetime
    is_out: bool
    back_at: datetime | None


class News(NamedTuple):
    """What they know from now on, and what they are told (CHEAPER, BACK), if anything is."""

    known: Known
    kind: str | None


def news(known: Known, standing: Standing, now: datetime) -> News:
    """Each fall of the price is told once, and that it is back; a price that only flaps tells nothing new.

    What is sold out is not called cheaper: that is told when it is back.
    """
    if standing.available <= 0:
        return News(known._replace(is_out=True), None)
    cheaper = standing.price < known.price
    rose = standing.price > known.price and now - known.told_at >= FORGOTTEN
    after = known._replace(is_out=False)
    if cheaper or rose:
        after = after._replace(price=standing.price, told_at=now)
    if known.is_out and (known.back_at is None or now - known.back_at >= CALM):
        return News(after._replace(back_at=now), BACK)
    return News(after, CHEAPER if cheaper else None)
