"""Whatever is taken off: no line, total, shipping or refund falls below nothing, and the parts are what was paid."""

from hypothesis import given
from hypothesis import strategies as st

from db.models import OrderItem, PromotionKind
from shop.orders.worth import worth
from shop.policy import ShippingOption
from shop.promotions import Candidate, Goods, best
from tests.world.clock import START

PRICES = st.one_of(st.integers(0, 3), st.integers(0, 10**9))
LINES = st.lists(st.tuples(PRICES, st.integers(1, 12)), min_size=1, max_size=8).map(
    lambda pairs: [Goods(number, price, units, category_id=number % 3) for number, (price, units) in enumerate(pairs)]
)


def _offer(number: int, kind: PromotionKind, value: int, buy: int, free: int, narrow: bool) -> Candidate:
    return Candidate(
        promotion_id=number,
        owner_id=1,
        name=f"Offer {number}",
        kind=kind,
        value=min(value, 99) if kind is PromotionKind.PERCENT else value,
        currency="EUR",
        buy_units=buy,
        free_units=free,
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
        code_id=number if number == 0 else None,
        code="CODE" if number == 0 else None,
        categories=frozenset({1}) if narrow else frozenset(),
    )


OFFERS = st.lists(
    st.tuples(
        st.sampled_from(PromotionKind), st.integers(1, 10**10), st.integers(1, 4), st.integers(1, 4), st.booleans()
    ),
    min_size=1,
    max_size=4,
).map(lambda drawn: [_offer(number, *one) for number, one in enumerate(drawn)])


@given(goods=LINES, offers=OFFERS, postage=st.integers(0, 2000), steps=st.data())
def test_nothing_falls_below_nothing_and_refunds_of_all_lines_are_what_was_paid(
    goods: list[Goods], offers: list[Candidate], postage: int, steps: st.DataObject
) -> None:
    saving = best(offers, goods, "EUR", START, ships=True)
    shares, subtotal = dict(saving.by_product), sum(line.total for line in goods)
    assert all(0 <= shares.get(line.product_id, 0) <= line.total for line in goods)
    assert saving.amount == sum(used.amount for used in saving.used) == sum(shares.values())
    assert subtotal - saving.amount >= min(subtotal, 1)
    post = ShippingOption("post", "Post", postage)
    assert post.price_of(subtotal - saving.amount, free=saving.free_shipping) >= 0

    given_back = 0
    for line in goods:
        item = OrderItem(price=line.price, quantity=line.quantity, discount=shares.get(line.product_id, 0), tax=0)
        before = 0
        while before < line.quantity:  # one return after the other, of any number of units
            units = steps.draw(st.integers(1, line.quantity - before))
            part = worth(item, units, before=before)
            assert 0 <= part <= units * line.price
            given_back, before = given_back + part, before + units
        assert worth(item, 1, before=line.quantity) == 0, "more units than were sold are worth nothing"
    assert given_back == subtotal - saving.amount
