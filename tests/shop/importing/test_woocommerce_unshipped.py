"""What WooCommerce does not ship: downloads, and what is virtual there; digital where buyers get something to read."""

from db.session import Database
from tests.shop.importing.test_woocommerce import a_cup, woo
from tests.world.imports import bring_twice, kept


async def test_a_download_and_what_has_a_purchase_note_are_digital_and_the_rest_is_noted(database: Database) -> None:
    report = await bring_twice(
        database,
        woo(
            a_cup(Type="simple, downloadable, virtual", Download_1_URL="https://x.example/song.mp3"),
            a_cup(ID="12", SKU="LESSON", Name="Lesson", Type="simple, virtual"),
            a_cup(
                ID="13", SKU="CALL", Name="Call", Type="simple, virtual", Purchase_note="<p>Write to</p> us@x.example"
            ),
        ),
    )

    assert [(each.kind, each.content) for each in await kept(database)] == [
        ("digital", "https://x.example/song.mp3"),
        ("physical", None),
        ("digital", "Write to\nus@x.example"),
    ]
    noted = {str(note) for note in report.notes}
    assert "what needs no shipping there and has no purchase note comes as physical goods (line 3)" in noted
    assert "what needs no shipping there comes as digital goods: buyers get its purchase note (line 4)" in noted
