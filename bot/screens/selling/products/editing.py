"""Changing a product: by command for the price, field by field for the rest."""

from markupsafe import escape

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.hints import hint
from bot.screens.selling.photos.buttons import OpenPhotos
from bot.screens.selling.products import editing_views as views
from bot.screens.selling.products.buttons import (
    ClearField,
    EditField,
    EditProduct,
    Field,
    OpenCategories,
    SetCategory,
)
from bot.screens.selling.products.category_keys import level
from bot.screens.selling.products.handlers import choose, find, show, unknown
from bot.sending.reply import Lead, Reply, Screen
from bot.words import mark
from db.amounts import LONGEST
from db.models import Dialog, Permission, Product
from shop import products
from shop.catalog.cards import Picture
from shop.catalog.categories import named_path
from shop.forms import dialogs
from shop.products import ProductChanges
from shop.products.attributes import read_attributes
from shop.products.draft import (
    SKU_LIMIT,
    read_category,
    read_content,
    read_description,
    read_label,
    read_name,
    read_price,
    read_quantity,
)
from shop.products.owned import OwnedProduct
from shop.products.photos import add_photo
from shop.products.weight import read_weight
from shop.refusals import CannotRead

KIND = "edit_product"
PRICE_WORDS = 4  # that a price may be written in: "1 234 567,50 €"

router = Router()


@router.command("edit", for_="owner", needs=Permission.CATALOGUE, about=mark("Change a product"))
async def edit(visit: Visit, argument: str) -> Reply:
    """`/edit SKU` shows what can change."""
    if not argument:
        return await choose(visit, lead=visit.words("<code>/edit SKU</code> changes a product."))
    item = await find(visit, argument)
    return (
        await unknown(visit, argument) if item is None else views.fields(visit.words, item, taxed=visit.policy.tax.on)
    )


@router.command("price", for_="owner", needs=Permission.CATALOGUE, about=mark("Change a price"), asks=KIND)
async def price(visit: Visit, argument: str) -> Reply:
    """`/price SKU 12.50`; without a price it asks."""
    if not argument:
        return await choose(visit, lead=visit.words("<code>/price SKU 12.50</code> changes a price."))
    item = await find(visit, argument)
    if item is not None:
        return await _ask(visit, item.product.id, Field.PRICE)
    item, amount = await _split(visit, argument)
    if item is None:
        return await unknown(visit, _before_the_price(visit, argument))
    try:
        changes = ProductChanges(price=read_price(amount, item.product.currency))
    except CannotRead as refused:
        return await _ask(visit, item.product.id, Field.PRICE, problem=_problem(visit, refused))
    return await _change(visit, item.product.id, changes)


async def _split(visit: Visit, argument: str) -> tuple[OwnedProduct | None, str]:
    """The product whose SKU begins the line, and the price after it; both may have blanks: "MUG 1 2 345,50 €"."""
    parts = argument[: SKU_LIMIT + LONGEST].split(" ")
    for end in range(len(parts) - 1, max(len(parts) - 1 - PRICE_WORDS, 0), -1):
        item = await find(visit, " ".join(parts[:end]))
        if item is not None:
            return item, " ".join(parts[end:])
    return None, ""


def _before_the_price(visit: Visit, argument: str) -> str:
    """What was perhaps meant as the SKU: the line without the longest end of it that reads as a price."""
    parts = argument[: SKU_LIMIT + LONGEST].split()
    for start in range(max(1, len(parts) - PRICE_WORDS), len(parts)):
        try:
            read_price(" ".join(parts[start:]), visit.policy.currency)
        except CannotRead:
            continue
        return " ".join(parts[:start])
    return " ".join(parts[:-1] or parts)


@router.button(EditProduct, for_="owner", needs=Permission.CATALOGUE)
async def edit_product(visit: Visit, pressed: EditProduct) -> Reply:
    """What can change."""
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, pressed.product_id)
    return views.fields(visit.words, item, taxed=visit.policy.tax.on)


@router.button(EditField, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def edit_field(visit: Visit, pressed: EditField) -> Reply:
    """Ask for the new value; photos are several, and have a screen of their own."""
    if pressed.field is Field.PHOTO:
        return Lead(OpenPhotos(pressed.product_id))
    return await _ask(visit, pressed.product_id, pressed.field)


@router.button(ClearField, for_="owner", needs=Permission.CATALOGUE)
async def clear_field(visit: Visit, pressed: ClearField) -> Reply:
    """Empty a description, the attributes, a category or the weight."""
    empty = {
        Field.DESCRIPTION: ProductChanges(description=""),
        Field.ATTRIBUTES: ProductChanges(attributes=""),
        Field.CATEGORY: ProductChanges(category=""),
        Field.WEIGHT: ProductChanges(weight=0),
    }
    return await _change(visit, pressed.product_id, empty.get(pressed.field, ProductChanges()))


@router.button(SetCategory, for_="owner", needs=Permission.CATALOGUE)
async def set_category(visit: Visit, pressed: SetCategory) -> Reply:
    """Hang it on a category that exists."""
    async with visit.db.read() as session:
        path = await named_path(session, pressed.category_id)
    return await _change(visit, pressed.product_id, ProductChanges(category=path or None))


@router.button(OpenCategories, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def open_categories(visit: Visit, pressed: OpenCategories) -> Reply:
    """Another level, or another page, of the tree."""
    return await _ask(visit, pressed.product_id, Field.CATEGORY, below=pressed.below, page=pressed.page)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["product_id"]), Field(dialog.step))


@router.dialog(KIND, for_="owner", needs=Permission.CATALOGUE, leaves=CLOSES, again=once_more, takes="anything")
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The new value, or one more photo; a captioned picture is a new product."""
    if said.text and said.photo_file_id is not None:
        return None
    product_id, field = int(dialog.data["product_id"]), Field(dialog.step)
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, product_id)
    if said.photo_file_id is not None:
        picture = Picture(said.photo_file_id, visit.bot_id, None)
        async with visit.db.begin() as session:
            await add_photo(session, visit.seller, product_id, picture, now=visit.now())
        return Lead(OpenPhotos(product_id, picture.mark), note=visit.words("🖼 Added."))
    try:
        changes = _read(item.product, field, said)
    except CannotRead as refused:
        return await _ask(visit, product_id, field, problem=_problem(visit, refused))
    return await _change(visit, product_id, changes)


def _read(product: Product, field: Field, said: Said) -> ProductChanges:  # noqa: C901, PLR0911  one a field
    match field:
        case Field.NAME:
            return ProductChanges(name=read_name(said.text))
        case Field.CATEGORY:
            return ProductChanges(category=read_category(said.text))
        case Field.PRICE:
            return ProductChanges(price=read_price(said.text, product.currency))
        case Field.DESCRIPTION:
            return ProductChanges(description=read_description(said.text))
        case Field.ATTRIBUTES:
            return ProductChanges(attributes=read_attributes(said.text))
        case Field.CONTENT:
            return ProductChanges(digital_content=read_content(said.text))
        case Field.LABEL:
            return ProductChanges(option_label=read_label(said.text))
        case Field.LOW_STOCK:
            return ProductChanges(low_stock_at=read_quantity(said.text))
        case Field.WEIGHT:
            return ProductChanges(weight=read_weight(said.text))
        case Field.PHOTO:
            raise CannotRead(field="photo", given=said.text, hint="photo")


async def _ask(
    visit: Visit, product_id: int, field: Field, *, problem: str = "", below: int = 0, page: int = 0
) -> Screen:
    async with visit.db.begin() as session:
        item = await products.get_owned(session, visit.seller, product_id)
        await dialogs.start(session, visit.user, KIND, field, {"product_id": product_id}, now=visit.now())
        shown = await level(session, below, page) if field is Field.CATEGORY else None
    return views.question(visit.words, item, field, level=shown, problem=problem)


async def _change(visit: Visit, product_id: int, changes: ProductChanges) -> Screen:
    async with visit.db.begin() as session:
        await products.edit(session, visit.seller, product_id, changes, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, product_id, note=visit.words("✅ Changed."))


def _problem(visit: Visit, refused: CannotRead) -> str:
    return "⚠️ " + escape(hint(visit.words, refused.data))
