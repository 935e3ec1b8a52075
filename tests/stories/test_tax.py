"""Tax within prices, and on top of them: on every sum from the summary to the refund."""

from sqlalchemy import select

from app.config.shop import Shipping, Tax
from bot.screens.selling.products.tax_buttons import SetTaxClass
from db.models import Order, OrderItem, Product, ProductKind
from simulator.telegram.wire import JsonObject
from tests.world.clock import ManualClock
from tests.world.goods import a_product
from tests.world.guests import Guest
from tests.world.shop import OpenShop, open_shop

RATES = ("DE standard 19", "DE reduced 7", "AT standard 20", "AT reduced 10")
INCLUDED = Tax(country="DE", rates=RATES, vat_id="DE123456789")
ADDED = Tax(country="DE", rates=RATES, included=False)
POST = Shipping(id="post", title="Post", price="4.90", countries=("DE", "AT", "CH"))
VIENNA: JsonObject = {
    "country_code": "AT",
    "state": "",
    "city": "Wien",
    "street_line1": "Teegasse 1",
    "street_line2": "",
    "post_code": "1010",
}


async def _goods(shop: OpenShop) -> None:
    """Product 1 is tea of the reduced class, 2 a mug of the standard one, 3 a book to download."""
    async with shop.db.begin() as session:
        tea = await a_product(session, "Tea", price=450, stock=50)
        tea.tax_class = "reduced"
        await a_product(session, "Mug", price=1299, stock=50)
        await a_product(session, "Book", price=250, currency="XTR", kind=ProductKind.DIGITAL, content="KEY-77")
    await shop.olga.says("/start")


async def _fill(guest: Guest, *products: int) -> None:
    for number in products:
        await guest.says(f"/start p_{number}")
        await guest.taps("Add to cart")
    await guest.says("/cart")
    await guest.taps("Check out")


async def _order(shop: OpenShop, number: int) -> tuple[Order, list[OrderItem]]:
    async with shop.db.read() as session:
        order = (await session.scalars(select(Order).where(Order.id == number))).one()
        items = await session.scalars(select(OrderItem).where(OrderItem.order_id == number).order_by(OrderItem.id))
        return order, list(items)


async def test_prices_that_contain_their_tax_stay_the_same_wherever_they_go(
    database_url: str, clock: ManualClock
) -> None:
    async with open_shop(database_url, clock, tax=INCLUDED, shipping=(POST,)) as shop:
        await _goods(shop)
        await _fill(shop.ann, 1, 2)
        assert "Goods: €17.49" in shop.ann.text
        assert "Prices contain the tax." in shop.ann.text
        await shop.ann.taps("here in the chat")
        order, _ = await _order(shop, 1)
        assert (order.total_price, order.tax, order.tax_within, order.tax_country) == (1749, 0, 29 + 207, "DE")
        assert (await shop.ann.pays(option="post", address=VIENNA)).state == "paid"
        order, items = await _order(shop, 1)
        assert [(item.tax_rate, item.tax_within) for item in items] == [(10_000, 41), (20_000, 217)]  # Austria's
        assert (order.total_price, order.tax_within, order.shipping_tax) == (2239, 41 + 217 + 82, 82)
        await shop.ann.says("/orders")
        await shop.ann.taps("Tea")
        assert "Total: €22.39" in shop.ann.text
        assert "Tax 20% in it: €2.99" in shop.ann.text
        assert "Tax 10% in it: €0.41" in shop.ann.text

        await shop.ann.says("/start p_3")
        await shop.ann.taps("Buy now")
        assert "Tax 19% in it: ⭐ 40" in shop.ann.text.replace("\N{NO-BREAK SPACE}", " ")
        await shop.keeps_its_promises()


async def test_tax_on_top_is_known_before_anybody_pays_and_goes_back_with_the_goods(
    database_url: str, clock: ManualClock
) -> None:
    async with open_shop(database_url, clock, tax=ADDED, shipping=(POST,)) as shop:
        await _goods(shop)
        await _fill(shop.ann, 1, 2)
        assert "Goods: €17.49" in shop.ann.text
        assert "Tax is added, by the country that it goes to." in shop.ann.text
        await shop.ann.taps("Cash on delivery")
        await shop.ann.taps("Austria")
        for line in ("Ann Example", "Teegasse 1", "1010 Wien"):
            await shop.ann.says(line)
        assert "Tax 20%: €3.58" in shop.ann.text  # of the mug 2.60, of the post 0.98
        assert "Tax 10%: €0.45" in shop.ann.text
        assert "Total: €26.42" in shop.ann.text
        await shop.ann.taps("Order now")
        order, _ = await _order(shop, 1)
        assert (order.total_price, order.tax, order.tax_within) == (1749 + 490 + 403, 403, 0)

        await shop.ann.says("/start p_1")
        await shop.ann.taps("Buy now", "+")
        assert "Tax 10%: €0.90" in shop.ann.text  # they live in Austria, as is known by now
        assert "You pay €15.78" in shop.ann.text
        await shop.ann.taps("here in the chat")
        order, _ = await _order(shop, 2)
        assert order.total_price == 1578
        assert (await shop.ann.pays()).state == "paid"
        await shop.keeps_its_promises()

        await shop.olga.says("/refund 2")
        assert "€15.78" in shop.olga.text
        await shop.olga.taps("‹ Back", "Give a line back", "2 × Tea", "1 × · €4.95")  # with its tax


async def test_every_provider_is_asked_for_lines_that_add_up_with_tax_on_top(
    database_url: str, clock: ManualClock
) -> None:
    async with open_shop(database_url, clock, tax=ADDED, shipping=(POST,)) as shop:
        await _goods(shop)
        await shop.olga.says("/promo new TENTH 10%")
        await _fill(shop.ann, 1, 2)
        await shop.ann.taps("Promo code")
        await shop.ann.says("TENTH")
        await shop.ann.taps("Check out", "on a secure page", "Germany")
        for line in ("Ann Example", "Teegasse 1", "10115 Berlin"):
            await shop.ann.says(line)
        await shop.ann.taps("Order now")
        order, items = await _order(shop, 1)
        assert order.discount == sum(item.discount for item in items) == 174
        assert order.total_price == 1749 - 174 + 490 + order.tax
        assert [item.tax for item in items] == [28, 222]  # 7 % of 4.05, 19 % of 11.70
        assert "Open the payment page" in str(shop.ann.keyboard)
        await shop.ann.taps("Other ways", "here in the chat")
        assert (await shop.ann.pays()).state == "paid"
        await shop.keeps_its_promises()


async def test_a_shop_without_rates_says_nothing_about_tax(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, shipping=(POST,)) as shop:
        await _goods(shop)
        await _fill(shop.ann, 1)
        assert "ax" not in shop.ann.text.replace("max", "")
        await shop.ann.taps("here in the chat")
        assert (await shop.ann.pays(option="post", address=VIENNA)).state == "paid"
        order, _ = await _order(shop, 1)
        assert (order.tax, order.tax_within, order.tax_country) == (0, 0, None)


async def test_operators_set_the_rates_in_the_chat(database_url: str, clock: ManualClock) -> None:
    async with open_shop(database_url, clock, shipping=(POST,)) as shop:
        await _goods(shop)
        oscar = shop.oscar
        await oscar.says("/settings")
        await oscar.taps("Tax and receipts", "Rates of tax", "Change")
        await oscar.says("DE standard")
        assert "is no rate" in oscar.text
        await oscar.says("de 19 %\nde reduced 7")
        assert "DE standard 19 %" in oscar.text
        await oscar.taps("‹ Back", "Country of the shop", "Change")
        await oscar.says("Germany")
        assert "2 fit" in oscar.text
        await oscar.says("de")
        await _fill(shop.ann, 1)
        assert "Prices contain the tax." in shop.ann.text


async def test_a_seller_says_which_class_a_product_has_by_key_and_by_list(
    database_url: str, clock: ManualClock
) -> None:
    async with open_shop(database_url, clock, tax=INCLUDED, shipping=(POST,)) as shop:
        await _goods(shop)
        await shop.olga.says("/edit SKU")
        async with shop.db.read() as session:
            sku = await session.scalar(select(Product.sku).where(Product.name == "Mug"))
        await shop.olga.says(f"/edit {sku}")
        await shop.olga.taps("🧮 Tax class")
        assert "● Standard · 19%" in shop.olga.keyboard
        await shop.olga.taps("Reduced · 7%")
        assert await _class(shop, "Mug") == "reduced"
        await shop.olga.forges(SetTaxClass(2, "made-up").pack())
        assert await _class(shop, "Mug") == "reduced"
        await shop.olga.shows_file(f"sku,tax_class\n{sku},zero\n".encode(), name="classes.csv")
        await shop.olga.taps("Take it in")
        assert await _class(shop, "Mug") == "zero"
        await _fill(shop.ann, 2)
        assert "ontain" not in shop.ann.text  # nothing of it is taxed
        await shop.olga.says("/log products")
        assert "tax class" in shop.olga.text


async def _class(shop: OpenShop, name: str) -> str | None:
    async with shop.db.read() as session:
        return await session.scalar(select(Product.tax_class).where(Product.name == name))
