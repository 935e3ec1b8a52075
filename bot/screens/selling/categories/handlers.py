"""/categories: the tree, a new category, another name, another place, and away with an empty one."""

from markupsafe import escape
from msgspec.structs import replace

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.parts import asking, sure
from bot.screens.parts.hints import hint
from bot.screens.selling.categories import views
from bot.screens.selling.categories.buttons import (
    AskDeleteCategory,
    ChangeCategory,
    DeleteCategory,
    HideCategory,
    NewCategory,
    OpenTree,
    PlaceCategory,
    RenameCategory,
)
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog, Permission
from shop.forms import dialogs
from shop.products import nodes, tree
from shop.refusals import CannotRead, NotFound, NotPermitted

KIND = "name_category"

router = Router()


@router.command(
    "categories", for_="owner", needs=Permission.CATALOGUE, about=mark("The tree of categories"), otherwise="catalogue"
)
async def categories(visit: Visit, _argument: str) -> Reply:
    """The top of the tree."""
    return await _level(visit, None)


@router.button(OpenTree, for_="owner", needs=Permission.CATALOGUE)
async def open_tree(visit: Visit, pressed: OpenTree) -> Reply:
    """A page of a level."""
    return await _level(visit, pressed.category_id, page=pressed.page)


@router.button(ChangeCategory, for_="owner", needs=Permission.CATALOGUE)
async def change_category(visit: Visit, pressed: ChangeCategory) -> Reply:
    """What can be done to it."""
    return await show(visit, pressed.category_id)


@router.button(NewCategory, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def new_category(visit: Visit, pressed: NewCategory) -> Reply:
    """Ask for its name."""
    return await _ask(visit, "new", pressed.below)


@router.button(RenameCategory, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def rename_category(visit: Visit, pressed: RenameCategory) -> Reply:
    """Ask for the new name."""
    return await _ask(visit, "rename", pressed.category_id)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, dialog.step, dialog.data["category_id"])


@router.dialog(KIND, for_="owner", needs=Permission.CATALOGUE, leaves=CLOSES, again=once_more, takes="text")
async def named(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """The name."""
    category_id = dialog.data["category_id"]
    try:
        async with visit.db.begin() as session:
            if dialog.step == "new":
                made = await tree.make(session, visit.seller, said.text, category_id, now=visit.now())
            else:
                await tree.rename(session, visit.seller, category_id, said.text, now=visit.now())
                made = category_id
            await dialogs.finish(session, visit.user, KIND)
    except CannotRead as refused:
        return await _ask(visit, dialog.step, category_id, problem=problem(visit, refused))
    if dialog.step == "new":
        return await _level(visit, category_id, note=visit.words("✅ Made."), showing=made)
    return await show(visit, made, note=visit.words("✅ Changed."))


@router.button(PlaceCategory, for_="owner", needs=Permission.CATALOGUE)
async def place_category(visit: Visit, pressed: PlaceCategory) -> Reply:
    """Another place in the order."""
    async with visit.db.begin() as session:
        await tree.put(session, visit.seller, pressed.category_id, pressed.place, now=visit.now())
    return await show(visit, pressed.category_id)


@router.button(HideCategory, for_="owner", needs=Permission.CATALOGUE)
async def hide_category(visit: Visit, pressed: HideCategory) -> Reply:
    """Nobody who buys sees it and what is below it any more, or they do again."""
    async with visit.db.begin() as session:
        await tree.hide(session, visit.seller, pressed.category_id, hidden=pressed.hidden, now=visit.now())
    note = visit.words("✅ Hidden: nobody sees or buys what is in it.")
    return await show(visit, pressed.category_id, note=note if pressed.hidden else visit.words("✅ Shown again."))


@router.button(AskDeleteCategory, for_="owner", needs=Permission.CATALOGUE, asks=sure.SURE)
async def ask_delete(visit: Visit, pressed: AskDeleteCategory) -> Reply:
    """Ask, if it can be done at all."""
    return await _ask_delete(visit, pressed.category_id)


@router.button(DeleteCategory, for_="owner", needs=Permission.CATALOGUE, within=sure.SURE)
async def delete_category(visit: Visit, pressed: DeleteCategory) -> Reply:
    """It goes."""
    async with visit.db.read() as session:
        it = await tree.opened(session, visit.seller, pressed.category_id)
    if await sure.agreed(visit, pressed, _seen(it)) is None:
        return replace(await _ask_delete(visit, pressed.category_id), toast=asking.look_again(visit.words))
    try:
        async with visit.db.begin() as session:
            await tree.take_away(session, visit.seller, pressed.category_id, now=visit.now())
    except CannotRead as refused:
        return await show(visit, pressed.category_id, note=problem(visit, refused))
    return await _level(visit, it.node.parent_id, note=visit.words("✅ Deleted."))


async def show(visit: Visit, category_id: int, *, note: str = "") -> Screen:
    """The screen of one category."""
    async with visit.db.read() as session:
        it = await tree.opened(session, visit.seller, category_id)
    return views.one(visit.words, it, note=note)


def problem(visit: Visit, refused: CannotRead) -> str:
    """What cannot be, and what to write instead (HTML)."""
    return "⚠️ " + escape(hint(visit.words, refused.data))


async def _level(
    visit: Visit, category_id: int | None, *, page: int = 0, note: str = "", showing: int | None = None
) -> Screen:
    async with visit.db.read() as session:
        whole = await nodes.tree_of(session)
    if category_id is not None and category_id not in whole.nodes:
        raise NotFound(category_id=category_id)
    if showing is not None and showing in whole.nodes:
        page = whole.place(showing) // views.PAGE
    return views.level(visit.words, whole, category_id, page, note=note)


async def _ask(visit: Visit, step: str, category_id: int | None, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        if step == "rename" and category_id is not None:
            it = await tree.opened(session, visit.seller, category_id)
            if not it.mine:
                raise NotPermitted(wanted=Permission.CATALOGUE.value)
            whole, renamed = it.tree, it.node
        else:
            whole, renamed = await nodes.tree_of(session), None
            if category_id is not None:
                whole.get(category_id)
        await dialogs.start(session, visit.user, KIND, step, {"category_id": category_id}, now=visit.now())
    return views.name_question(visit.words, whole, below=category_id, renamed=renamed, problem=problem)


async def _ask_delete(visit: Visit, category_id: int) -> Screen:
    async with visit.db.begin() as session:
        it = await tree.opened(session, visit.seller, category_id)
        if it.goods or it.tree.below(category_id):
            refused = CannotRead(field="category", given="", hint="category_held")
            return views.one(visit.words, it, note=problem(visit, refused))
        if not it.mine:
            raise NotPermitted(wanted=Permission.CATALOGUE.value)
        await sure.ask(session, visit, DeleteCategory(category_id), _seen(it))
    return views.sure_to_delete(visit.words, it)


def _seen(it: tree.Opened) -> str:
    return f"category:{it.node.id}:{it.tree.path(it.node.id)}"[:200]
