"""A product with several photos: sent, ordered and deleted by its seller, looked through by who buys."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, update

from db.changes import changes_of
from db.models import AdminEvent, Product
from shop.products.photos import photos_of
from tests.world.goods import a_product_with_variants
from tests.world.guests import Guest
from tests.world.shop import OpenShop

COLOURS = ("teal", "gold", "navy", "plum", "coral", "olive", "pink", "gray", "brown", "black", "white", "red")


def drawn(colour: str) -> bytes:
    picture = BytesIO()
    Image.new("RGB", (40, 30), colour).save(picture, "PNG")
    return picture.getvalue()


async def marks(shop: OpenShop, name: str = "Teapot") -> list[str]:
    """The photos of the product, by their marks."""
    async with shop.db.read() as session:
        product = (await session.scalars(select(Product).where(Product.name == name).order_by(Product.id))).first()
        assert product is not None
        return [picture.mark for picture in await photos_of(session, product)]


async def sends(guest: Guest, *colours: str, caption: str = "", album: str = "") -> None:
    for number, colour in enumerate(colours):
        await guest.shows_photo(drawn(colour), "" if number else caption, album=album)


def counter(guest: Guest) -> str:
    """The key that says which photo it is."""
    return next(label for label in guest.keyboard if label.startswith("🖼 ") and "/" in label)


@pytest.mark.one_database
async def test_an_album_with_a_caption_is_a_product_with_all_its_photos(shop: OpenShop) -> None:
    await sends(shop.olga, "teal", "gold", "navy", caption="Teapot; 12.50; 3; Pots", album="A1")

    assert len(await marks(shop)) == 3
    assert "photo 3 of 3" in shop.olga.text
    assert len([said for said in shop.olga.chat.said if "Teapot" in said.words]) == 1

    await shop.ann.says("/start p_1")
    assert counter(shop.ann) == "🖼 1/3"
    first = shop.ann.screen.photo
    below = len(shop.ann.chat.said)
    await shop.ann.taps("›")
    assert counter(shop.ann) == "🖼 2/3"
    assert shop.ann.screen.photo != first
    await shop.ann.taps("Add to cart")
    assert counter(shop.ann) == "🖼 2/3"
    await shop.ann.taps("›", "›")
    assert counter(shop.ann) == "🖼 1/3"
    await shop.ann.taps("‹")
    assert counter(shop.ann) == "🖼 3/3"
    assert len(shop.ann.chat.said) == below


@pytest.mark.one_database
async def test_the_form_takes_an_album_too(shop: OpenShop) -> None:
    await shop.olga.says("/addproduct")
    await sends(shop.olga, "teal", "gold", "navy", album="A1")
    assert "What is it called?" in shop.olga.text
    for answer in ("Teapot", "Pots", "12.50", "3"):
        await shop.olga.says(answer)
    await shop.olga.taps("Skip", "Something to send", "Skip")
    assert "3 photos" in shop.olga.text
    await sends(shop.olga, "plum", "coral", album="A2")
    assert "5 photos" in shop.olga.text
    await shop.olga.taps("Put on sale")

    assert len(await marks(shop)) == 5


@pytest.mark.one_database
async def test_photos_are_added_ordered_and_deleted(shop: OpenShop) -> None:
    await sends(shop.olga, "teal", caption="Teapot; 12.50; 3; Pots")
    await shop.olga.taps("Photos")
    assert "photo 1 of 1" in shop.olga.text
    await shop.olga.says("a word")
    assert "photo 1 of 1" in shop.olga.text
    await sends(shop.olga, "gold", "navy", "plum", album="A1")
    teal, gold, navy, plum = await marks(shop)
    assert "photo 4 of 4" in shop.olga.text

    await shop.olga.taps("Show it first")
    assert await marks(shop) == [plum, teal, gold, navy]
    await shop.olga.taps("Later →")
    late = shop.olga.callback_data("Later →")
    await shop.olga.forges(late)
    await shop.olga.forges(late)  # a double tap means one and the same place
    assert await marks(shop) == [teal, gold, plum, navy]
    await shop.olga.taps("← Earlier")
    assert await marks(shop) == [teal, plum, gold, navy]

    await shop.olga.taps("Delete")
    assert "Delete this photo?" in shop.olga.text
    gone = shop.olga.callback_data("Delete it")
    await shop.olga.taps("Delete it")
    await shop.olga.forges(gone)
    assert await marks(shop) == [teal, gold, navy]
    assert "not there any more" in shop.olga.text

    await sends(shop.olga, *COLOURS[4:], album="A2")
    assert len(await marks(shop)) == 10
    assert "at most 10 photos" in shop.olga.text
    async with shop.db.read() as session:
        said = list(await session.scalars(select(AdminEvent.action).where(AdminEvent.subject == "product:1")))
    assert said.count("product.photos_changed") == 15


@pytest.mark.one_database
async def test_the_photos_of_others_are_left_alone(shop: OpenShop) -> None:
    await sends(shop.olga, "teal", "gold", caption="Teapot; 12.50; 3; Pots", album="A1")
    before = await marks(shop)
    await shop.olga.taps("← Earlier")
    after = await marks(shop)
    assert after == before[::-1]
    forged = [shop.olga.callback_data(label) for label in ("Later →", "Delete", "›")]

    await shop.ann.says("/start")
    for data in forged:
        await shop.ann.forges(data)
        assert "out of date" in shop.ann.toast
    assert await marks(shop) == after


@pytest.mark.one_database
async def test_a_variants_own_photo_comes_first_and_a_broken_one_is_passed_by(shop: OpenShop) -> None:
    async with shop.db.begin() as session:
        parent, (red, _) = await a_product_with_variants(session, options=("Red", "Blue"), option_names="Colour")
    await shop.olga.says(f"/edit {parent.sku}")
    await shop.olga.taps("Photos")
    await sends(shop.olga, "teal", "gold", "navy", album="A1")
    await shop.olga.says(f"/edit {red.sku}")
    await shop.olga.taps("Photos")
    await sends(shop.olga, "red")

    await shop.ann.says(f"/start p_{parent.id}")
    assert counter(shop.ann) == "🖼 1/3"
    await shop.ann.says(f"/start p_{red.id}")
    assert counter(shop.ann) == "🖼 1/4"

    async with shop.db.begin() as session:
        lost = update(Product).where(Product.id.in_((parent.id, red.id)))
        await session.execute(lost.values(photo_file_id=None, image_url="lost.jpg", updated_at=shop.clock.now()))
        changes_of(session).everything = True
    await shop.ann.says(f"/start p_{red.id}")
    assert counter(shop.ann) == "🖼 2/3"  # the variant's own and the first are the same file, and it is gone
    tries = len(shop.simulator.calls("sendPhoto"))
    await shop.ann.taps("‹")
    assert counter(shop.ann) == "🖼 3/3"
    await shop.ann.taps("‹", "‹")
    assert counter(shop.ann) == "🖼 3/3"
    assert len(shop.simulator.calls("sendPhoto")) == tries
