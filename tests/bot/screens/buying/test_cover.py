"""The picture of the shop: above its first screen, and the reason that every screen changes in one message."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from db.session import Database
from shop.policy import Policy
from simulator.server import Simulator
from tests.bot.conftest import Meet
from tests.bot.sending.test_pictures import a_picture
from tests.world.goods import a_product
from tests.world.people import ANN

pytestmark = pytest.mark.one_database


@pytest.fixture
def policy(policy: Policy) -> Policy:
    return replace(policy, cover="cover.png")


async def test_with_a_cover_every_screen_is_one_call_in_one_message(
    meet: Meet, database: Database, media: Path, simulator: Simulator
) -> None:
    for name in ("cover.png", "sencha.png"):
        (media / name).write_bytes(a_picture())
    async with database.begin() as session:
        await a_product(session, "Sencha", image_url="sencha.png")
        await a_product(session, "Assam")
    ann = meet(ANN)
    await ann.says("/start")
    home = ann.screen
    assert home.photo is not None

    for label in ("Catalogue", "Tea", "Sencha", "Back", "Assam", "Add to cart", "in the cart", "Home"):
        before = len(simulator.calls("editMessageMedia"))
        await ann.taps(label)
        assert len(simulator.calls("editMessageMedia")) == before + 1, label
        assert ann.screen.photo is not None, label

    assert [message.message_id for message in ann.chat.said] == [home.message_id]
    assert not simulator.calls("deleteMessage")
    assert "Hello, Ann" in ann.text


async def test_a_cover_that_cannot_be_read_breaks_no_screen(meet: Meet) -> None:
    ann = meet(ANN)

    await ann.says("/start")

    assert "Hello, Ann" in ann.text
    assert ann.screen.photo is None
    await ann.taps("Catalogue", "Home")
    assert len(ann.chat.said) == 1


async def test_what_is_too_long_for_a_caption_is_text_again(meet: Meet, database: Database, media: Path) -> None:
    (media / "cover.png").write_bytes(a_picture())
    async with database.begin() as session:
        names = [f"{number} {'very long name ' * 8}"[:110] for number in range(12)]
        products = [await a_product(session, name) for name in names]
    ann = meet(ANN)
    for product in products:
        await ann.says(f"/start p_{product.id}")
        await ann.taps("Add to cart")
    await ann.says("/start")

    await ann.taps("Cart")

    assert ann.screen.photo is None
    assert names[11].strip() in ann.text
