"""Oscar runs the shop from his phone: what he sets in the chat holds at once, and the file where he says nothing."""

from datetime import timedelta

from sqlalchemy import delete, update

from app.config import Config
from app.settings import Settings
from db.models.setting import Setting
from shop.payments.methods import instructions
from shop.settings.states import Origin
from tests.world.asked import HOME
from tests.world.goods import a_category, a_product
from tests.world.shop import PICTURES, OpenShop


async def _sell_tea(shop: OpenShop) -> int:
    async with shop.db.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA", stock=50, category=await a_category(session, "Tea"))
    return tea.id


async def test_the_operator_renames_the_shop_and_goes_back_to_the_file(shop: OpenShop) -> None:
    await shop.oscar.says("/settings")
    await shop.oscar.taps("The shop", "Name of the shop")
    assert "Test shop" in shop.oscar.text
    assert "From the configuration of the shop." in shop.oscar.text

    await shop.oscar.taps("Change")
    await shop.oscar.says("x" * 65)
    assert "That is 65 characters long, and 64 fit." in shop.oscar.text
    await shop.oscar.says("Tea & <Cake>")

    assert "This holds from now on." in shop.oscar.text
    assert "The configuration says: Test shop" in shop.oscar.text
    await shop.ann.says("/start")
    assert "Welcome to Tea & <Cake>" in shop.ann.text
    await shop.reopen()
    await shop.ann.says("/start")
    assert "Welcome to Tea & <Cake>" in shop.ann.text

    await shop.oscar.taps("Back to the configuration")
    assert "From the configuration of the shop." in shop.oscar.text
    await shop.ann.says("/start")
    assert "Welcome to Test shop" in shop.ann.text
    await shop.oscar.says("/log settings")
    assert "Oscar changed a setting: Name of the shop\nvalue: Test shop → Tea & <Cake>" in shop.oscar.text
    assert "Oscar left a setting to the configuration: Name of the shop" in shop.oscar.text
    await shop.olga.says("/log")
    assert "setting" not in shop.olga.text


async def test_a_greeting_terms_and_numbers_hold_where_customers_read_them(shop: OpenShop) -> None:
    tea = await _sell_tea(shop)
    for name, said in (("Greeting", "Fresh since Monday."), ("Terms of sale", "Two weeks to send back.")):
        await shop.oscar.says("/settings")
        await shop.oscar.taps("The shop", name, "Change")
        await shop.oscar.says(said)
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Limits", "Pieces of one product", "Change")
    for wrong, why in (("many", "Write a whole number"), ("0", "It must be 1 at least."), ("20000", "10,000 at most.")):
        await shop.oscar.says(wrong)
        assert why in shop.oscar.text
    await shop.oscar.says("2")

    await shop.ann.says("/start")
    assert "Fresh since Monday." in shop.ann.text
    await shop.ann.says("/terms")
    assert "Two weeks to send back." in shop.ann.text
    await shop.ann.says(f"/start p_{tea}")
    await shop.ann.taps("Add to cart", "in the cart", "+")
    await shop.ann.taps("+")
    assert "2" in shop.ann.toast + shop.ann.text
    assert shop.front.policy.max_quantity == 2

    await shop.oscar.says("/settings")
    await shop.oscar.taps("The shop", "Greeting", "Say nothing")
    await shop.ann.says("/start")
    assert "Fresh since Monday." not in shop.ann.text
    await shop.oscar.taps("‹ Back", "Ask for a review after", "Change")
    await shop.oscar.says("soon")
    assert "Write how long" in shop.oscar.text
    await shop.oscar.says("5 days")
    assert "5 days" in shop.oscar.text
    assert shop.front.policy.review_after.days == 5


async def test_a_way_to_pay_that_is_off_is_not_offered_and_what_was_begun_is_booked(shop: OpenShop) -> None:
    tea = await _sell_tea(shop)
    await shop.ann.says(f"/start p_{tea}")
    await shop.ann.taps("Add to cart", "in the cart", "Check out", "here in the chat")
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Payment", "Ways to pay", "Card, here in the chat")
    assert "▫️" in " ".join(shop.oscar.keyboard)
    assert "Bank transfer" not in " ".join(shop.oscar.keyboard)  # not in the file: cannot be on

    await shop.bob.says(f"/start p_{tea}")
    await shop.bob.taps("Add to cart", "in the cart", "Check out")
    offered = " ".join(shop.bob.keyboard)
    assert "secure page" in offered
    assert "here in the chat" not in offered
    assert "Cash" in offered
    assert (await shop.ann.pays(option="post", address=HOME)).state == "paid"

    await shop.oscar.taps("Card, on a secure page", "Stars", "Cash on delivery")
    assert "One way to pay must stay on" in shop.oscar.text
    await shop.oscar.taps("‹ Back", "Text for cash", "Change")
    await shop.oscar.says("Coins are welcome.")
    assert instructions(shop.front.providers, "cash") == "Coins are welcome."


async def test_who_does_not_operate_finds_no_settings(shop: OpenShop) -> None:
    await shop.oscar.says("/settings")
    forged = shop.oscar.callback_data("The shop")
    for person in (shop.olga, shop.ann):
        await person.says("/settings")
        assert "Settings of" not in person.text
        await person.forges(forged)
        assert "Greeting" not in person.text


async def test_every_replica_follows_and_a_broken_row_stops_nobody(shop: OpenShop) -> None:
    other = Settings(shop.config, shop.db)
    await other.load()
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Limits", "Products on a page", "Change")
    await shop.oscar.says("3")

    assert (shop.front.policy.page_size, other.policy.page_size) == (3, 6)
    assert await other.follow()
    assert other.policy.page_size == 3
    assert not await other.follow()

    async with shop.db.begin() as session:
        await session.execute(update(Setting).where(Setting.key == "shop.page_size").values(value="{3"))
    await shop.reopen()

    assert shop.front.policy.page_size == Config().shop.page_size
    assert [entry["key"] for entry in shop.log if entry["event"] == "setting_refused"] == ["shop.page_size"]
    await shop.oscar.says("/settings")
    assert "These do not hold, because they are wrong: Products on a page." in shop.oscar.text
    await shop.oscar.taps("Limits", "Products on a page", "Change")
    await shop.oscar.says("4")
    assert shop.front.policy.page_size == 4
    assert shop.front.settings.state("shop.page_size").origin is Origin.CHAT
    async with shop.db.begin() as session:
        await session.execute(delete(Setting))


async def test_the_shop_goes_on_holiday_and_comes_back_by_itself(shop: OpenShop) -> None:
    tea = await _sell_tea(shop)
    await shop.ann.says(f"/start p_{tea}")
    await shop.ann.taps("Add to cart", "in the cart", "Check out")
    confirm = shop.ann.callback_data("Cash on delivery")
    back = (shop.clock.now() + timedelta(days=3)).date()
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Opening", "Holiday notice", "Change")
    await shop.oscar.says("We are at the sea.")
    await shop.oscar.taps("‹ Back", "Back on", "Change")
    await shop.oscar.says("soon")
    assert "Write a day" in shop.oscar.text
    await shop.oscar.says(f"{back.day}.{back.month}.{back.year}")
    await shop.oscar.taps("‹ Back", "Orders", "Not taken")

    await shop.ann.forges(confirm)
    assert "takes no orders at the moment" in shop.ann.toast
    assert "The shop takes no orders until" in shop.ann.text
    assert "We are at the sea." in shop.ann.text
    assert "Cash on delivery" not in " ".join(shop.ann.keyboard)
    await shop.ann.says("/start")
    assert "We are at the sea." in shop.ann.text
    await shop.ann.taps("Catalogue", "Tea")
    assert "Sencha" in " ".join(shop.ann.keyboard)

    await shop.oscar.taps("Taken, with the notice")
    await shop.ann.says("/start")
    assert "Orders are handled from" in shop.ann.text
    await shop.oscar.taps("Not taken")
    await shop.passes(days=3)
    await shop.ann.says("/start")
    assert "at the sea" not in shop.ann.text
    await shop.ann.taps("Cart", "Check out", "Cash on delivery")
    assert "Order 1: to which country shall we send it?" in shop.ann.text


async def test_outside_opening_hours_people_order_and_read_when_it_is_handled(shop: OpenShop) -> None:
    tea = await _sell_tea(shop)
    tomorrow = shop.clock.now() + timedelta(days=1)
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Opening", "Opening hours", "Change")
    await shop.oscar.says("whenever")
    assert "Write a line each" in shop.oscar.text
    await shop.oscar.says(f"{tomorrow:%a} 9-18")
    assert f"{tomorrow:%a} 09:00–18:00" in shop.oscar.text

    await shop.ann.says("/start")
    assert f"orders are handled from {tomorrow:%a} 09:00." in shop.ann.text
    await shop.ann.says(f"/start p_{tea}")
    await shop.ann.taps("Add to cart", "in the cart", "Check out")
    assert f"orders are handled from {tomorrow:%a} 09:00." in shop.ann.text
    assert "Cash on delivery" in " ".join(shop.ann.keyboard)

    await shop.oscar.taps("Say nothing")
    await shop.ann.says("/start")
    assert "handled from" not in shop.ann.text


async def test_the_operator_sets_how_goods_are_sent_and_from_when_it_is_free(shop: OpenShop) -> None:
    tea = await _sell_tea(shop)
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Shipping", "Ways to ship", "Post", "Change")
    assert "Post; 4.90; DE, AT" in shop.oscar.text
    await shop.oscar.says("Post; 4.90; Atlantis")
    assert "I know no country “Atlantis”." in shop.oscar.text
    await shop.oscar.says("Post; 3.90; DE, AT; 2–4; 13.50")
    await shop.oscar.taps("Courier", "Offer it no more")
    await shop.oscar.taps("Post", "Offer it no more")
    assert "One way must stay" in shop.oscar.text

    await shop.ann.says(f"/start p_{tea}")
    assert "Shipping: €3.90, free from €13.50 (2–4 days)" in shop.ann.text
    await shop.ann.taps("Add to cart", "in the cart", "Check out")
    assert "Post — €3.90 (free from €13.50)" in shop.ann.text
    await shop.ann.taps("here in the chat")
    paid = await shop.ann.pays(option="post", address=HOME)
    assert (paid.state, paid.total) == ("paid", 450 + 390)

    await shop.bob.says(f"/start p_{tea}")
    await shop.bob.taps("Add to cart", "in the cart", "+", "+", "Check out")
    assert "Post — €0.00" in shop.bob.text
    await shop.bob.taps("here in the chat")
    paid = await shop.bob.pays(option="post", address=HOME)
    assert (paid.state, paid.total) == ("paid", 3 * 450)

    await shop.oscar.taps("Add a way")
    await shop.oscar.says("Bike; 2; DE")
    assert "Bike; 2.00; DE" in shop.oscar.text
    await shop.oscar.taps("Back to the configuration")
    assert "Courier; 9.90; DE" in shop.oscar.text
    await shop.keeps_its_promises()


async def test_the_operator_sends_the_picture_of_the_shop(shop: OpenShop) -> None:
    await shop.oscar.says("/settings")
    await shop.oscar.taps("The shop", "Picture of the shop", "Change")
    await shop.oscar.says("a nice one, please")
    assert "neither a photo nor an address" in shop.oscar.text
    await shop.oscar.shows_photo((PICTURES / "cover.jpg").read_bytes())

    assert "A photo that was sent here" in shop.oscar.text
    await shop.ann.says("/start")
    assert shop.ann.screen.photo is not None
    await shop.oscar.taps("Say nothing")
    await shop.bob.says("/start")
    assert shop.bob.screen.photo is None
