"""Olga writes what her scarf is made of, in one message; Ann reads it on its page."""

import pytest

from shop.importing.exporting import export
from shop.products.attributes import read_attributes, written
from shop.refusals import CannotRead
from tests.world.goods import a_category, a_product
from tests.world.people import OLGA, user
from tests.world.shop import OpenShop


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Material", "attributes_form"),
        ("Material:\nSize: 3", "attributes_form"),
        ("  \n", "attributes_form"),
        ("\n".join(f"A{n}: 1" for n in range(21)), "attributes_many"),
        (f"A: {'x' * 161}", "attributes_many"),
    ],
)
def test_what_is_no_table_is_refused(text: str, hint: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read_attributes(text)
    assert refused.value.data["hint"] == hint


def test_lines_are_kept_as_names_and_values() -> None:
    assert read_attributes(" Material :  wool, \x07soft\n\nLink: https://x.example ") == (
        "Material: wool, soft\nLink: https://x.example"
    )
    assert len(written((f"N{n}" * 50, "v" * 500) for n in range(30)).splitlines()) == 20


async def test_attributes_are_written_in_one_message_and_shown(shop: OpenShop) -> None:
    olga, ann = shop.olga, shop.ann
    async with shop.db.begin() as session:
        scarf = await a_product(session, "Scarf", sku="S", stock=3, category=await a_category(session, "Wool"))
        scarf.description = "Warm. " * 100
    for guest in (olga, ann):
        await guest.says("/start")

    await olga.says("/edit S")
    await olga.taps("Attributes")
    await olga.says("just wool")
    assert olga.sees("a colon and a value on each line")
    await olga.says("Material: wool <soft>\nSize: 20 × 30 cm\n" + "\n".join(f"Fact {n}: {'x' * 30}" for n in range(9)))

    await ann.says(f"/start p_{scarf.id}")
    assert "Material: wool <soft>\nSize: 20 × 30 cm" in ann.newest
    assert "Fact 8" not in ann.newest
    await ann.taps("Read")
    assert "Fact 8: xxx" in ann.newest, "and the rest is where all of it is read"
    async with shop.db.read() as session:
        owner = await user(session, OLGA)
        assert "Material: wool <soft>" in await export(session, owner_id=owner.id)

    await olga.says("/edit S")
    await olga.taps("Attributes", "Leave it empty")
    await ann.says(f"/start p_{scarf.id}")
    assert "Material" not in ann.newest
    await shop.keeps_its_promises()
    assert shop.incidents() == []
