"""What is taken off: shares that add up, the best of several, and why a code does not count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from db.models import PromotionKind
from shop.promotions import Candidate, Goods, best, by_largest_remainder, why_not
from tests.world.clock import START

TEN = Candidate(
    promotion_id=1,
    owner_id=1,
    name="TEA10",
    kind=PromotionKind.PERCENT,
    value=10,
    currency="EUR",
    buy_units=0,
    free_units=0,
    min_amount=0,
    starts_at=None,
    ends_at=None,
    total_limit=None,
    per_person=None,
    first_order=False,
    used=0,
    stopped_at=None,
    mine=0,
    ordered=False,
    code_id=1,
    code="TEA10",
)
TEAS = (Goods(1, 333, 1), Goods(2, 333, 1), Goods(3, 334, 1))


@given(
    weights=st.dictionaries(st.integers(1, 99), st.integers(0, 10**12), min_size=1, max_size=30),
    part=st.integers(0, 100),
)
def test_shares_add_up_and_none_is_more_than_its_line(weights: dict[int, int], part: int) -> None:
    amount = sum(weights.values()) * part // 100
    shares = by_largest_remainder(amount, weights)
    assert sum(shares.values()) == amount
    assert all(0 <= shares[key] <= weights[key] for key in weights)


def test_ten_percent_of_ten_euros_is_one_euro_over_three_lines() -> None:
    saving = best([TEN], TEAS, "EUR", START, ships=True)
    assert (saving.amount, saving.by_product) == (100, ((1, 33), (2, 33), (3, 34)))


def test_the_offer_that_saves_most_counts_and_the_code_stays() -> None:
    offer = replace(TEN, promotion_id=2, kind=PromotionKind.FIXED, value=500, code=None, code_id=None, name="Spring")
    saving = best([TEN, offer], TEAS, "EUR", START, ships=True)
    assert ([used.name for used in saving.used], saving.amount) == (["Spring"], 500)
    assert (saving.unused, saving.why) == ("TEA10", "less")


def test_free_shipping_stands_beside_a_discount() -> None:
    free = replace(TEN, promotion_id=2, kind=PromotionKind.FREE_SHIPPING, code=None, code_id=None, min_amount=1000)
    assert best([TEN, free], TEAS, "EUR", START, ships=True).mark == "100f"
    assert best([TEN, free], TEAS[:2], "EUR", START, ships=True).mark == "66"
    assert best([TEN, free], TEAS, "EUR", START, ships=False).mark == "100"


def test_of_three_the_cheapest_is_free() -> None:
    gift = replace(TEN, kind=PromotionKind.BUY_X_GET_Y, buy_units=2, free_units=1)
    lines = (Goods(1, 500, 1), Goods(2, 300, 4), Goods(3, 200, 1))
    assert best([gift], lines, "EUR", START, ships=True).by_product == ((3, 200), (2, 300))


def test_something_is_left_to_pay() -> None:
    huge = replace(TEN, kind=PromotionKind.FIXED, value=10**9)
    assert best([huge], TEAS, "EUR", START, ships=True).amount == 999


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"stopped_at": START}, "over"),
        ({"ends_at": START}, "over"),
        ({"starts_at": START.replace(year=2199)}, "not_yet"),
        ({"total_limit": 3, "used": 3}, "used_up"),
        ({"most": 1, "code_used": 1}, "used_up"),
        ({"per_person": 1, "mine": 1}, "per_person"),
        ({"first_order": True, "ordered": True}, "first_order"),
        ({"products": frozenset({9})}, "other_goods"),
        ({"min_amount": 1001}, "minimum"),
        ({"min_amount": 10, "currency": "XTR"}, "other_goods"),
        ({}, None),
    ],
)
def test_why_a_code_does_not_count(changes: dict[str, object], why: str | None) -> None:
    assert why_not(replace(TEN, **changes), TEAS, "EUR", START) == why
