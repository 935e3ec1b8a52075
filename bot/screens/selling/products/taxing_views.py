"""The classes of tax that a product may have, a key each with its rate where the shop is."""

from collections.abc import Mapping

from bot.screens.parts import ways
from bot.screens.selling.products.buttons import EditProduct
from bot.screens.selling.products.tax_buttons import SetTaxClass
from bot.screens.selling.products.views import full_name
from bot.sending.reply import Key, Screen
from bot.words import Words, mark
from shop.products.owned import OwnedProduct
from shop.taxes import REDUCED, STANDARD, ZERO, Rates

NAMES: Mapping[str, str] = {STANDARD: mark("Standard"), REDUCED: mark("Reduced"), ZERO: mark("Not taxed")}
MOST = 12  # classes, each a key


def classes(words: Words, item: OwnedProduct, rates: Rates) -> Screen:
    """The one that it has is marked; a variant without one has that of its product."""
    product = item.product
    chosen = product.tax_class or (STANDARD if product.parent_id is None else "")
    text = words("🧮 <b>{name}</b> · {field}", name=full_name(item), field=words.plain("Tax class"))
    rows = []
    for one in (*rates.classes[: MOST - 1], ZERO) if len(rates.classes) > MOST else rates.classes:
        name = words.plain(NAMES[one]) if one in NAMES else one
        label = name if one == ZERO else f"{name} · {words.percent(rates.rate(rates.country, one))}"
        rows.append((Key(("● " if one == chosen else "") + label, SetTaxClass(product.id, one)),))
    question = words("Which class of tax is it?")
    return Screen(f"{text}\n\n{question}", (*rows, (ways.back(words, EditProduct(product.id)), ways.home(words))))
