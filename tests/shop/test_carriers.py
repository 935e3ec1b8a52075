"""A carrier is known by the name before a number, or by a number that is of one carrier alone; no guesses."""

import pytest

from shop.carriers import KNOWN, address_of, offered, read, template_of
from shop.policy import Carrier

pytestmark = pytest.mark.one_database
VAN = Carrier("van", "Our van", "https://van.example/{number}/where")


@pytest.mark.parametrize(
    ("written", "carrier", "number"),
    [
        # the numbers of github.com/jkeen/tracking_number_data, right and wrong
        ("1Z5R89390357567127", "UPS", None),
        ("1Z879E930346834440", "UPS", None),
        ("1Z 8V92A7 03 6720 3024", "UPS", None),
        ("1Z1111111111111111", None, None),
        ("2Z5R89390357567127", None, None),
        ("9400 1112 0108 0805 4830 16", "USPS", None),
        ("9405803699300124287899", "USPS", None),
        ("9200000000000000000000", None, None),
        ("RB123456785GB", "Royal Mail", None),
        ("rb123456785gb", "Royal Mail", None),
        ("RB123456786GB", None, None),  # its check digit is wrong
        ("EB000717618HK", None, None),  # a post that we have no page of
        ("00340434161094042557", "DHL", None),
        ("00340434161094042558", None, None),
        ("986578788855", None, None),  # FedEx, or anybody else with twelve digits
        ("DHL 00340", "DHL", "00340"),
        ("dhl express: 3318810025", "DHL Express", "3318810025"),
        ("Royal Mail  AB 12", "Royal Mail", "AB 12"),
        ("Почта России 80080", "Почта России", "80080"),
        ("СДЭК 10089", "CDEK", "10089"),
        ("our van 7", "Our van", "7"),
        ("GLS 1Z5R89390357567127", "GLS", "1Z5R89390357567127"),  # who says it, knows it
        ("DHL", None, None),
        ("by hand", None, None),
    ],
)
def test_who_carries_it(written: str, carrier: str | None, number: str | None) -> None:
    tracked = read(written, (VAN,))
    assert (tracked.carrier, tracked.number) == (carrier, number or written)
    assert (tracked.url is None) is (carrier is None)


def test_one_of_the_shops_own_takes_the_place_of_a_known_one() -> None:
    own = (Carrier("dpd", "DPD Austria", "https://dpd.example/{number}"), VAN)
    assert [one.name for one in offered(own)][:2] == ["DPD Austria", "Our van"]
    assert [one.id for one in offered(own)].count("dpd") == 1
    assert read("DPD Austria 5", own).url == "https://dpd.example/5"
    ups = (Carrier("ups", "UPS", "https://ups.example/{number}"),)
    assert read("1Z5R89390357567127", ups).url == "https://ups.example/1Z5R89390357567127"


def test_a_number_changes_nothing_of_an_address_but_its_place() -> None:
    url = address_of("https://van.example/p?n={number}", "1/2 &x=3#?{number}")
    assert url == "https://van.example/p?n=1%2F2%26x%3D3%23%3F%7Bnumber%7D"


@pytest.mark.parametrize(
    "written",
    [
        "http://van.example/{number}",
        "https://van.example/",
        "https://van.example/{number}/{number}",
        "https://{number}.example/",
        "https://van.example{number}/",
        "https://van.example@{number}/",
        "https://a@van.example/{number}",
        "https://van.example/{number}{x}",
        "https://van.example/{number} x",
        "javascript:alert({number})",
        "https://localhost/{number}",
        "https://van.example/{number}" + "x" * 256,
    ],
)
def test_an_address_that_could_lead_elsewhere_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"does not|is longer"):
        template_of(written)


def test_every_known_carrier_has_an_address_that_a_shop_could_set() -> None:
    assert [template_of(one.url) for one in KNOWN] == [one.url for one in KNOWN]
    assert len({one.id for one in KNOWN}) == len(KNOWN)
    assert all(len(f"se:99999999999:{one.id}") <= 64 for one in KNOWN)
