"""A variant in one line: how it differs, what it costs and how many there are."""

import pytest
from sqlalchemy import select

from db.models import Product
from db.session import Database
from shop.products.variants import parse_variant
from shop.refusals import CannotRead
from tests.bot.conftest import Meet
from tests.world.goods import a_product
from tests.world.people import OLGA

pytestmark = pytest.mark.one_database


async def labels(database: Database) -> dict[str, int]:
    """Every variant with its price in cents."""
    async with database.read() as session:
        variants = await session.scalars(select(Product).where(Product.parent_id.is_not(None)).order_by(Product.id))
        return {str(one.option_label): one.price for one in variants}


async def test_the_first_variant_in_one_line_is_asked_only_what_the_product_was(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Scarf", price=2900)
    olga = meet(OLGA)
    await olga.says("/products")
    await olga.taps("Scarf", "+ Variant")
    assert "Colour: Red; 25; 5" in olga.text
    await olga.says("Red; 25; 5")
    assert "Write it like this: Colour: Red; 25; 5" in olga.text
    await olga.says("Colour: Red; a lot; 5")
    assert "“a lot”" in olga.text
    await olga.says("Colour: Red; 25; 5")
    assert "becomes the first variant" in olga.text
    await olga.says("Blue")
    assert "Red is on sale" in olga.text
    assert [label for label in olga.keyboard if "€" in label] == ["Blue · €29.00 · 5", "Red · €25.00 · 5"]
    async with database.read() as session:
        assert await session.scalar(select(Product.option_names).where(Product.parent_id.is_(None))) == "Colour"


async def test_another_one_in_one_line_needs_no_more(meet: Meet, database: Database) -> None:
    async with database.begin() as session:
        await a_product(session, "Scarf", price=2900)
    olga = meet(OLGA)
    await olga.says("/products")
    await olga.taps("Scarf", "+ Variant")
    for line in ("Colour: Red; 25; 5", "Blue"):
        await olga.says(line)
    await olga.taps("+ Variant")
    await olga.says("red; 30; 1")
    assert "this variant already" in olga.text
    await olga.says("Green")  # its price and stock were kept
    assert "Green is on sale" in olga.text
    await olga.taps("+ Variant")
    await olga.says("colour: Black; 31,50; 2")
    assert await labels(database) == {"Blue": 2900, "Red": 2500, "Green": 3000, "Black": 3150}


@pytest.mark.parametrize("line", ["Red; 25", "Red; 25; 5; 6", "; 25; 5", "Red; ; 5", "Red; 25; -1", ";;;"])
def test_a_line_that_lacks_something_is_refused(line: str) -> None:
    with pytest.raises(CannotRead):
        parse_variant(line, "EUR", "Colour")


def test_several_options_and_a_colon_in_a_label() -> None:
    both = parse_variant("Colour / Size: Red/Large; 25; 5", "EUR", None)
    assert (both.option_names, both.label) == ("Colour / Size", "Red / Large")
    assert parse_variant("Set 1: small; 25; 5", "EUR", "Colour").label == "Set 1: small"
