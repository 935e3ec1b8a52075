"""What is said after the stars: words and a photo, published and said to be, and taken back by one key."""

import pytest
from sqlalchemy import select

from db.models import Review
from tests.stories.test_an_order import arrived
from tests.world.shop import PICTURES, OpenShop

pytestmark = pytest.mark.one_database
PHOTO, OTHER = [(PICTURES / name).read_bytes() for name in ("mug-ink.jpg", "assam.jpg")]


async def review(shop: OpenShop) -> Review:
    async with shop.db.read() as session:
        return (await session.scalars(select(Review))).one()


async def test_what_was_meant_for_the_search_is_taken_back_and_looked_for(shop: OpenShop) -> None:
    await arrived(shop)
    await shop.ann.taps("★ 4")
    await shop.ann.says("green")
    assert "Everybody can read this" in shop.ann.text
    assert "\ngreen\n" in shop.ann.text

    await shop.ann.taps("I was looking for")

    assert any("Green tea" in label for label in shop.ann.keyboard)
    assert (await review(shop)).comment is None
    await shop.ann.says("tea")
    assert (await review(shop)).comment is None


async def test_published_words_are_taken_back_by_one_key(shop: OpenShop) -> None:
    await arrived(shop)
    await shop.ann.taps("★ 4")
    await shop.ann.says("A tea for long evenings and for short ones")
    assert not any("looking for" in label for label in shop.ann.keyboard)  # nobody looks for such a thing

    await shop.ann.taps("Take it back")

    assert (await review(shop)).comment is None
    assert (await review(shop)).rating == 4


async def test_a_photo_never_erases_words_and_words_keep_the_photo(shop: OpenShop) -> None:
    tea = await arrived(shop)
    await shop.ann.taps("★ 4")
    await shop.ann.says("Good tea")
    await shop.ann.shows_photo(PHOTO)  # it was said that one may follow
    assert "\nGood tea\n" in shop.ann.text
    first = await review(shop)
    assert (first.comment, first.photo_bot_id) == ("Good tea", 4242)

    await shop.ann.taps("Change your words")
    await shop.ann.shows_photo(PHOTO)
    assert (await review(shop)).comment == "Good tea"
    await shop.ann.taps("Change your words")
    await shop.ann.says("Very good tea")
    second = await review(shop)
    assert second.comment == "Very good tea"
    assert second.photo_file_id is not None

    await shop.bob.says(f"/start p_{tea}")
    await shop.bob.taps("1 review", "Photo by Ann")
    assert shop.bob.screen.photo is not None
    assert "Very good tea" in shop.bob.text
    await shop.bob.taps("‹ Back")
    assert "Photo by Ann" in " ".join(shop.bob.keyboard)

    await shop.ann.taps("Take it back")
    assert (await review(shop)).photo_file_id is None


async def test_what_is_no_words_and_no_photo_erases_nothing(shop: OpenShop) -> None:
    await arrived(shop)
    await shop.ann.taps("★ 4")
    await shop.ann.says("Good tea")
    await shop.ann.taps("Change your words")
    shop.simulator.send_document(shop.ann.id, b"%PDF-1.4", "tea.pdf")
    await shop.settle()
    assert "Please write it" in shop.ann.newest
    assert (await review(shop)).comment == "Good tea"


async def test_of_an_album_one_photo_is_kept_and_it_is_said(shop: OpenShop) -> None:
    await arrived(shop)
    await shop.ann.taps("★ 5")
    for number in range(4):
        await shop.ann.shows_photo(PHOTO, "See here" if number == 0 else "", album="A1")
    kept = await review(shop)
    assert kept.comment == "See here"
    assert sum("A review has one photo" in message.words for message in shop.ann.chat.said) == 1

    await shop.ann.shows_photo(OTHER)
    assert (await review(shop)).photo_file_id != kept.photo_file_id


async def test_long_words_are_read_to_the_end(shop: OpenShop) -> None:
    tea = await arrived(shop)
    await shop.ann.taps("★ 5")
    await shop.ann.says("чай " * 240 + "конец")
    await shop.bob.says(f"/start p_{tea}")
    await shop.bob.taps("1 review")
    assert "конец" not in shop.bob.text
    await shop.bob.taps("All that Ann wrote")
    assert "конец" in shop.bob.text


async def test_a_hidden_review_has_no_photo_to_be_seen(shop: OpenShop) -> None:
    tea = await arrived(shop)
    await shop.ann.taps("★ 1")
    await shop.ann.shows_photo(PHOTO, "Look")
    await shop.bob.says(f"/start p_{tea}")
    await shop.bob.taps("1 review")
    stale = shop.bob.screen
    await shop.olga.says(f"/start p_{tea}")
    await shop.olga.taps("1 review", "Hide what Ann said")
    await shop.olga.says("It shows somebody else.")

    await shop.bob.taps("Photo by Ann", on=stale)
    assert "not here any more" in shop.bob.toast
