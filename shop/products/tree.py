"""The tree of categories in the hands of sellers: made, renamed, moved, put in order, and taken away when empty.

Categories are everybody's; a seller may change those in which, and below which, no goods of others are.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.changes import changes_of
from db.models import Category, Product, PromotionGoods
from db.models.term import rewrite
from db.writes import changed
from shop.catalog.cards import OPTION_SEPARATOR
from shop.catalog.categories import TREE
from shop.jobs.queues import queue_up
from shop.people import events
from shop.people.permissions import Acting, By, Permission, ask
from shop.products.draft import LEVELS, read_label, split_category
from shop.refusals import CannotRead, NotFound, NotPermitted, TooMany

MOST = 5_000  # categories in the whole tree
REWRITTEN = 2_000  # products that the search finds by new names at once


class Node(Struct, frozen=True):
    """A category in the tree."""

    id: int
    name: str
    parent_id: int | None


class Tree:
    """All categories, in their order."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self._below: dict[int | None, list[Node]] = {}
        for node in self.nodes.values():
            self._below.setdefault(node.parent_id, []).append(node)

    def get(self, category_id: int) -> Node:
        """One of them. Raises NotFound."""
        node = self.nodes.get(category_id)
        if node is None:
            raise NotFound(category_id=category_id)
        return node

    def below(self, category_id: int | None) -> Sequence[Node]:
        """Those right below one (None: at the top)."""
        return self._below.get(category_id, ())

    def above(self, category_id: int | None) -> list[Node]:
        """The category and those above it, from the top."""
        way: list[Node] = []
        while category_id is not None and len(way) <= len(self.nodes):
            node = self.get(category_id)
            way.append(node)
            category_id = node.parent_id
        return way[::-1]

    def path(self, category_id: int | None) -> str:
        """The names from the top: "Tea / Green"; empty at the top."""
        return OPTION_SEPARATOR.join(node.name for node in self.above(category_id))

    def within(self, category_id: int) -> list[int]:
        """The category and everything below it."""
        found, at = [category_id], 0
        while at < len(found) <= len(self.nodes):  # a loop made by hand ends, too
            found += [node.id for node in self.below(found[at])]
            at += 1
        return found

    def height(self, category_id: int) -> int:
        """Levels of the category and what is below it: 1 for one alone."""
        own = len(self.above(category_id)) - 1
        return max(len(self.above(each)) for each in self.within(category_id)) - own

    def place(self, category_id: int) -> int:
        """Which one it is among those beside it, from 0."""
        node = self.get(category_id)
        return [each.id for each in self.below(node.parent_id)].index(node.id)

    def homes_for(self, category_id: int, typed: str = "") -> list[int]:
        """Below which others it can hang, in the order of the tree; with a piece of their names, if one is typed."""
        itself, height = set(self.within(category_id)), self.height(category_id)
        now, piece = self.get(category_id).parent_id, typed.casefold()
        found: list[int] = []

        def walk(at: int | None, depth: int) -> None:
            for node in self.below(at) if depth + height < LEVELS else ():
                if node.id in itself:
                    continue
                if node.id != now and piece in node.name.casefold():
                    found.append(node.id)
                walk(node.id, depth + 1)

        walk(None, 0)
        return found


class Opened(Struct, frozen=True):
    """A category as it may be changed: where it is, and whether who asks may change it."""

    node: Node
    tree: Tree
    mine: bool
    goods: int  # products right in it, those off sale too, up to `COUNTED`


COUNTED = 1_000


async def tree_of(session: AsyncSession) -> Tree:
    """The whole tree; one query."""
    rows = await session.execute(
        select(Category.id, Category.name, Category.parent_id).order_by(Category.position, Category.id).limit(MOST)
    )
    return Tree(Node(row.id, row.name, row.parent_id) for row in rows)


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
    made = Category(name=name, parent_id=below, position=len(tree.below(below)))
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
    if acting.only is None:
        return True
    inside = Product.category_id.in_(tree.within(category_id))
    others = select(Product.id).where(inside, Product.owner_id != acting.only).limit(1)
    return await session.scalar(others) is None


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
