"""A seller's own products: the list, and one product as its seller sees it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.screens.buying.catalogue.buttons import OpenProduct
from bot.screens.parts import ways
from bot.screens.parts.goods import beside_old, on_key, photo, stars
from bot.screens.parts.staff_rows import _adding
from bot.screens.selling.exports.buttons import ChooseTable
from bot.screens.selling.keys.buttons import OpenPool
from bot.screens.selling.photos.buttons import OpenPhotos
from bot.screens.selling.products.buttons import (
    AddStock,
    AddVariant,
    AskRestock,
    AskSale,
    EditProduct,
    LeaveForm,
    OpenHistory,
    OpenLink,
    OpenLow,
    OpenOwned,
    OpenProducts,
    SetArchived,
    SetPublished,
)
from bot.screens.selling.products.monthly_buttons import SetMonthly
from bot.sending.reply import Key, Screen
from bot.words import Html, Words
from bot.words.weights import weight
from db.models import Product, ProductKind
from shop.catalog import CategoryCard, Picture
from shop.catalog.cards import average
from shop.exporting import Table
from shop.pricing import offer_at
from shop.products.monthly import may_be_monthly
from shop.products.owned import OwnedPage, OwnedProduct

A_MOMENT = timedelta(microseconds=1)  # a sale ends at midnight: its last day is the one before
VARIANTS = 20  # on one page
QUICK = (1, 5, 10)  # units on the keys of the restock screen
SELLER = 16  # characters of a seller's name on a key, for operators
NAME = 28  # characters of a name on a key, so that the stock stays in sight


def owned_list(words: Words, page: OwnedPage, *, lead: str = "", everything: bool = False) -> Screen:
    """A page of products as keys; `lead` (HTML) explains what a tap is for."""
    title = words("🏷 <b>Everybody’s products</b>") if everything else words("🏷 <b>Your products</b>")
    items = page.items
    if not items:
        text = words("You sell nothing yet. Add your first product.")
        return Screen(_joined(lead, title, text), (_adding(words), (ways.home(words),)))
    newer = OpenProducts(before=items[0].product.id) if page.has_newer else None
    older = OpenProducts(after=items[-1].product.id) if page.has_older else None
    keyboard = (
        *((Key(_on_key(words, item), OpenOwned(item.product.id)),) for item in items),
        ways.pages(words, newer, older),
        (*_adding(words), Key(words.plain("📉 Low stock"), OpenLow())),
        (Key(words.plain("📤 As a file"), ChooseTable(Table.PRODUCTS)), ways.home(words)),
    )
    return Screen(_joined(lead, title, words("Tap one to restock or change it.")), keyboard)


def owned(
    words: Words,
    item: OwnedProduct,
    path: Sequence[CategoryCard],
    *,
    bot_id: int,
    now: datetime,
    note: str = "",
    page: int = 0,
) -> Screen:
    """One product with its stock, a page of its variants and its keys; `note` (HTML) says what was just done."""
    product = item.product
    picture = Picture(product.photo_file_id, product.photo_bot_id, product.image_url)
    page = min(max(page, 0), max(len(item.variants) - 1, 0) // VARIANTS)
    shown = item.variants[page * VARIANTS : (page + 1) * VARIANTS]
    rows: list[tuple[Key, ...]] = [
        (Key(_variant_on_key(words, variant, now), OpenOwned(variant.product.id)),) for variant in shown
    ]
    previous = OpenOwned(product.id, page - 1) if page else None
    following = OpenOwned(product.id, page + 1) if (page + 1) * VARIANTS < len(item.variants) else None
    rows.append(ways.pages(words, previous, following))
    rows += _changing(words, item)
    photos = Key(words.plain("🖼 Photos"), OpenPhotos(product.id))
    rows.append((photos, Key(words.plain("🔗 Link"), OpenLink(product.id))))
    if not item.is_parent:
        rows.append((Key(words.plain("📈 Stock history"), OpenHistory(product.id)),))
    rows += _archiving(words, item)
    above = product.parent_id
    back = OpenOwned(above, product.position // VARIANTS) if above is not None else OpenProducts()
    rows.append((ways.back(words, back), ways.home(words)))
    return Screen(_joined(note, _facts(words, item, path, now)), tuple(rows), photo=photo(product.id, picture, bot_id))


def restock(words: Words, item: OwnedProduct, *, seen: int, problem: str = "") -> Screen:
    """How many came; the next text is the answer. `seen` makes each key count once."""
    text = words(
        "📥 <b>{name}</b>: {stock}.\n\n"
        "How many came? Tap, or write <code>+10</code>, or <code>=25</code> after counting.",
        name=full_name(item),
        stock=in_stock(words, item),
    )
    quick = tuple(Key(f"+{amount}", AddStock(item.product.id, amount, seen)) for amount in QUICK)
    return Screen(_joined(problem, text), (quick, (Key(words.plain("‹ Back"), LeaveForm(item.product.id)),)))


def full_name(item: OwnedProduct) -> str:
    """The name, with the variant's label."""
    label = item.product.option_label
    return f"{item.product.name} · {label}" if label else item.product.name


def in_stock(words: Words, item: OwnedProduct) -> str:
    """How many there are, and how many of them are promised."""
    text = words.plain_n("{n} in stock", "{n} in stock", item.in_stock)
    if item.reserved:
        held = words.plain_n("{n} held by open orders", "{n} held by open orders", item.reserved)
        text = f"{text} ({held})"
    return text


def sale_line(words: Words, item: OwnedProduct, now: datetime) -> Html:
    """The sale that a product is in, or that is to come; of a product with variants, how many are in one."""
    product = item.product
    if item.is_parent:
        reduced = sum(_has_sale(variant, now) for variant in item.variants)
        said = words.n("🏷 {n} variant has a sale price", "🏷 {n} variants have a sale price", reduced)
        return said if reduced else Html()
    if not _has_sale(item, now) or product.sale_price is None:
        return Html()
    line = words("🏷 Sale price: {price}", price=words.money(product.sale_price, product.currency))
    if product.sale_from is not None and product.sale_from > now:
        line += " · " + words("from {day}", day=words.last_day(product.sale_from))
    if product.sale_until is not None:
        line += " · " + words("to {day}", day=words.last_day(product.sale_until - A_MOMENT))
    return line


def _has_sale(item: OwnedProduct, now: datetime) -> bool:
    """Whether it is in a sale, or will be."""
    product = item.product
    return product.sale_price is not None and (product.sale_until is None or product.sale_until > now)


def _facts(words: Words, item: OwnedProduct, path: Sequence[CategoryCard], now: datetime) -> str:
    product = item.product
    offer = offer_at(product, now)
    price = beside_old(words, offer.price, offer.was, product.currency)
    lines = [
        words("<b>{name}</b>", name=full_name(item)),
        words("SKU: <code>{sku}</code>", sku=product.sku),
        words("{price} · {stock}", price=price, stock=in_stock(words, item)),
    ]
    if sale := sale_line(words, item, now):
        lines.append(sale)
    if item.seller:
        lines.append(words("Sold by {name}", name=item.seller))
    if path:
        lines.append(words("Category: {path}", path=" / ".join(category.name for category in path)))
    lines += _on_the_shelf(words, product, path)
    lines += _digital(words, product)
    if item.low_stock_at:
        lines.append(words.n("Tells you at {n} left", "Tells you at {n} left", item.low_stock_at))
    rating = average(product.rating_sum, product.rating_count)
    if rating is not None:
        lines.append(words("{stars}", stars=stars(words, rating, product.rating_count)))
    if product.draft:
        lines.append(words("📝 A draft: customers neither see nor buy it"))
    elif product.archived_at is not None:
        lines.append(words("🗄 Not on sale"))
    if item.is_parent:
        lines.append(words("In {n} variants:", n=words.number(len(item.variants))))
    return "\n".join(lines)


def _digital(words: Words, product: Product) -> list[Html]:
    if product.kind is not ProductKind.DIGITAL:
        return []
    said = [words("Digital: delivered in the chat after payment")]
    if product.monthly:
        said.append(words("🔁 Paid every 30 days, until the customer cancels: /subscribers"))
    return said


def _on_the_shelf(words: Words, product: Product, path: Sequence[CategoryCard]) -> list[Html]:
    said: list[Html] = []
    if product.weight and product.kind is ProductKind.PHYSICAL:
        said.append(words("Weight: {weight}", weight=weight(words, product.weight)))
    if any(category.hidden for category in path):
        said.append(words("🙈 Not shown: its category is hidden."))
    return said


def _changing(words: Words, item: OwnedProduct) -> list[tuple[Key, ...]]:
    product = item.product
    edit = Key(words.plain("✏️ Edit"), EditProduct(product.id))
    reduce = Key(words.plain("🏷 Sale price"), AskSale(product.id))
    keys = Key(words.plain("🔑 Keys"), OpenPool(product.id))
    restock = Key(words.plain("📥 Restock"), AskRestock(product.id))
    if item.is_parent:
        return [(edit, reduce)]
    if product.pooled_at is not None:
        return [(keys, edit, reduce)]
    rows: list[tuple[Key, ...]] = [(restock, edit, reduce)]
    if product.monthly:
        rows.append((Key(words.plain("1️⃣ Sell it once"), SetMonthly(product.id, monthly=False)),))
    elif product.kind is ProductKind.DIGITAL:
        switch = (Key(words.plain("🔁 By the month"), SetMonthly(product.id, monthly=True)),)
        rows.append((keys, *switch) if may_be_monthly(item) else (keys,))
    return rows


def _archiving(words: Words, item: OwnedProduct) -> tuple[tuple[Key, ...], ...]:
    product = item.product
    if product.draft:
        publish = (Key(words.plain("✅ Publish"), SetPublished(product.id, published=True)),)
        if product.parent_id is not None:
            return (publish,)
        return (Key(words.plain("+ Variant"), AddVariant(product.id)),), publish
    if product.archived_at is not None:
        return ((Key(words.plain("♻️ Put on sale again"), SetArchived(product.id, archived=False)),),)
    look = Key(words.plain("👁 In the shop"), OpenProduct(product.id))
    more = (Key(words.plain("+ Variant"), AddVariant(product.id)), look) if product.parent_id is None else (look,)
    unpublish = Key(words.plain("📝 Unpublish"), SetPublished(product.id, published=False))
    return more, (Key(words.plain("🗄 Take off sale"), SetArchived(product.id, archived=True)), unpublish)


def _on_key(words: Words, item: OwnedProduct) -> str:
    name = item.product.name
    name = name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"
    return words.row(name, _state(words, item), item.seller[:SELLER])


def _variant_on_key(words: Words, item: OwnedProduct, now: datetime) -> str:
    offer = offer_at(item.product, now)
    price = on_key(words, offer.price, offer.was, item.product.currency)
    return words.row(item.product.option_label or "", price, _state(words, item))


def _state(words: Words, item: OwnedProduct) -> str:
    if item.product.draft:
        return words.plain("📝 draft")
    if item.product.archived_at is not None:
        return words.plain("🗄 off sale")
    return words.number(item.available) if item.available > 0 else words.plain("sold out")


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
