"""What is said after the stars: words and a photo, published and said to be, and taken back by one key."""

import pytest
from sqlalchemy import select, update

from db.models import Review
from shop.reviews import MOST_PHOTOS, photos_of
from tests.stories.test_an_order import arrived
from tests.world.shop import PICTURES, OpenShop

pytestmark = pytest.mark.one_database
PICTURES_OF_ANN = [path.read_bytes() for path in sorted(PICTURES.glob("*.jpg"))[:7]]
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


async def test_an_album_comes_in_whole_and_is_looked_through_by_readers_and_the_seller(shop: OpenShop) -> None:
    tea = await arrived(shop)
    await shop.ann.taps("★ 5")
    said = len(shop.ann.chat.said)
    for number in range(3):
        await shop.ann.shows_photo(PICTURES_OF_ANN[number], "See here" if number == 0 else "", album="A1")
    kept = photos_of(await review(shop))
    assert len(kept) == 3
    assert (await review(shop)).comment == "See here"
    assert "With your 3 photos" in shop.ann.text
    assert len(shop.ann.chat.said) == said + 1  # one answer to the album

    await shop.bob.says(f"/start p_{tea}")
    await shop.bob.taps("1 review", "3 photos by Ann")
    first = shop.bob.screen.photo
    assert "🖼 1/3" in shop.bob.keyboard
    await shop.bob.taps("›")
    assert "🖼 2/3" in shop.bob.keyboard
    assert shop.bob.screen.photo != first
    await shop.bob.taps("›", "›")
    assert shop.bob.screen.photo == first
    await shop.bob.taps("‹")
    assert "🖼 3/3" in shop.bob.keyboard
    await shop.bob.taps("‹ Back")
    assert "3 photos by Ann" in " ".join(shop.bob.keyboard)

    await shop.olga.says("/reviews")
    await shop.olga.taps("★★★★★ Ann")
    assert "🖼 1/3" in shop.olga.keyboard
    await shop.olga.taps("›")
    assert "🖼 2/3" in shop.olga.keyboard


async def test_five_photos_are_enough_and_they_are_removed_by_one_key(shop: OpenShop) -> None:
    await arrived(shop)
    await shop.ann.taps("★ 5")
    await shop.ann.says("Look at this")
    for picture in PICTURES_OF_ANN:
        await shop.ann.shows_photo(picture, album="A1")
    assert len(photos_of(await review(shop))) == MOST_PHOTOS
    assert "A review has at most 5 photos" in shop.ann.text
    await shop.ann.shows_photo(PICTURES_OF_ANN[-1], "Look at that")  # the words are new, the photo is one too many
    assert len(photos_of(await review(shop))) == MOST_PHOTOS
    assert (await review(shop)).comment == "Look at that"

    await shop.ann.taps("Remove the photos")
    assert photos_of(await review(shop)) == ()
    assert (await review(shop)).comment == "Look at that"
    await shop.ann.taps("Change your words")
    await shop.ann.shows_photo(OTHER)
    assert len(photos_of(await review(shop))) == 1


async def test_a_photo_of_another_bot_is_passed_by(shop: OpenShop) -> None:
    tea = await arrived(shop)
    await shop.ann.taps("★ 5")
    for picture in PICTURES_OF_ANN[:2]:
        await shop.ann.shows_photo(picture, album="A1")
    async with shop.db.begin() as session:
        await session.execute(update(Review).values(photo_bot_id=7))  # the token was another one then
    await shop.bob.says(f"/start p_{tea}")
    await shop.bob.taps("1 review", "Photo by Ann")
    assert shop.bob.screen.photo is not None
    assert not any("🖼" in label for label in shop.bob.keyboard)


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
