"""The tree of categories as it is read: what is below and above each, and where it can hang."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import Category
from shop.catalog.cards import OPTION_SEPARATOR
from shop.products.draft import LEVELS
from shop.refusals import NotFound

MOST = 5_000  # categories in the whole tree


class Node(Struct, frozen=True):
    """A category in the tree."""

    id: int
    name: str
    parent_id: int | None
    hidden: bool = False
    off: bool = False  # it, or one above it, is hidden
    owner_id: int | None = None  # who made it


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


async def tree_of(session: AsyncSession) -> Tree:
    """The whole tree; one query."""
    columns = (Category.id, Category.name, Category.parent_id, Category.hidden, Category.off, Category.owner_id)
    rows = await session.execute(select(*columns).order_by(Category.position, Category.id).limit(MOST))
    return Tree(Node(*row) for row in rows)
