"""Goods that come back: asked for, agreed to, received, paid back; each side is told each step."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.config.shop import Shipping
from db.models import Inventory, Order, OrderItem, OrderStatus, Payment, ProductKind, Return, ReturnStatus
from tests.stories.test_an_order import BERLIN
from tests.world.clock import ManualClock
from tests.world.goods import a_category, a_product
from tests.world.shop import PICTURES, OpenShop, open_shop

pytestmark = pytest.mark.one_database
PHOTO = (Path(PICTURES) / "mug-ink.jpg").read_bytes()


@pytest.fixture
async def shop(database_url: str, clock: ManualClock) -> AsyncGenerator[OpenShop]:
    """A shop that says where goods are sent back to."""
    post = Shipping(id="post", title="Post", price="4.90", countries=("DE", "AT"))
    async with open_shop(database_url, clock, shipping=(post,), return_to="Olga, Kannenweg 3") as opened:
        yield opened


async def sold(shop: OpenShop, *, how: str = "here in the chat", arrived: bool = True) -> tuple[int, int]:
    """Ann has two teas and a mug of Olga's; the ids of both products."""
    async with shop.db.begin() as session:
        tea_shelf = await a_category(session, "Tea")
        tea = await a_product(session, "Green tea", price=450, stock=5, category=tea_shelf)
        mug = await a_product(session, "Mug", price=1200, stock=5, category=tea_shelf)
    await shop.olga.says("/start")
    for product, more in ((tea, True), (mug, False)):
        await shop.ann.says(f"/start p_{product.id}")
        await shop.ann.taps("Add to cart")
        if more:
            await shop.ann.taps("in the cart", "+")
    await shop.ann.says("/cart")
    await shop.ann.taps("Check out", how)
    if how == "here in the chat":
        assert (await shop.ann.pays(option="post", address=BERLIN)).state == "paid"
    else:
        await shop.ann.taps("Germany")
        for line in ("Ann Example", "Lindenallee 7", "10115 Berlin"):
            await shop.ann.says(line)
        await shop.ann.taps("Order now")
        await shop.tick()
        await shop.olga.says("/orders 1")
        await shop.olga.taps("Accept", "The money came")
    await shop.tick()
    if arrived:
        await shop.olga.says("/ship 1 DHL 42")
        await shop.tick()
        await shop.olga.says("/complete 1")
        await shop.tick()
    return tea.id, mug.id


async def ask_for(shop: OpenShop, *picks: str, reason: str = "Damaged") -> None:
    """Ann asks to send these back."""
    await shop.ann.says("/order 1")
    await shop.ann.taps("Send something back", *picks, "Go on", reason, "Ask the seller")
    await shop.tick()


async def stock_of(shop: OpenShop, product_id: int) -> int:
    async with shop.db.read() as session:
        found = await session.scalar(select(Inventory.quantity_in_stock).where(Inventory.product_id == product_id))
    assert found is not None
    return found


async def refunded(shop: OpenShop) -> int:
    async with shop.db.read() as session:
        return (await session.scalars(select(Payment.refunded_amount))).one()


async def status(shop: OpenShop) -> ReturnStatus:
    async with shop.db.read() as session:
        return (await session.scalars(select(Return.status).order_by(Return.id.desc()).limit(1))).one()


async def test_from_the_wish_to_the_money(shop: OpenShop) -> None:  # noqa: PLR0915  one story
    ann, olga = shop.ann, shop.olga
    tea, mug = await sold(shop)
    await ann.says("/order 1")
    await ann.taps("Send something back")
    assert "Possible until Mar 16, 2026." in ann.text
    assert [label for label in ann.keyboard if "×" in label] == ["○ 2 × Green tea", "○ 1 × Mug"]
    assert "Go on" not in " ".join(ann.keyboard)
    await ann.taps("Green tea", "1", "Mug")
    assert [label for label in ann.keyboard if "×" in label] == ["✓ 1 × Green tea", "✓ 1 × Mug"]
    await ann.taps("Mug", "Mug", "Go on")
    assert "What is the reason?" in ann.text
    await ann.taps("Damaged or broken")
    await ann.says("The mug has a crack.")
    assert "The mug has a crack." in ann.text
    await ann.shows_photo(PHOTO, "Here it is.")
    await ann.taps("Ask the seller")
    assert ann.toast == "The seller is asked. The answer comes here."
    assert "⏳ Waiting for the seller" in ann.text
    await shop.tick()

    assert olga.newest.startswith("🛎 Ann wants to send something back.")
    for said in ("• 1 × Green tea", "• 1 × Mug", "Damaged or broken", "The mug has a crack.", "Here it is."):
        assert said in olga.newest
    await olga.taps("Photos")
    assert olga.screen.photo
    await olga.taps("Back", "Take it back")
    assert "Olga, Kannenweg 3" in olga.text
    await olga.says("Sorry! Please wrap it well.")
    assert "📦 To be sent back" in olga.text
    await shop.tick()
    assert ann.newest.startswith("↩️ Olga takes it back.")
    for said in ("Sorry! Please wrap it well.", "Olga, Kannenweg 3", "asked to send back", "agreed"):
        assert said in ann.newest

    await shop.passes(days=2)
    await olga.says("/returns")
    await olga.taps("📦 1")
    await olga.taps("The goods are back")
    assert [label for label in olga.keyboard if "×" in label] == ["0 of 1 × Green tea", "0 of 1 × Mug"]
    await olga.taps("Green tea", "1 piece into stock")
    assert (await stock_of(shop, tea), await stock_of(shop, mug)) == (4, 4)
    await shop.tick()
    assert ann.newest.startswith("📦 Olga has the goods back.")

    assert "💸 Give €16.50 back" in olga.keyboard
    assert "💸 Everything that is left: €25.90" in olga.keyboard
    await olga.taps("Give €16.50 back")
    assert "Shipping stays with you." in olga.text
    await olga.taps("Give €16.50 back")
    assert "€12.00" in olga.text
    await shop.tick()
    assert await refunded(shop) == 1650
    told = " ".join(message.words for message in ann.chat.said)
    assert "💸 Olga gives you €16.50 back." in told
    await ann.says("/order 1")
    await ann.taps("Returns: 1")
    assert "💸 Money given back" in ann.text
    assert "money decided: €16.50" in ann.text
    await shop.keeps_its_promises()

    await olga.says("/orders 1")
    await olga.taps("History")
    assert "got goods back" in olga.text
    await olga.says("/log")
    assert "gave money back for a return" in olga.text


async def test_a_return_is_declined_and_may_be_asked_for_again(shop: OpenShop) -> None:
    ann, olga = shop.ann, shop.olga
    await sold(shop)
    await ask_for(shop, "Mug", reason="I do not want it any more")
    await olga.taps("Decline")
    await olga.says("It was made for you.")
    await shop.tick()
    assert ann.newest.startswith("✋ Olga does not take it back.")
    assert "It was made for you." in ann.newest
    await ann.says("/order 1")
    await ann.taps("Returns: 1")  # opens the only one
    await ann.taps("Order 1", "Returns: 1")
    assert "✋ Declined" in ann.text
    async with shop.db.read() as session:
        assert set(await session.scalars(select(OrderItem.returned))) == {0}
    await shop.keeps_its_promises()


async def test_a_customer_keeps_it_after_all(shop: OpenShop) -> None:
    await sold(shop)
    await ask_for(shop, "Mug")
    await shop.ann.taps("Keep it after all", "Keep it after all")
    assert "✕ Withdrawn" in shop.ann.text
    await shop.tick()
    assert shop.olga.newest.startswith("✕ Ann keeps it after all.")
    await shop.olga.taps("Order 1", "Returns: 1", "1")
    assert "Take it back" not in " ".join(shop.olga.keyboard)
    await shop.keeps_its_promises()


async def test_the_time_for_a_return_is_over_and_the_seller_may_still_begin_one(shop: OpenShop) -> None:
    ann, olga = shop.ann, shop.olga
    tea, _ = await sold(shop)
    await ann.says("/order 1")
    screen = ann.screen
    await shop.passes(days=14)
    await ann.taps("Send something back", on=screen)
    assert "The time to send order 1 back is over." in ann.toast
    await ann.says("/order 1")
    assert "Send something back" not in " ".join(ann.keyboard)

    await olga.says("/orders 1")
    await olga.taps("Returns", "Begin a return", "Green tea", "2", "Begin it")
    assert olga.toast == "Begun. The customer is told."
    await shop.tick()
    assert ann.newest.startswith("↩️ Olga takes it back.")
    await olga.taps("The goods are back", "All of them", "Another amount")
    await olga.says("5")
    await olga.taps("Give €5.00 back")
    assert await refunded(shop) == 500
    assert await stock_of(shop, tea) == 5
    await shop.keeps_its_promises()


async def test_all_of_it_comes_back_with_its_shipping_and_the_order_has_arrived(shop: OpenShop) -> None:
    await sold(shop, arrived=False)
    await shop.ann.says("/order 1")
    assert "Send something back" not in " ".join(shop.ann.keyboard)
    await shop.olga.says("/ship 1 DHL 42")
    await shop.tick()
    await ask_for(shop, "Green tea", "2", "Mug")
    await shop.olga.taps("Take it back", "Without a word", "The goods are back", "None of them")
    async with shop.db.read() as session:
        order = (await session.scalars(select(Order))).one()
        assert (order.status, order.review_asked_at is not None) == (OrderStatus.COMPLETED, True)
    await shop.olga.taps("Everything that is left: €25.90", "Give €25.90 back")
    assert await refunded(shop) == 2590
    assert await status(shop) is ReturnStatus.REFUNDED
    await shop.tick()
    await shop.keeps_its_promises()


async def test_goods_came_back_broken_and_no_money_goes_back(shop: OpenShop) -> None:
    await sold(shop)
    await ask_for(shop, "Mug")
    await shop.olga.taps("Take it back", "Without a word", "The goods are back", "None of them", "End it without money")
    await shop.olga.says("It was broken after it arrived.")
    await shop.tick()
    assert shop.ann.newest.startswith("✕ Olga ended your return without money.")
    assert "It was broken after it arrived." in shop.ann.newest
    assert await refunded(shop) == 0
    await shop.keeps_its_promises()


async def test_cash_goes_back_by_hand_and_that_is_said(shop: OpenShop) -> None:
    ann, olga = shop.ann, shop.olga
    await sold(shop, how="Cash on delivery")
    await ask_for(shop, "Mug")
    await olga.taps("Take it back", "Without a word", "The goods are back", "All of them", "Give €12.00 back")
    assert "please give it back yourself" in olga.text
    await olga.taps("Give €12.00 back")
    assert "I gave €12.00 back" in " ".join(olga.keyboard)
    await shop.tick()
    assert "Still to be given back: €12.00" in " ".join(one.words for one in ann.chat.said)
    await olga.taps("I gave €12.00 back")
    await shop.tick()
    await ann.says("/order 1")
    await ann.taps("Returns: 1")
    assert "Given back: €12.00" in ann.text
    await shop.keeps_its_promises()


async def test_a_seller_who_does_not_answer_is_reminded_three_times(shop: OpenShop) -> None:
    olga = shop.olga
    await sold(shop)
    await ask_for(shop, "Mug")
    for _ in range(6):
        await shop.passes(days=3)
    reminders = [one.words for one in olga.chat.said if one.words.startswith("⏰ This return waits for you.")]
    assert len(reminders) == 3
    await olga.says("/returns to answer")
    await olga.taps("1 ·")
    await olga.taps("Take it back", "Without a word")
    for _ in range(3):
        await shop.passes(days=3)
    assert len([one for one in olga.chat.said if one.words.startswith("⏰")]) == 3


async def test_downloads_come_back_when_their_seller_begins_it(shop: OpenShop) -> None:
    ann, olga = shop.ann, shop.olga
    async with shop.db.begin() as session:
        shelf = await a_category(session, "Files")
        await a_product(session, "Guide", price=70, currency="XTR", stock=5, category=shelf, kind=ProductKind.DIGITAL)
    await olga.says("/start")
    await ann.says("/start")
    await ann.taps("Catalogue", "Files", "Guide", "Add to cart", "in the cart", "Check out", "Continue")
    await ann.pays()
    await shop.tick()
    await ann.says("/order 1")
    assert "Send something back" not in " ".join(ann.keyboard)
    await olga.says("/orders 1")
    await olga.taps("Returns", "Begin a return", "Guide", "Begin it", "Everything that is left: ⭐\N{NO-BREAK SPACE}70")
    assert "This way to pay gives back everything or nothing." in olga.text
    await olga.taps("Give ⭐")
    assert await refunded(shop) == 70
    await shop.tick()
    await shop.keeps_its_promises()
