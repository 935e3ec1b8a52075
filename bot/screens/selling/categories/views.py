"""The tree of categories: a level of it, one category, where it can hang, and the questions."""

from collections.abc import Sequence
from typing import TypeVar

from bot.screens.parts import ways
from bot.screens.selling.categories.buttons import (
    AskDeleteCategory,
    ChangeCategory,
    ChooseAbove,
    DeleteCategory,
    HideCategory,
    MoveCategory,
    NewCategory,
    OpenTree,
    PlaceCategory,
    RenameCategory,
)
from bot.screens.selling.translations.buttons import OpenNames
from bot.sending.cutting import fit_plain
from bot.sending.reply import Key, Screen
from bot.words import Words
from shop.products.nodes import Node, Tree
from shop.products.tree import COUNTED, Opened

T = TypeVar("T")

PAGE = 6
LABEL = 60  # UTF-16 units of a key
PATH = 600  # of a path in the text


def level(words: Words, tree: Tree, category_id: int | None, page: int, *, note: str = "") -> Screen:
    """The categories below one; `note` (HTML): what was just done."""
    below = tree.below(category_id)
    shown, page = _page(below, page)
    title = words("🗂 <b>Categories</b>")
    if category_id is not None:
        title = words("🗂 <b>{path}</b>", path=_path(tree, category_id))
    count = words.n("{n} category here.", "{n} categories here.", len(below)) if below else words("None here yet.")
    back = ways.home(words)
    acts = [Key(words.plain("+ New one here"), NewCategory(category_id))]
    if category_id is not None:
        acts.append(Key(words.plain("✏️ Change it"), ChangeCategory(category_id)))
        back = ways.back(words, OpenTree(tree.get(category_id).parent_id))
    return Screen(
        "\n\n".join(part for part in (note, title, count) if part),
        (
            *(
                (Key(fit_plain(f"{'🙈' if node.off else '📁'} {node.name}", LABEL), OpenTree(node.id)),)
                for node in shown
            ),
            ways.pages(
                words,
                OpenTree(category_id, page - 1) if page else None,
                OpenTree(category_id, page + 1) if (page + 1) * PAGE < len(below) else None,
            ),
            tuple(acts),
            (back,),
        ),
    )


def one(words: Words, it: Opened, *, note: str = "") -> Screen:
    """A category and what can be done to it; for whom it is not theirs, why nothing can."""
    node, tree = it.node, it.tree
    beside, place = tree.below(node.parent_id), tree.place(node.id)
    goods = f"{words.number(COUNTED)}+" if it.goods >= COUNTED else words.number(it.goods)
    lines = [
        words("Products in it: {n}", n=goods),
        words("Categories below it: {n}", n=words.number(len(tree.below(node.id)))),
        words("Place: {place} of {all}", place=words.number(place + 1), all=words.number(len(beside))),
    ]
    if node.hidden:
        lines.append(words("🙈 Hidden: nobody sees or buys what is in it or below."))
    elif node.off:
        above = next(each for each in tree.above(node.id) if each.hidden)
        lines.append(words("🙈 Not shown, because {path} is hidden.", path=_path(tree, above.id)))
    if not it.mine:
        lines.append("\n" + words("Other sellers made it or have goods here: only an operator changes it."))
    title = words("🗂 <b>{path}</b>", path=_path(tree, node.id))
    hide = HideCategory(node.id, hidden=not node.hidden)
    order = []
    if place:
        order.append(Key(words.plain("▲ To place {n}", n=words.number(place)), PlaceCategory(node.id, place - 1)))
    if place + 1 < len(beside):
        order.append(Key(words.plain("▼ To place {n}", n=words.number(place + 2)), PlaceCategory(node.id, place + 1)))
    rows = (
        (
            Key(words.plain("✏️ Rename"), RenameCategory(node.id)),
            Key(words.plain("📂 Move to…"), ChooseAbove(node.id)),
        ),
        tuple(order),
        (Key(words.plain("🌐 Other languages"), OpenNames(node.id)),),
        (Key(words.plain("👁 Show it again") if node.hidden else words.plain("🙈 Hide it"), hide),),
        (Key(words.plain("✕ Delete"), AskDeleteCategory(node.id), style="danger"),),
    )
    text = "\n\n".join(part for part in (note, title, "\n".join(lines)) if part)
    return Screen(text, (*(rows if it.mine else ()), (ways.back(words, OpenTree(node.id)),)))


def name_question(words: Words, tree: Tree, *, below: int | None, renamed: Node | None, problem: str = "") -> Screen:
    """What it shall be called; the next text is the answer."""
    if renamed is not None:
        text = words("✏️ <b>{path}</b>\n\nWhat shall it be called?", path=_path(tree, renamed.id))
        back = ways.back(words, ChangeCategory(renamed.id))
    elif below is None:
        text = words("🗂 <b>A new category</b>\n\nWhat shall it be called?")
        back = ways.back(words, OpenTree())
    else:
        text = words("🗂 <b>A new category in {path}</b>\n\nWhat shall it be called?", path=_path(tree, below))
        back = ways.back(words, OpenTree(below))
    return Screen("\n\n".join(part for part in (problem, text) if part), ((back,),))


def targets(
    words: Words, tree: Tree, node: Node, found: Sequence[int], page: int, *, typed: str = "", problem: str = ""
) -> Screen:
    """Where it can hang: pages of all, or what a typed piece of a name finds."""
    shown, page = _page(found, page)
    text = words(
        "📂 <b>{path}</b>\n\nIn which category shall it be? Tap one, or write a part of its name.",
        path=_path(tree, node.id),
    )
    if not found and not problem:
        problem = words("⚠️ It can be in no such category.")
    top: tuple[Key, ...] = ()
    if node.parent_id is not None:
        top = (Key(words.plain("⤒ At the top"), MoveCategory(node.id, None)),)
    turning: tuple[Key, ...] = ()
    if not typed:
        turning = ways.pages(
            words,
            ChooseAbove(node.id, page - 1) if page else None,
            ChooseAbove(node.id, page + 1) if (page + 1) * PAGE < len(found) else None,
        )
    elif len(found) > PAGE:
        text += "\n\n" + words("There are more of them: write more of the name.")
    return Screen(
        "\n\n".join(part for part in (problem, text) if part),
        (
            *((Key(fit_plain(tree.path(each), LABEL), MoveCategory(node.id, each)),) for each in shown),
            turning,
            top,
            (ways.back(words, ChangeCategory(node.id)),),
        ),
    )


def sure_to_delete(words: Words, it: Opened) -> Screen:
    """Before it goes."""
    text = words("🗂 <b>Delete {path}?</b>\n\nIt is empty.", path=_path(it.tree, it.node.id))
    yes = Key(words.plain("✕ Yes, delete"), DeleteCategory(it.node.id), style="danger")
    return Screen(text, ((yes,), (ways.back(words, ChangeCategory(it.node.id)),)))


def _page(all_of_them: Sequence[T], page: int) -> tuple[Sequence[T], int]:
    page = max(0, min(page, (len(all_of_them) - 1) // PAGE))
    return all_of_them[page * PAGE : (page + 1) * PAGE], page


def _path(tree: Tree, category_id: int) -> str:
    return fit_plain(tree.path(category_id), PATH)
