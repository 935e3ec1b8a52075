"""What a shop says about itself: long terms are read to their end, everybody in their language."""

from pathlib import Path

from app.config.shop import Texts
from tests.world.clock import ManualClock
from tests.world.shop import OpenShop, open_shop

LONG = "\n".join(f"§ {number} Every order is a promise & <b>no</b> letter of it is lost." for number in range(1, 340))


async def _read_on(shop: OpenShop) -> str:
    """Every page, one after the other."""
    pages = [shop.ann.text]
    while any("Next" in label for label in shop.ann.keyboard):
        await shop.ann.taps("Next")
        pages.append(shop.ann.text)
    return "\n".join(pages)


async def test_terms_of_twenty_thousand_letters_are_read_to_their_end(database_url: str, clock: ManualClock) -> None:
    german = Texts(language="de", terms="Es gelten unsere AGB.", support="Schreiben Sie uns.")
    async with open_shop(database_url, clock, terms=LONG, support="Write to us.", texts=(german,)) as shop:
        await shop.ann.says("/terms")
        read = await _read_on(shop)
        for number in (1, 170, 339):
            assert f"§ {number} Every order is a promise & <b>no</b> letter of it is lost." in read
        assert len(LONG) > 20_000
        await shop.ann.taps("Previous", "Home")

        await shop.ann.says("/language")
        await shop.ann.taps("Deutsch")
        await shop.ann.says("/terms")
        assert "Es gelten unsere AGB." in shop.ann.text
        assert "Every order" not in shop.ann.text
        for command in ("/support", "/paysupport", "/help"):
            await shop.ann.says(command)
            assert "Schreiben Sie uns." in shop.ann.text, command

        await shop.ann.says("/language")
        await shop.ann.taps("Русский")  # which has no texts of its own
        await shop.ann.says("/support")
        assert "Write to us." in shop.ann.text


async def test_the_owner_words_a_sentence_anew_without_code(
    database_url: str, clock: ManualClock, tmp_path: Path
) -> None:
    file = tmp_path / "words.toml"
    file.write_text('[en]\n"🛒 Your cart is empty." = "🧺 Nothing in your basket yet."\n', encoding="utf-8")
    async with open_shop(database_url, clock, words=str(file)) as shop:
        await shop.ann.says("/cart")
        assert "🧺 Nothing in your basket yet." in shop.ann.text

        await shop.ann.says("/language")
        await shop.ann.taps("Deutsch")
        await shop.ann.says("/cart")
        assert "basket" not in shop.ann.text

    async with open_shop(database_url, clock) as shop:
        await shop.bob.says("/cart")
        assert "🛒 Your cart is empty." in shop.bob.text
