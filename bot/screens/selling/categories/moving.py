"""Moving a category, with all that is below it, to another place in the tree."""

from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.categories import views
from bot.screens.selling.categories.buttons import ChooseAbove, MoveCategory
from bot.screens.selling.categories.handlers import problem, show
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop.forms import dialogs
from shop.products import tree
from shop.refusals import CannotRead, NotPermitted

KIND = "move_category"
TYPED = 100  # letters of a name that are looked for

router = Router()


@router.button(ChooseAbove, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def choose_above(visit: Visit, pressed: ChooseAbove) -> Reply:
    """Where it can be."""
    return await _choose(visit, pressed.category_id, page=pressed.page)


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _choose(visit, int(dialog.data["category_id"]))


@router.dialog(KIND, for_="owner", needs=Permission.CATALOGUE, leaves=CLOSES, again=once_more, takes="text")
async def part_of_a_name(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """Those of such a name."""
    return await _choose(visit, int(dialog.data["category_id"]), typed=said.text.strip()[:TYPED])


@router.button(MoveCategory, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def move_category(visit: Visit, pressed: MoveCategory) -> Reply:
    """There it is."""
    try:
        async with visit.db.begin() as session:
            await tree.move(session, visit.seller, pressed.category_id, pressed.to, now=visit.now())
            await dialogs.finish(session, visit.user, KIND)
    except CannotRead as refused:
        return await _choose(visit, pressed.category_id, refusal=problem(visit, refused))
    return await show(visit, pressed.category_id, note=visit.words("✅ Moved."))


async def _choose(visit: Visit, category_id: int, *, page: int = 0, typed: str = "", refusal: str = "") -> Screen:
    async with visit.db.begin() as session:
        it = await tree.opened(session, visit.seller, category_id)
        if not it.mine:
            raise NotPermitted(wanted=Permission.CATALOGUE.value)
        await dialogs.start(session, visit.user, KIND, "to", {"category_id": category_id}, now=visit.now())
    found = it.tree.homes_for(category_id, typed)
    return views.targets(visit.words, it.tree, it.node, found, page, typed=typed, problem=refusal)
