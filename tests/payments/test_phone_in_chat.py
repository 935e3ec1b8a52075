"""A shop whose carrier wants a phone number asks for it wherever it asks for the address."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from app.config import shop as settings
from db.models import Address, Order
from shop.forms.addresses import read_phone
from shop.refusals import CannotRead
from simulator.stripe.errors import StripeError
from simulator.stripe.paying import Buyer
from simulator.stripe.records import Shipping
from tests.payments.tea import sell_tea, to_checkout
from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop

pytestmark = pytest.mark.one_database


@pytest.fixture
async def asking(database_url: str, clock: ManualClock) -> AsyncIterator[OpenShop]:
    async with open_shop(database_url, clock, ask_phone=True) as shop:
        await shop.olga.says("/start")
        await sell_tea(shop)
        await to_checkout(shop)
        yield shop


async def _phone(shop: OpenShop, number: int = 1) -> str:
    async with shop.db.read() as session:
        order = (await session.scalars(select(Order).where(Order.id == number))).one()
    return str((order.address or {}).get("phone_number"))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("+49 30 1234567", "+49 30 1234567"),
        ("030/123 45-67", "030/123 45-67"),
        ("٠٣٠ ١٢٣٤٥٦٧", "030 1234567"),
        ("(555) 010-9999", "(555) 010-9999"),
        ("８１３１２３４５６７８", "81312345678"),
    ],
)
def test_a_number_is_taken_as_people_write_it(said: str, kept: str) -> None:
    assert read_phone(said) == kept


@pytest.mark.parametrize(
    "said",
    ["", "none", "12345", "1" * 16, "+49+30+123456", "0301234567 Anna", "call +49301234567", "30 1234567+", "1" * 9999],
)
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(CannotRead):
        read_phone(said)


async def test_the_chat_asks_for_it_keeps_it_and_asks_only_once(asking: OpenShop) -> None:
    ann, olga = asking.ann, asking.olga
    await ann.taps("Cash on delivery", "Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
        await ann.says(line)
    assert "phone number" in ann.text
    await ann.says("no phone")
    assert "digits only" in ann.text
    await ann.taps("Back")
    assert "10115 Berlin" in ann.text
    await ann.taps("Keep")
    await ann.says("+49 30 1234567")
    await ann.taps("Courier")
    assert "+49 30 1234567" in ann.text
    await ann.taps("Order now")
    await asking.tick()
    assert "+49 30 1234567" in olga.newest
    assert await _phone(asking) == "+49 30 1234567"

    await ann.says("/start p_1")
    await ann.taps("Add to cart", "in the cart", "Check out", "Cash on delivery", "📍")
    assert "Order now · €14.40" in ann.keyboard[0]  # the way that this address was used with
    await asking.keeps_its_promises()


async def test_an_address_from_before_is_asked_for_its_number(asking: OpenShop) -> None:
    ann = asking.ann
    await ann.taps("Cash on delivery", "Germany")
    for line in ("Ann Example", "Lindenallee 7", "10115 Berlin", "030 1234567"):
        await ann.says(line)
    await ann.taps("Courier", "Order now")
    async with asking.db.begin() as session:
        known = (await session.scalars(select(Address))).one()
        known.place = {name: said for name, said in known.place.items() if name != "phone_number"}

    await ann.says("/start p_1")
    await ann.taps("Add to cart", "in the cart", "Check out", "Cash on delivery", "📍")
    assert "phone number" in ann.text
    await ann.says("030 7654321")
    await ann.taps("Courier", "Order now")
    assert await _phone(asking, 2) == "030 7654321"


async def test_the_payment_sheet_asks_for_it(asking: OpenShop) -> None:
    await asking.ann.taps("here in the chat")
    assert asking.simulator.calls("sendInvoice")[-1].parameters["need_phone_number"] in {True, "true", "True"}
    sheet = await asking.ann.pays(phone="49301234567")
    assert sheet.state == "paid"
    await asking.tick()
    assert "49301234567" in asking.olga.newest
    assert await _phone(asking) == "49301234567"


async def test_stripes_page_asks_for_it(database_url: str, clock: ManualClock) -> None:
    anywhere = (settings.Shipping(id="post", title="Post", price="4.90"),)
    async with open_shop(database_url, clock, ask_phone=True, shipping=anywhere) as shop:
        await sell_tea(shop)
        await to_checkout(shop)
        await shop.ann.taps("Card, on a secure page")
        stripe = shop.simulator.stripe
        (session_id,) = stripe.account.sessions
        lines: dict[str, str | None] = {
            "line1": "Lindenallee 7",
            "city": "Berlin",
            "postal_code": "10115",
            "country": "DE",
        }
        home = Shipping("Ann Example", lines)
        for phone in ("", "030 1234567"):
            with pytest.raises(StripeError, match="phone"):
                stripe.pay(session_id, buyer=Buyer(shipping=home, phone=phone))
        stripe.pay(session_id, buyer=Buyer(shipping=home, phone="+49301234567"))
        await shop.ann.taps("I have paid")
        assert await _phone(shop) == "+49301234567"
        assert "+49301234567" in shop.ann.text
        await shop.keeps_its_promises()
