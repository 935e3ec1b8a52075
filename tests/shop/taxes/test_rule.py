"""Tax adds up for any rates, lines and refunds, and comes out right on the numbers that other shops are known for."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import OrderItem
from shop.orders.worth import worth
from shop.taxes import HUNDRED_PERCENT, Rates, Sold, WrongRate, by_place, read_rate, reckon, share, tax_of, written_rate

RATES = st.one_of(
    st.sampled_from([0, 2_100, 5_500, 7_000, 8_875, 9_975, 19_000, 25_000, 27_000]), st.integers(0, 100_000)
)
AMOUNTS = st.one_of(st.integers(0, 200), st.integers(0, 10**12))
GERMAN = Rates("DE", by_place=by_place(["DE standard 19", "DE reduced 7", "AT 20", "EU 19", "* 0", "US 8.875"]))


@given(amount=AMOUNTS, rate=RATES)
def test_each_line_is_rounded_half_up(amount: int, rate: int) -> None:
    added, within = (tax_of(amount, rate, included=included) for included in (False, True))
    exact = Decimal(amount) * rate / HUNDRED_PERCENT
    assert added == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    assert 0 <= within <= added
    assert abs(Decimal(amount) * rate - Decimal(within) * (HUNDRED_PERCENT + rate)) * 2 <= HUNDRED_PERCENT + rate


@given(
    lines=st.lists(st.tuples(AMOUNTS, st.sampled_from([None, "standard", "reduced", "zero", "books"])), max_size=12),
    shipping=st.integers(0, 5000),
    country=st.sampled_from(["", "DE", "AT", "FR", "US", "CH"]),
    currency=st.sampled_from(["EUR", "JPY", "KWD", "XTR"]),
    included=st.booleans(),
)
def test_the_parts_add_up_to_the_whole(
    lines: list[tuple[int, str | None]], shipping: int, country: str, currency: str, included: bool
) -> None:
    rates = Rates("DE", included, GERMAN.by_place)
    taxes = reckon([Sold(*line) for line in lines], shipping, rates, country=country, currency=currency)
    assert sum(tax for _, tax in taxes.by_rate()) == taxes.added + taxes.within
    assert not (taxes.added if included or currency == "XTR" else taxes.within)
    for (amount, _), line in zip(lines, taxes.lines, strict=True):
        assert line.added + line.within == tax_of(amount, line.rate, included=taxes.included)


@given(
    price=st.integers(0, 10**7),
    quantity=st.integers(1, 30),
    rate=RATES,
    percent=st.integers(0, 100),
    steps=st.lists(st.integers(1, 5), max_size=30),
)
def test_units_given_back_one_by_one_are_worth_the_line_with_its_tax(
    price: int, quantity: int, rate: int, percent: int, steps: list[int]
) -> None:
    discount = price * quantity * percent // 100
    tax = tax_of(price * quantity - discount, rate, included=False)
    item = OrderItem(price=price, quantity=quantity, discount=discount, tax=tax)
    whole, given_back, taxes, before = price * quantity - discount + tax, 0, 0, 0
    for units in [*steps, quantity]:
        now = worth(item, units, before=before)
        before = min(before + units, quantity)
        taxes += share(tax, given_back + now, whole) - share(tax, given_back, whole)
        given_back += now
        assert 0 <= taxes <= tax
        assert taxes <= given_back
    assert (given_back, taxes) == (whole, tax if whole else 0)


def test_numbers_that_other_shops_got_wrong() -> None:
    def total(amounts: list[int], rate: int) -> int:
        """What is charged, in minor units, for prices without tax."""
        return sum(amount + tax_of(amount, rate, included=False) for amount in amounts)

    # woocommerce#18710, #19706: two lines of one are rounded twice, one line of two once; each is what its lines say
    assert total([1070, 1070], 21_000) == 2590
    assert total([2140], 21_000) == 2589
    # woocommerce#20440: prices with tax never grow by it, 45.00 and 49.00 stay 94.00
    assert [tax_of(amount, 21_000, included=True) for amount in (4500, 4900)] == [781, 850]
    # woocommerce#30159: the price that was asked about
    assert total([4435], 24_000) == 5499
    # vendure#2662: 2.6 % of 164.02 is 4.26, not 4.27
    assert tax_of(16402, 2_600, included=False) == 426
    # medusa#4768: the tax of a line is that of the line, not of a unit times so many
    assert tax_of(10 * 333, 20_000, included=False) == 666
    # medusa#5776: 10.00 off a price of 50.00 with 10 % in it is 40.00, and 3.64 of that is tax
    assert tax_of(5000 - 1000, 10_000, included=True) == 364
    # medusa#12226: nothing is left of a line that costs nothing
    assert tax_of(39900 - 39900, 19_000, included=True) == 0
    # magento#38388: three units of 19.00 tax give back 19.00 each, not 19.01 and then 18.99
    item = OrderItem(price=11_111, quantity=3, discount=3333, tax=5700)
    assert [worth(item, 1, before=before) for before in range(3)] == [11_900, 11_900, 11_900]
    assert [share(5700, 11_900 * n, 35_700) for n in (1, 2, 3)] == [1900, 3800, 5700]
    # magento#39644: 149.00 of sending with 19 % in it, given back in two halves
    assert tax_of(14900, 19_000, included=True) == 2379
    assert [share(2379, part, 14900) for part in (7450, 14900)] == [1190, 2379]


def test_the_country_decides_then_the_union_then_everywhere_else() -> None:
    asked = [
        ("DE", None),
        ("de", "reduced"),
        ("AT", "reduced"),
        ("FR", None),
        ("US", None),
        ("CH", "reduced"),
        ("", "zero"),
    ]
    assert [GERMAN.rate(country, goods) for country, goods in asked] == [19_000, 7_000, 20_000, 19_000, 8_875, 0, 0]
    assert GERMAN.classes == ("standard", "reduced", "zero")
    assert not Rates().on
    assert Rates(by_place=by_place(["DE 19"])).rate("US", None) == 0


@pytest.mark.parametrize(
    "line", ["DE", "19", "DE standard", "DE standard 101", "DEU 19", "DE zero 7", "DE 19.12345", ""]
)
def test_what_is_no_rate_is_refused(line: str) -> None:
    with pytest.raises(WrongRate):
        read_rate(line)


def test_rates_are_written_as_people_write_them() -> None:
    for said, kept in (
        ("de 19%", "19"),
        ("US 8,875", "8.875"),
        ("* standard 20 %", "20"),
        ("FR super-reduced 2.1", "2.1"),
    ):
        assert written_rate(read_rate(said).rate) == kept
