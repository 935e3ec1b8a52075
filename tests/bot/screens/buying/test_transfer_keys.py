"""Who pays by transfer copies the account and the reference by a key, as long as there is something to pay."""

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from bot.screens.parts.by_hand import copies
from bot.words import words_for
from db.models import Order, OrderStatus, ProductKind
from tests.world.clock import START

BANK = "Tea & Co\nDE89 3704 0044 0532 0130 00\nPretend Bank"


def an_order(**values: object) -> Order:
    given = {"status": OrderStatus.PENDING, "kind": ProductKind.PHYSICAL, "payment_method": "transfer"} | values
    order = Order(id=17, total_price=940, currency="EUR", address={"city": "Berlin"}, **given)
    set_committed_value(order, "payment", None)
    return order


@pytest.mark.parametrize(
    ("text", "copied"), [(BANK, ["DE89370400440532013000", "17"]), ("Ask for the account", ["17"])]
)
def test_the_account_in_one_piece_and_the_reference(text: str, copied: list[str]) -> None:
    rows = copies(words_for("en"), an_order(), text, now=START)
    assert [key.copy for row in rows for key in row] == copied


@pytest.mark.parametrize("values", [{"payment_method": "cash"}, {"status": OrderStatus.CANCELLED}])
def test_where_nothing_is_to_be_transferred_there_is_no_key(values: dict[str, object]) -> None:
    assert copies(words_for("en"), an_order(**values), BANK, now=START) == ()
