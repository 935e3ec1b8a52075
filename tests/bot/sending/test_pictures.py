"""Pictures: uploaded once, one message whatever is on show, and never the reason that a screen fails."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from bot.application import BotApp
from db.models import Product
from db.session import Database
from simulator.server import Simulator
from tests.bot.conftest import Meet
from tests.world.goods import a_product
from tests.world.guests import Guest
from tests.world.people import ANN, BOB

pytestmark = pytest.mark.one_database


def a_picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    return drawn.getvalue()


def _has_photo(guest: Guest) -> bool:
    return guest.screen.photo is not None


async def test_moving_between_picture_and_text_leaves_one_message(
    meet: Meet, database: Database, media: Path, simulator: Simulator
) -> None:
    (media / "sencha.png").write_bytes(a_picture())
    async with database.begin() as session:
        await a_product(session, "Sencha", image_url="sencha.png")
        await a_product(session, "Assam")
    ann = meet(ANN)
    await ann.says("/catalogue")

    await ann.taps("Tea", "Sencha")
    assert _has_photo(ann)
    assert len(ann.chat.said) == 1
    await ann.taps("Back")
    assert not _has_photo(ann)
    assert len(ann.chat.said) == 1
    await ann.taps("Assam", "Back", "Sencha", "Home")
    assert "Hello, Ann" in ann.text
    assert len(ann.chat.said) == 1


async def test_a_picture_is_uploaded_once_and_sent_by_file_id_ever_after(
    meet: Meet, database: Database, media: Path, simulator: Simulator, shop_bot: BotApp
) -> None:
    (media / "sencha.png").write_bytes(a_picture())
    async with database.begin() as session:
        product = await a_product(session, "Sencha", image_url="sencha.png")
    ann, bob = meet(ANN), meet(BOB)

    for guest in (ann, bob):
        await guest.says(f"/start p_{product.id}")

    async with database.read() as session:
        kept = (await session.scalars(select(Product))).one()
    photos = [call.parameters.get("photo") for call in simulator.calls("sendPhoto")]
    assert len(photos) == 2
    assert photos[1] == kept.photo_file_id
    assert kept.photo_bot_id == 4242


@pytest.mark.parametrize("source", ["missing.png", "../conftest.py", "nul\0.png", "http://127.0.0.1:9/no.png"])
async def test_a_picture_that_cannot_be_had_never_breaks_a_screen(
    meet: Meet, database: Database, simulator: Simulator, source: str
) -> None:
    async with database.begin() as session:
        product = await a_product(session, "Sencha", image_url=source)
    ann = meet(ANN)

    await ann.says(f"/start p_{product.id}")
    assert "Sencha" in ann.text
    tries = len(simulator.calls("sendPhoto"))
    await ann.says(f"/start p_{product.id}")

    assert len(simulator.calls("sendPhoto")) == tries


async def test_a_file_id_of_another_bot_is_not_used(meet: Meet, database: Database, simulator: Simulator) -> None:
    async with database.begin() as session:
        product = await a_product(session, "Sencha")
        product.photo_file_id, product.photo_bot_id = "some-file", 1
    ann = meet(ANN)

    await ann.says(f"/start p_{product.id}")

    assert "Sencha" in ann.text
    assert not simulator.calls("sendPhoto")
