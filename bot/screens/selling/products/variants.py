"""Another variant of a product: how it differs, what it costs, how many there are."""

from typing import Any

from markupsafe import escape

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts.hints import hint
from bot.screens.selling.products import editing_views as views
from bot.screens.selling.products.buttons import AddVariant, VariantSamePrice
from bot.screens.selling.products.handlers import show
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission, Product
from shop import products
from shop.forms import dialogs
from shop.products.draft import read_label, read_price, read_quantity
from shop.products.variants import VariantDraft, add_variant, parse_variant
from shop.refusals import CannotRead

KIND = "add_variant"
ORDER = ("names", "first", "label", "price", "quantity")
LINES = frozenset({"names", "label"})  # where price and stock may follow in one line
AT_ONCE = "at_once"  # they did: they are not asked any more

router = Router()


@router.button(AddVariant, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def begin(visit: Visit, pressed: AddVariant) -> Reply:
    """Begin the form; the first variant needs two answers more."""
    async with visit.db.begin() as session:
        item = await products.get_owned(session, visit.seller, pressed.product_id)
        step = "label" if item.is_parent else "names"
        data = {"product_id": pressed.product_id}
        await dialogs.start(session, visit.user, KIND, step, data, now=visit.now())
    return views.variant_question(visit.words, item, step)


@router.button(VariantSamePrice, for_="owner", needs=Permission.CATALOGUE, within=KIND)
async def same_price(visit: Visit, pressed: VariantSamePrice) -> Reply:
    """It costs what the product costs."""
    async with visit.db.read() as session:
        dialog = await dialogs.current(session, visit.user)
        item = await products.get_owned(session, visit.seller, pressed.product_id)
    if dialog is None or dialog.kind != KIND or dialog.step != "price":
        return await show(visit, pressed.product_id)
    return await _go_on(visit, dialog, item.product.price)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, int(dialog.data["product_id"]))
    return views.variant_question(visit.words, item, dialog.step)


@router.dialog(KIND, for_="owner", needs=Permission.CATALOGUE, leaves=CLOSES, again=once_more)
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """An answer to the question on show."""
    product_id = int(dialog.data["product_id"])
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, product_id)
    try:
        if dialog.step in LINES and ";" in said.text:
            return await _take_line(visit, dialog, item.product, said.text)
        return await _go_on(visit, dialog, _read(dialog.step, said.text, item.product))
    except CannotRead as refused:
        problem = "⚠️ " + escape(hint(visit.words, refused.data))
        return views.variant_question(visit.words, item, dialog.step, problem=problem)


def _read(step: str, text: str, product: Product) -> str | int:
    if step == "price":
        return read_price(text, product.currency)
    if step == "quantity":
        return read_quantity(text)
    return read_label(text)


async def _take_line(visit: Visit, dialog: Dialog, product: Product, line: str) -> Screen:
    """Several answers at once: what a product was until its first variant is asked all the same."""
    named = None if dialog.step == "names" else dialog.data.get("names") or product.option_names or ""
    draft = parse_variant(line, product.currency, named)
    given = {"price": draft.price, "quantity": draft.quantity, AT_ONCE: True}
    if named is None:
        dialog.data = {**dialog.data, **given, "label": draft.label}
        return await _go_on(visit, dialog, str(draft.option_names))
    dialog.data = {**dialog.data, **given}
    return await _go_on(visit, dialog, draft.label)


async def _go_on(visit: Visit, dialog: Dialog, value: str | int) -> Screen:
    data: dict[str, Any] = {**dialog.data, dialog.step: value}
    product_id = int(data["product_id"])
    if dialog.step == ORDER[-1] or (data.get(AT_ONCE) and dialog.step != "names"):
        return await _add(visit, product_id, data)
    step = ORDER[ORDER.index(dialog.step) + 1]
    async with visit.db.begin() as session:
        item = await products.get_owned(session, visit.seller, product_id)
        await dialogs.update(session, visit.user, kind=KIND, step=step, data=data, now=visit.now())
    return views.variant_question(visit.words, item, step)


async def _add(visit: Visit, product_id: int, data: dict[str, Any]) -> Screen:
    draft = VariantDraft(
        label=data["label"],
        price=data["price"],
        quantity=data["quantity"],
        option_names=data.get("names"),
        first_label=data.get("first"),
    )
    try:
        async with visit.db.begin() as session:
            variant = await add_variant(
                session,
                visit.seller,
                product_id,
                draft,
                low_stock_at=visit.policy.low_stock_at,
                now=visit.now(),
            )
            await dialogs.finish(session, visit.user, KIND)
    except CannotRead as refused:  # the label was taken: ask for another one, keep the rest
        async with visit.db.begin() as session:
            item = await products.get_owned(session, visit.seller, product_id)
            await dialogs.update(session, visit.user, kind=KIND, step="label", data=data, now=visit.now())
        problem = "⚠️ " + escape(hint(visit.words, refused.data))
        return views.variant_question(visit.words, item, "label", problem=problem)
    note = visit.words("✅ {label} is on sale.", label=data["label"])
    return await show(visit, variant.parent_id or variant.id, note=note)
