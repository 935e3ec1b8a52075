"""What comes back is counted in the morning, and taken along as a table."""

import pytest

from tests.stories.test_exports import workbook
from tests.stories.test_returns import ask_for, shop, sold
from tests.world.shop import OpenShop

__all__ = ["shop"]
pytestmark = pytest.mark.one_database


async def test_a_return_is_a_line_of_the_morning_and_a_row_of_the_table(shop: OpenShop) -> None:
    olga = shop.olga
    await sold(shop)
    await olga.says("/today")
    assert "Returns" not in olga.text
    await ask_for(shop, "Mug")
    await olga.says("/today")
    assert "↩️ Returns: 1" in olga.text
    await olga.taps("↩️ Returns (1)")
    assert any("1 ·" in label for label in olga.keyboard)

    await olga.taps("1 ·", "Take it back", "Without a word", "The goods are back", "All of them", "Give €12.00 back")
    await olga.taps("Give €12.00 back")
    await shop.tick()
    await olga.says("/today")
    assert "Returns" not in olga.text  # nothing of it waits any more
    await olga.says("/export")
    await olga.taps("↩️ Returns", "All")
    (row,) = workbook(olga)
    assert (row["order"], row["product"], row["pieces"], row["restocked"]) == (1, "Mug", 1, 1)
    assert (row["status"], row["reason"], row["refunded"], row["currency"]) == ("refunded", "damaged", 12, "EUR")
    await shop.ivan.says("/export")
    await shop.ivan.taps("↩️ Returns", "All")
    assert shop.ivan.sees("There is nothing")
