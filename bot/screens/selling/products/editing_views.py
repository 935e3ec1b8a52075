"""Changing a product: which field, and what it shall be."""

from collections.abc import Mapping
from functools import partial

from markupsafe import escape

from bot.screens.parts import ways
from bot.screens.selling.photos.buttons import OpenPhotos
from bot.screens.selling.products import category_keys
from bot.screens.selling.products.buttons import (
    ClearField,
    EditField,
    Field,
    LeaveForm,
    OpenCategories,
    OpenOwned,
    SetCategory,
    VariantSamePrice,
)
from bot.screens.selling.products.category_keys import Level
from bot.screens.selling.products.duplicating_views import copying
from bot.screens.selling.products.tax_buttons import OpenTaxClass
from bot.screens.selling.products.views import full_name
from bot.screens.selling.translations.buttons import OpenTexts
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words, mark
from bot.words.weights import weight
from db.models import ProductKind
from db.money import STARS, exponent
from shop.products.owned import OwnedProduct

NAMES: Mapping[Field, str] = {
    Field.PHOTO: mark("Picture"),
    Field.NAME: mark("Name"),
    Field.CATEGORY: mark("Category"),
    Field.PRICE: mark("Price"),
    Field.DESCRIPTION: mark("Description"),
    Field.ATTRIBUTES: mark("Attributes"),
    Field.CONTENT: mark("Content"),
    Field.LABEL: mark("Variant"),
    Field.LOW_STOCK: mark("Low stock"),
    Field.WEIGHT: mark("Weight"),
}
QUESTIONS: Mapping[Field, str] = {
    Field.PHOTO: mark("Send the new picture."),
    Field.NAME: mark("What shall it be called?"),
    Field.CATEGORY: mark("In which category? Tap one, or write a new one: Tea / Green"),
    Field.PRICE: mark("What shall it cost, in {currency}? Write a number like 12.50."),
    Field.DESCRIPTION: mark("Write the new description."),
    Field.ATTRIBUTES: mark("Write them one a line, all of them:\n<code>Material: wool\nSize: 20 × 30 cm</code>"),
    Field.CONTENT: mark("What shall the buyer receive? A text, a key or a link."),
    Field.LABEL: mark("What shall this variant be called? For example: Blue / Large"),
    Field.WEIGHT: mark("What does one weigh, packed? Write <code>350 g</code> or <code>1.2 kg</code>."),
    Field.LOW_STOCK: mark("At how many left shall I tell you? 0 is never."),
}
STARS_PRICE = mark("How many Stars shall it cost?")
WHOLE_PRICE = mark("What shall it cost, in {currency}? Write a number like 1250.")
VARIANT_QUESTIONS: Mapping[str, str] = {
    "names": mark("How do the variants differ? For example: Size, or Colour / Size"),
    "first": mark("The product as it is now becomes the first variant. What is it called? For example: Small"),
    "label": mark("What is the new variant called? For example: Large"),
    "price": mark("What does this variant cost, in {currency}?"),
    "quantity": mark("How many of this variant are in stock?"),
}
IN_ONE_LINE: Mapping[str, str] = {
    "names": mark("Quicker, with price and stock in one line: <code>Colour: Red; 25; 5</code>"),
    "label": mark("Quicker, with price and stock in one line: <code>Red; 25; 5</code>"),
}


def fields(words: Words, item: OwnedProduct, *, taxed: bool) -> Screen:
    """Every field that can change, as a key; `taxed`: the shop charges tax, so that there is a class to choose."""
    product = item.product
    offered = [Field.NAME, Field.PRICE, Field.DESCRIPTION, Field.ATTRIBUTES, Field.CATEGORY, Field.PHOTO]
    if product.parent_id is not None:
        offered = [Field.LABEL, Field.PRICE, Field.PHOTO]
    if product.kind is ProductKind.DIGITAL:
        offered.append(Field.CONTENT)
    else:
        offered.append(Field.WEIGHT)
    if not item.is_parent:
        offered.append(Field.LOW_STOCK)
    keys = [
        Key(words.plain("🖼 Photos"), OpenPhotos(product.id))
        if field is Field.PHOTO
        else Key("✏️ " + words.plain(NAMES[field]), EditField(product.id, field))
        for field in offered
    ]
    if taxed:
        keys.append(Key(words.plain("🧮 Tax class"), OpenTaxClass(product.id)))
    pairs = tuple(tuple(keys[start : start + 2]) for start in range(0, len(keys), 2))
    text = words("✏️ <b>{name}</b>\n\nWhat shall change?", name=full_name(item))
    if item.is_parent:
        text += "\n" + words("A new price is for all its variants.")
    copy: tuple[Key, ...] = ()
    if product.parent_id is None:
        copy = (
            Key(words.plain("🌐 Other languages"), OpenTexts(product.id)),
            Key(words.plain("⧉ Duplicate"), copying(product)),
        )
    return Screen(text, (*pairs, copy, (ways.back(words, OpenOwned(product.id)), ways.home(words))))


def question(
    words: Words, item: OwnedProduct, field: Field, *, level: Level | None = None, problem: str = ""
) -> Screen:
    """What a field shall be; the next text or picture is the answer. `level` of the tree goes with a category."""
    product = item.product
    text = words(QUESTIONS[field])
    if field is Field.PRICE:
        text = words(_price_question(product.currency), currency=product.currency)
    head = words("✏️ <b>{name}</b> · {field}", name=full_name(item), field=words.plain(NAMES[field]))
    parts = [problem, head, _now(words, item, field), text]
    rows: list[tuple[Key, ...]] = []
    if level is not None:
        pick, turn = partial(SetCategory, product.id), partial(OpenCategories, product.id)
        rows = list(category_keys.keys(words, level, pick=pick, turn=turn))
    filled = {
        Field.DESCRIPTION: product.description,
        Field.ATTRIBUTES: product.attributes,
        Field.CATEGORY: product.category_id,
        Field.WEIGHT: product.weight,
    }
    if filled.get(field):
        rows.append((Key(words.plain("🧹 Leave it empty"), ClearField(product.id, field)),))
    return Screen(
        "\n\n".join(part for part in parts if part),
        (*rows, (Key(words.plain("✕ Cancel"), LeaveForm(product.id)),)),
    )


def variant_question(words: Words, item: OwnedProduct, step: str, *, problem: str = "") -> Screen:
    """One question about a new variant."""
    product = item.product
    head = words("➕ <b>{name}</b> · new variant", name=product.name)
    text = words(VARIANT_QUESTIONS[step], currency=product.currency)
    if step in IN_ONE_LINE:
        text += "\n\n" + words(IN_ONE_LINE[step])
    rows = []
    if step == "price":
        price = words.money(product.price, product.currency)
        rows.append((Key(words.plain("The same: {price}", price=price), VariantSamePrice(product.id)),))
    return Screen(
        "\n\n".join(part for part in (problem, head, text) if part),
        (*rows, (Key(words.plain("✕ Cancel"), LeaveForm(product.id)),)),
    )


def _price_question(currency: str) -> str:
    if currency == STARS:
        return STARS_PRICE
    return QUESTIONS[Field.PRICE] if exponent(currency) else WHOLE_PRICE


def _now(words: Words, item: OwnedProduct, field: Field) -> str:
    product = item.product
    values = {
        Field.NAME: product.name,
        Field.PRICE: words.money(product.price, product.currency),
        Field.DESCRIPTION: product.description,
        Field.ATTRIBUTES: product.attributes or "",
        Field.CONTENT: product.digital_content or "",
        Field.LABEL: product.option_label or "",
        Field.LOW_STOCK: words.number(item.low_stock_at),
        Field.WEIGHT: weight(words, product.weight) if product.weight else "",
    }
    value = values.get(field, "")
    return words("Now: {value}", value=escape(fit_plain(value, 500))) if value else ""
