"""What the owner writes is read in the language of the reader, and where there is no such text, as it stands."""

from tests.world.asked import HOME
from tests.world.goods import a_product
from tests.world.shop import OpenShop


async def test_a_greeting_and_a_way_to_ship_are_read_in_the_readers_language(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        tea = await a_product(session, "Sencha", sku="TEA", stock=50)
    await shop.oscar.says("/settings")
    await shop.oscar.taps("The shop", "Greeting", "Change")
    await shop.oscar.says("Fresh tea.\nde: Frischer Tee.\nJeden Tag.")
    await shop.oscar.says("/settings")
    await shop.oscar.taps("Shipping", "Ways to ship", "Post", "Change")
    await shop.oscar.says("Post | de: Paket; 4.90; DE, AT")
    await shop.oscar.taps("Post", "Change")
    assert "Post | de: Paket; 4.90; DE, AT" in shop.oscar.text

    await shop.ann.says("/start")
    assert "Fresh tea." in shop.ann.text
    assert "Frischer" not in shop.ann.text
    await shop.ann.says("/language")
    await shop.ann.taps("Deutsch")
    assert "Frischer Tee.\nJeden Tag." in shop.ann.text
    assert "Fresh tea." not in shop.ann.text

    await shop.ann.says(f"/start p_{tea.id}")
    await shop.ann.taps("In den Warenkorb", "im Warenkorb", "Zur Kasse")
    assert "Paket — " in shop.ann.text
    assert "Courier — " in shop.ann.text
    await shop.ann.taps("hier im Chat")
    assert (await shop.ann.pays(option="post", address=HOME)).state == "paid"
    assert "Versand, Paket" in shop.ann.text
    await shop.tick()
    await shop.olga.says("/order 1")
    assert "Shipping, Post" in shop.olga.text
