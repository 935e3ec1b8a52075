"""What sellers type is read, or refused with the field that is wrong."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.products.draft import (
    ProductDraft,
    parse_caption,
    read_category,
    read_description,
    read_label,
    read_name,
    read_price,
    read_quantity,
    split_category,
)
from shop.products.sku import sku_from
from shop.refusals import CannotRead


def test_a_caption_is_a_whole_product() -> None:
    assert parse_caption(" Green  tea ; 4,50 ; 12 ; Drinks > Tea", "EUR") == ProductDraft(
        "Green tea", 450, "EUR", quantity=12, category="Drinks / Tea"
    )
    assert parse_caption("Tea; 1 250; 0", "JPY") == ProductDraft("Tea", 1250, "JPY")
    assert parse_caption("Tea; 30€; 1", "EUR") == ProductDraft("Tea", 3000, "EUR", quantity=1)


@pytest.mark.parametrize(
    ("caption", "field"),
    [
        ("", "caption"),
        ("a picture of my cat", "caption"),
        ("Tea; 4.50", "caption"),
        ("; 4.50; 3", "name"),
        ("Tea; abc; 3", "price"),
        ("Tea; -1; 3", "price"),
        ("Tea; 0; 3", "price"),
        ("Tea; 4.505; 3", "price"),
        ("Tea; 4.50; -3", "quantity"),
        ("Tea; 4.50; many", "quantity"),
        ("Tea; 4.50; 3; a/b/c/d/e", "category"),
        (f"{'x' * 300}; 4.50; 3", "name"),
    ],
)
def test_a_caption_that_cannot_be_read_names_the_field(caption: str, field: str) -> None:
    with pytest.raises(CannotRead) as refused:
        parse_caption(caption, "EUR")

    assert refused.value.data["field"] == field


def test_stars_are_whole() -> None:
    assert read_price("250", "XTR") == 250
    with pytest.raises(CannotRead) as refused:
        read_price("2.50", "XTR")
    assert refused.value.data["hint"] == "whole_stars"


def test_too_much_text_is_refused_without_repeating_it() -> None:
    for read in (read_name, read_description, read_label):
        with pytest.raises(CannotRead) as refused:
            read("x" * 1_000_000)
        assert len(str(refused.value)) < 200


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_name, read_description, read_label, read_category):
        with contextlib.suppress(CannotRead):
            assert "\0" not in read(text)
    with contextlib.suppress(CannotRead):
        parse_caption(text, "EUR")


def test_categories_are_separated_either_way() -> None:
    assert split_category("Tea / Green") == split_category("Tea>Green") == ("Tea", "Green")
    assert split_category(" / ") == ()


@pytest.mark.parametrize(
    ("name", "sku"),
    [
        ("Green tea, 100 g", "GREEN-TEA-100-G"),
        ("Зелёный чай", "ZELENYY-CHAY"),
        ("Süße Größe", "SUSSE-GROSSE"),
        ("茶", "ITEM"),
        ("a very long name that goes on and on", "A-VERY-LONG-NAME-THAT"),
        ("Donaudampfschifffahrtsgesellschaft", "DONAUDAMPFSCHIFFFAHRTSGE"),
    ],
)
def test_skus_are_made_of_letters_that_can_be_typed(name: str, sku: str) -> None:
    assert sku_from(name) == sku


@pytest.mark.parametrize(
    "text",
    [
        "10",
        " 10 pcs",
        "10pcs.",
        "10 Stück",
        "10 STÜCK",
        "10 Stu\u0308ck",
        "10 Stk.",
        "10 шт",
        "10 шт.",
        "10 штук",
        "１０ шт",
    ],
)
def test_a_quantity_may_name_its_unit(text: str) -> None:
    assert read_quantity(text) == 10


@pytest.mark.parametrize("text", ["10 kg", "pcs", "шт", "10 pcs 5", "-10 шт", "1.5 Stück"])
def test_another_unit_or_no_number_is_no_quantity(text: str) -> None:
    with pytest.raises(CannotRead):
        read_quantity(text)
