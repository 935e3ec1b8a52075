"""The whole tree, page by page, put in order with keys; and a new category."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop.forms.writing import one_line
from shop.people.permissions import Permission
from shop.products import nodes, tree
from shop.products.draft import LABEL_LIMIT, LEVELS
from shop.products.nodes import Node, Tree
from shop.refusals import CannotRead
from web.desk.behind import behind, present, words
from web.desk.pieces import explained, page, tell, to
from web.desk.words import mark

SIZE = 100  # rows of a page
LONGEST = 64  # letters of what is looked for


class Categories(CustomView):
    """The tree."""

    menu_label = mark("Categories")
    icon: str | None = "fa fa-folder-tree"
    path = "/categories"

    def is_accessible(self, request: Request) -> bool:
        """Who sees to goods."""
        return present(request).may(Permission.CATALOGUE)

    def is_active(self, request: Request) -> bool:
        """Also on the page of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/categories")

    @route("", name="categories")
    async def index(self, request: Request) -> Response:
        """A page of it, or those with a piece of their name."""
        asked = request.query_params
        query, turn = one_line(asked.get("q", "")[:LONGEST]), read_id(asked.get("page", "")) or 0
        async with behind(request).db.read() as session:
            whole = await nodes.tree_of(session)
        flat = flattened(whole)
        if query:
            piece = query.casefold()
            flat = [(node, depth) for node, depth in flat if piece in node.name.casefold()]
        last = max(0, (len(flat) - 1) // SIZE)
        turn = min(turn, last)
        shown = flat[turn * SIZE : (turn + 1) * SIZE]
        kept = {"q": query} if query else {}
        context = {
            "title": words(request).plain(self.menu_label),
            "rows": [_row(whole, node, depth, found=bool(query)) for node, depth in shown],
            "query": query,
            "turn": turn,
            "before": urlencode({**kept, "page": turn - 1}) if turn else None,
            "after": urlencode({**kept, "page": turn + 1}) if turn < last else None,
        }
        return page(request, self, "categories.html", context)

    @route("/place", methods=["POST"], name="categories-place")
    async def place(self, request: Request) -> Response:
        """Put one at another place among those beside it."""
        who, desk = present(request), behind(request)
        form = await request.form()
        which, _, place = str(form.get("place", "")).partition(":")
        number, at = read_id(which), int(place) if place.isdecimal() and len(place) < 5 else 0  # noqa: PLR2004
        with explained(request):
            async with desk.db.begin() as session:
                await tree.put(session, who.acting, number or 0, at, now=desk.now())
        turn = read_id(str(form.get("page", ""))) or 0
        address = request.url_for("desk:categories").include_query_params(page=turn)
        return RedirectResponse(f"{address}#c{number}", status_code=303)

    @route("/new", methods=["GET", "POST"], name="category-new")
    async def new(self, request: Request) -> Response:
        """Another one, at the top or below one."""
        who, desk, spoken = present(request), behind(request), words(request)
        form: Any = await request.form() if request.method == "POST" else request.query_params
        below = read_id(str(form.get("below", "")))
        async with desk.db.read() as session:
            whole = await nodes.tree_of(session)
        where = whole.path(below) if below is not None else ""
        context: dict[str, Any] = {
            "title": spoken.plain("A new category in {path}", path=where) if where else spoken.plain("A new category"),
            "below": below or "",
            "given": {"name": str(form.get("name", ""))},
            "wrong": {},
            "most": LABEL_LIMIT,
        }
        if request.method != "POST":
            return page(request, self, "category_new.html", context)
        try:
            async with desk.db.begin() as session:
                made = await tree.make(session, who.acting, context["given"]["name"], below, now=desk.now())
        except CannotRead as refusal:
            context["wrong"] = {"name": desk.say(spoken, refusal)}
            return page(request, self, "category_new.html", context, 422)
        tell(request, spoken.plain("It is made. Products come into it on their pages."))
        return to(request, "category", category_id=made)


def flattened(whole: Tree) -> list[tuple[Node, int]]:
    """The tree from top to bottom, each with how deep it hangs."""
    found: list[tuple[Node, int]] = []
    waiting = [(node, 0) for node in reversed(whole.below(None))]
    while waiting and len(found) < nodes.MOST:
        node, depth = waiting.pop()
        found.append((node, depth))
        if depth + 1 < LEVELS:
            waiting += [(each, depth + 1) for each in reversed(whole.below(node.id))]
    return found


def _row(whole: Tree, node: Node, depth: int, *, found: bool) -> dict[str, Any]:
    beside, place = len(whole.below(node.parent_id)), whole.place(node.id)
    return {
        "id": node.id,
        "name": whole.path(node.id) if found else node.name,
        "depth": 0 if found else depth,
        "below": len(whole.below(node.id)),
        "hidden": node.hidden,
        "off": node.off,
        "up": None if found or not place else place - 1,
        "down": None if found or place + 1 == beside else place + 1,
    }
