"""Names and descriptions in other languages: chosen, asked for, kept, taken away."""

from typing import Any

from markupsafe import escape

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said as Heard
from bot.routing.visit import Visit
from bot.screens.parts.hints import hint
from bot.screens.selling.translations import views
from bot.screens.selling.translations.buttons import (
    DropName,
    DropText,
    OpenNames,
    OpenTexts,
    WriteDescription,
    WriteName,
    WriteText,
)
from bot.sending.reply import Reply, Screen
from db.models import Category, Dialog, Permission
from db.texts import LANGUAGES, Said, texts_of
from shop import products
from shop.forms import dialogs
from shop.products import tree
from shop.products.draft import read_description, read_name
from shop.products.translating import translate
from shop.refusals import CannotRead, NotFound

KIND = "translate"
NAME, DESCRIPTION, CATEGORY = "name", "description", "category"

router = Router()


@router.button(OpenTexts, for_="owner", needs=Permission.CATALOGUE)
async def open_texts(visit: Visit, pressed: OpenTexts) -> Reply:
    """The languages of a product."""
    return await _texts(visit, pressed.product_id)


@router.button(WriteText, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def write_text(visit: Visit, pressed: WriteText) -> Reply:
    """Ask for the name."""
    return await _ask(visit, NAME, pressed.product_id, pressed.language)


@router.button(WriteDescription, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def write_description(visit: Visit, pressed: WriteDescription) -> Reply:
    """Ask for the description."""
    return await _ask(visit, DESCRIPTION, pressed.product_id, pressed.language)


@router.button(DropText, for_="owner", needs=Permission.CATALOGUE)
async def drop_text(visit: Visit, pressed: DropText) -> Reply:
    """Readers of the language read the seller's own words again."""
    async with visit.db.begin() as session:
        await translate(session, visit.seller, pressed.product_id, pressed.language, Said(), now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await _texts(visit, pressed.product_id, note=visit.words("✅ Changed."))


@router.button(OpenNames, for_="owner", needs=Permission.CATALOGUE)
async def open_names(visit: Visit, pressed: OpenNames) -> Reply:
    """The languages of a category."""
    return await _names(visit, pressed.category_id)


@router.button(WriteName, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def write_name(visit: Visit, pressed: WriteName) -> Reply:
    """Ask for the name."""
    return await _ask(visit, CATEGORY, pressed.category_id, pressed.language)


@router.button(DropName, for_="owner", needs=Permission.CATALOGUE)
async def drop_name(visit: Visit, pressed: DropName) -> Reply:
    """Readers of the language read the seller's own word again."""
    async with visit.db.begin() as session:
        await tree.translate(session, visit.seller, pressed.category_id, pressed.language, "", now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await _names(visit, pressed.category_id, note=visit.words("✅ Changed."))


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, dialog.step, int(dialog.data["number"]), str(dialog.data["language"]))


@router.dialog(KIND, for_="owner", needs=Permission.CATALOGUE, leaves=CLOSES, again=once_more, takes="text")
async def written(visit: Visit, dialog: Dialog, heard: Heard) -> Reply | None:
    """A name or a description."""
    step, number, language = dialog.step, int(dialog.data["number"]), str(dialog.data["language"])
    try:
        read = {NAME: read_name, DESCRIPTION: read_description, CATEGORY: tree.read_category_name}[step]
        text = read(heard.text)
    except CannotRead as refused:
        return await _ask(visit, step, number, language, problem="⚠️ " + escape(hint(visit.words, refused.data)))
    async with visit.db.begin() as session:
        if step == CATEGORY:
            await tree.translate(session, visit.seller, number, language, text, now=visit.now())
        else:
            item = await products.get_owned(session, visit.seller, number)
            now = texts_of(item.product.texts).get(language, Said())
            said = Said(text, now.description) if step == NAME else Said(now.name, text)
            await translate(session, visit.seller, number, language, said, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    if step == NAME:
        return await _ask(visit, DESCRIPTION, number, language)
    done = visit.words("✅ Changed.")
    return await (_names if step == CATEGORY else _texts)(visit, number, note=done)


async def _ask(visit: Visit, step: str, number: int, language: str, *, problem: str = "") -> Screen:
    if language not in LANGUAGES:
        raise NotFound(language=language)
    data: dict[str, Any] = {"number": number, "language": language}
    async with visit.db.begin() as session:
        if step == CATEGORY:
            it = await tree.opened(session, visit.seller, number)
            name, kept = it.tree.path(number), (await session.get_one(Category, number)).texts
        else:
            product = (await products.get_owned(session, visit.seller, number)).product
            name, kept = product.name, product.texts
        await dialogs.start(session, visit.user, KIND, step, data, now=visit.now())
    ask = {NAME: views.ask_name, DESCRIPTION: views.ask_description, CATEGORY: views.ask_category}[step]
    return ask(visit.words, number, name, language, texts_of(kept).get(language, Said()), problem=problem)


async def _texts(visit: Visit, number: int, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        product = (await products.get_owned(session, visit.seller, number)).product
    if product.parent_id is not None:
        raise NotFound(product_id=number)
    return views.product(visit.words, number, product.name, texts_of(product.texts), note=note)


async def _names(visit: Visit, number: int, *, note: str = "") -> Screen:
    async with visit.db.read() as session:
        it = await tree.opened(session, visit.seller, number)
        kept = (await session.get_one(Category, number)).texts
    return views.category(visit.words, number, it.tree.path(number), texts_of(kept), note=note)
