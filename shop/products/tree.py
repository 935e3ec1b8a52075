"""The tree of categories in the hands of sellers: made, renamed, moved, put in order, and taken away when empty.

Everybody may put goods into any. A seller may change those that they made, or that hold goods of theirs, as long as no
goods of others are in them or below; what is hidden is hidden with everything below (shop/catalog/offered.py).
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import changes_of
from db.models import Category, Product, PromotionGoods
from db.models.term import rewrite
from db.texts import LANGUAGES, Said, texts_of, with_text
from db.writes import changed
from shop.catalog.cards import OPTION_SEPARATOR
from shop.catalog.categories import TREE
from shop.jobs.queues import queue_up
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.products.draft import LEVELS, read_label, split_category
from shop.products.nodes import MOST, Node, Tree, tree_of
from shop.refusals import CannotRead, NotFound, NotPermitted, TooMany

REWRITTEN = 2_000  # products that the search finds by new names at once


class Opened(Struct, frozen=True):
    """A category as it may be changed: where it is, and whether who asks may change it."""

    node: Node
    tree: Tree
    mine: bool
    goods: int  # products right in it, those off sale too, up to `COUNTED`


COUNTED = 1_000


async def opened(session: AsyncSession, by: By, category_id: int) -> Opened:
    """One category, to be changed. Raises NotPermitted, NotFound."""
    acting = ask(by, Permission.CATALOGUE)
    tree = await tree_of(session)
    node = tree.get(category_id)
    goods = select(Product.id).where(Product.category_id == category_id, Product.parent_id.is_(None)).limit(COUNTED)
    count = len((await session.scalars(goods)).all())
    return Opened(node, tree, await _is_theirs(session, acting, tree, category_id), count)


async def make(session: AsyncSession, by: By, name: str, below: int | None, *, now: datetime) -> int:
    """A new category, the last of those below one (None: at the top); its id.

    Raises CannotRead (the name, or too deep), NotFound, NotPermitted, TooMany.
    """
    acting, tree = await _changing(session, by, now)
    name = read_category_name(name)
    if len(tree.nodes) >= MOST:
        raise TooMany(limit=MOST)
    if len(tree.above(below)) >= LEVELS:
        raise CannotRead(field="category", given=name, hint="category_deep")
    _free(tree, name, below)
    await _number(session, tree.below(below))
    off = below is not None and tree.get(below).off
    made = Category(name=name, parent_id=below, position=len(tree.below(below)), off=off, owner_id=acting.owner_id)
    session.add(made)
    await session.flush()
    path = OPTION_SEPARATOR.join(part for part in (tree.path(below), name) if part)
    _note(session, acting, "created", made.id, {"category": events.pair(None, path)}, now)
    return made.id


async def rename(session: AsyncSession, by: By, category_id: int, name: str, *, now: datetime) -> None:
    """Another name. Raises CannotRead (also: there is one of this name beside it), NotFound, NotPermitted."""
    acting, tree = await _changing(session, by, now, category_id)
    node, name = tree.get(category_id), read_category_name(name)
    if name == node.name:
        return
    _free(tree, name, node.parent_id, but=category_id)
    await changed(session, update(Category).where(Category.id == category_id).values(name=name))
    await _find_by_path(session, tree, category_id)
    _note(session, acting, "renamed", category_id, {"category": events.pair(tree.path(category_id), name)}, now)


async def translate(
    session: AsyncSession, by: By, category_id: int, language: str, name: str, *, now: datetime
) -> None:
    """Its name in one of LANGUAGES; an empty one takes it away. Raises CannotRead, NotFound, NotPermitted."""
    acting, tree = await _changing(session, by, now, category_id)
    if language not in LANGUAGES:
        raise NotFound(category_id=category_id)
    kept = await session.scalar(select(Category.texts).where(Category.id == category_id))
    before = texts_of(kept).get(language, Said()).name
    name = read_category_name(name) if name else ""
    if name == before:
        return
    texts = with_text(kept, language, Said(name))
    await changed(session, update(Category).where(Category.id == category_id).values(texts=texts))
    await _find_by_path(session, tree, category_id)
    told: dict[str, object] = {"category": tree.path(category_id)}
    told |= {f"translated_{language}": events.pair(before or None, name or None)}
    _note(session, acting, "translated", category_id, told, now)


async def move(session: AsyncSession, by: By, category_id: int, target: int | None, *, now: datetime) -> None:
    """Hang it, with everything below, below another one (None: at the top), as the last.

    Raises CannotRead (below itself, too deep, the name is taken there), NotFound, NotPermitted.
    """
    acting, tree = await _changing(session, by, now, category_id)
    node = tree.get(category_id)
    if target == node.parent_id:
        return
    if target is not None and tree.get(target).id in tree.within(category_id):
        raise CannotRead(field="category", given=tree.path(target), hint="category_inside")
    if len(tree.above(target)) + tree.height(category_id) > LEVELS:
        raise CannotRead(field="category", given=tree.path(target), hint="category_deep")
    _free(tree, node.name, target)
    await _number(session, tree.below(target))
    values = {"parent_id": target, "position": len(tree.below(target))}
    await changed(session, update(Category).where(Category.id == category_id).values(values))
    await _keep_off(session, await tree_of(session), category_id)
    await _find_by_path(session, tree, category_id)
    path = OPTION_SEPARATOR.join(part for part in (tree.path(target), node.name) if part)
    _note(session, acting, "moved", category_id, {"category": events.pair(tree.path(category_id), path)}, now)


async def put(session: AsyncSession, by: By, category_id: int, place: int, *, now: datetime) -> None:
    """Make it the one at this place (from 0) of those beside it; beyond the last is the last.

    Raises NotFound, NotPermitted.
    """
    acting, tree = await _changing(session, by, now, category_id)
    node, before = tree.get(category_id), tree.place(category_id)
    others = [each for each in tree.below(node.parent_id) if each.id != category_id]
    place = max(0, min(place, len(others)))
    if place == before:
        return
    await _number(session, [*others[:place], node, *others[place:]])
    places = events.pair(f"{node.name}: {before + 1}", f"{node.name}: {place + 1}")
    _note(session, acting, "placed", category_id, {"place": places}, now)


async def hide(session: AsyncSession, by: By, category_id: int, *, hidden: bool, now: datetime) -> None:
    """Hide it, with everything below, from whoever buys; or show it again. Done twice, it is done once.

    What was hidden for itself below it stays hidden. Raises NotFound, NotPermitted.
    """
    acting, tree = await _changing(session, by, now, category_id)
    if tree.get(category_id).hidden is hidden:
        return
    await changed(session, update(Category).where(Category.id == category_id).values(hidden=hidden))
    await _keep_off(session, await tree_of(session), category_id)
    data: dict[str, object] = {"path": tree.path(category_id), "hidden": events.pair(not hidden, hidden)}
    _note(session, acting, "hidden" if hidden else "shown", category_id, data, now)


async def _keep_off(session: AsyncSession, tree: Tree, category_id: int) -> None:
    """Let it and everything below say whether it, or one above, is hidden; two statements at most."""
    turned: dict[bool, list[int]] = {True: [], False: []}
    for each in tree.within(category_id):
        off = any(node.hidden for node in tree.above(each))
        if off is not tree.get(each).off:
            turned[off].append(each)
    for off, ids in turned.items():
        if ids:
            await changed(session, update(Category).where(Category.id.in_(ids)).values(off=off))


async def take_away(session: AsyncSession, by: By, category_id: int, *, now: datetime) -> None:
    """Delete an empty one. Raises CannotRead (something is in it, or a promotion names it), NotFound, NotPermitted."""
    acting, tree = await _changing(session, by, now, category_id)
    node = tree.get(category_id)
    named = select(PromotionGoods.id).where(PromotionGoods.category_id == category_id).limit(1)
    if tree.below(category_id) or await session.scalar(named) is not None:
        raise CannotRead(field="category", given=node.name, hint="category_held")
    try:  # a product may come into it this very moment: the foreign key decides
        async with session.begin_nested():
            await changed(session, delete(Category).where(Category.id == category_id))
    except IntegrityError as error:
        raise CannotRead(field="category", given=node.name, hint="category_held") from error
    _note(session, acting, "deleted", category_id, {"category": events.pair(tree.path(category_id), None)}, now)


async def _find_by_path(session: AsyncSession, tree: Tree, category_id: int) -> None:
    """Let the search find what is in the category, and below it, by the names above it as they are now.

    Of very many products, which cannot be written anew at once, the others follow when they are next changed.
    """
    inside = Product.category_id.in_(tree.within(category_id))
    goods = select(Product.id).where(inside, Product.parent_id.is_(None)).order_by(Product.id.desc())
    ids = list(await session.scalars(goods.limit(REWRITTEN)))
    await session.run_sync(lambda sync: rewrite(sync.connection(), ids))


def read_category_name(text: str) -> str:
    """A category's own name, without the marks that part a path. Raises CannotRead."""
    name = read_label(text)
    if split_category(name) != (name,):
        raise CannotRead(field="category", given=name[:40], hint="category_name")
    return name


async def _changing(
    session: AsyncSession, by: By, now: datetime, category_id: int | None = None
) -> tuple[Acting, Tree]:
    """Who changes the tree, and the tree as nobody else changes it meanwhile."""
    acting = ask(by, Permission.CATALOGUE)
    await queue_up(session, TREE, now=now)
    tree = await tree_of(session)
    if category_id is not None:
        tree.get(category_id)
        if not await _is_theirs(session, acting, tree, category_id):
            raise NotPermitted(wanted=Permission.CATALOGUE.value)
    changes_of(session).everything = True
    return acting, tree


async def _is_theirs(session: AsyncSession, acting: Acting, tree: Tree, category_id: int) -> bool:
    """Whether no goods of others are in it or below, and it, and each below, was made by them or holds their goods."""
    if acting.only is None:
        return True
    within = tree.within(category_id)
    inside = Product.category_id.in_(within)
    others = select(Product.id).where(inside, Product.owner_id != acting.only).limit(1)
    if await session.scalar(others) is not None:
        return False
    of_others = {each for each in within if tree.get(each).owner_id not in {None, acting.only}}
    if not of_others:
        return True
    filled = await session.scalars(select(Product.category_id).where(inside).distinct())
    held = {node.id for each in filled for node in tree.above(each)}
    return of_others <= held


def _free(tree: Tree, name: str, below: int | None, *, but: int | None = None) -> None:
    if any(node.name.casefold() == name.casefold() and node.id != but for node in tree.below(below)):
        raise CannotRead(field="category", given=name, hint="category_taken")


async def _number(session: AsyncSession, nodes: Sequence[Node]) -> None:
    """Put these in their order, by as few statements as rows stand elsewhere."""
    for place, node in enumerate(nodes):
        elsewhere = update(Category).where(Category.id == node.id, Category.position != place)
        await changed(session, elsewhere.values(position=place))


def _note(
    session: AsyncSession, acting: Acting, action: str, category_id: int, data: dict[str, object], now: datetime
) -> None:
    subject = f"category:{category_id}"
    events.write(session, acting.actor, f"category.{action}", subject, owner_id=acting.only, data=data, now=now)
