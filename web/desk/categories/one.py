"""One category: its names in every language, where it hangs, whether it is shown, and away with an empty one."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import Category
from db.numbers import read_id
from db.texts import LANGUAGES, Said, texts_of
from shop.forms.writing import one_line
from shop.people.permissions import Permission
from shop.products import tree
from shop.products.draft import LABEL_LIMIT, LEVELS
from shop.products.tree import COUNTED, Opened
from shop.refusals import CannotRead
from web.desk.behind import behind, present, words
from web.desk.pieces import explain, explained, page, question, tell, to, warn
from web.desk.words import mark

HOMES = 200  # places to hang it that are offered at once
LONGEST = 64  # letters of a name that is looked for


class CategoryOf(CustomView):
    """The page of one."""

    menu_label = mark("Category")
    path = "/categories/{category_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to goods."""
        return present(request).may(Permission.CATALOGUE)

    @route("", methods=["GET", "POST"], name="category")
    async def index(self, request: Request) -> Response:
        """What there is to know and to change of it; sent back, its names."""
        if request.method != "POST":
            return await self._show(request)
        who, desk, number = present(request), behind(request), _number(request)
        form = await request.form()
        given = {name: str(value) for name, value in form.items()}
        field = "name"
        try:
            name = tree.read_category_name(given.get("name", ""))
            others = {}
            for language in LANGUAGES:
                field = f"name_{language}"
                text = one_line(given.get(field, "")).strip()
                others[language] = tree.read_category_name(text) if text else ""
            async with desk.db.begin() as session:
                field = "name"
                await tree.rename(session, who.acting, number, name, now=desk.now())
                for language, text in others.items():
                    if f"name_{language}" in given:
                        await tree.translate(session, who.acting, number, language, text, now=desk.now())
        except CannotRead as refusal:
            wrong = {field: desk.say(words(request), refusal)}
            return await self._show(request, given=given, wrong=wrong, status=422)
        tell(request, words(request).plain("Saved."))
        return to(request, "category", category_id=number)

    @route("/move", methods=["POST"], name="category-move")
    async def move(self, request: Request) -> Response:
        """Hang it somewhere else, with all that is below it."""
        target = str((await request.form()).get("to", ""))
        above = None if target == "top" else read_id(target) or 0
        return await self._do(
            request,
            lambda session, by, number, now: tree.move(session, by, number, above, now=now),
            words(request).plain("Moved."),
        )

    @route("/shown", methods=["POST"], name="category-shown")
    async def shown(self, request: Request) -> Response:
        """Hide it from whoever buys, or show it again."""
        hidden = (await request.form()).get("to") == "hidden"
        spoken = words(request)
        away, back = spoken.plain("Hidden: nobody sees or buys what is in it."), spoken.plain("Shown again.")
        return await self._do(
            request,
            lambda session, by, number, now: tree.hide(session, by, number, hidden=hidden, now=now),
            away if hidden else back,
        )

    @route("/delete", methods=["GET", "POST"], name="category-delete")
    async def delete(self, request: Request) -> Response:
        """Ask; then it is gone."""
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        async with desk.db.read() as session:
            it = await tree.opened(session, who.acting, number)
        name = it.tree.path(number)
        if it.goods or it.tree.below(number):
            explain(request, CannotRead(field="category", given="", hint="category_held"))
            return to(request, "category", category_id=number)
        form = await request.form() if request.method == "POST" else {}
        if form.get("sure") != "1" or form.get("seen") != name:
            if form.get("sure") == "1":
                warn(request, spoken.plain("Something changed meanwhile. Please look again."))
            return question(
                request,
                self,
                title=spoken.plain("Delete {name}?", name=name),
                lines=[spoken.plain("It is empty: no product is in it. This cannot be undone.")],
                label=spoken.plain("Yes, delete"),
                back=request.url_for("desk:category", category_id=number),
                seen=name,
            )
        try:
            async with desk.db.begin() as session:
                await tree.take_away(session, who.acting, number, now=desk.now())
        except CannotRead as refusal:
            explain(request, refusal)
            return to(request, "category", category_id=number)
        tell(request, spoken.plain("{name} is deleted.", name=name))
        return to(request, "categories")

    async def _show(
        self,
        request: Request,
        *,
        given: dict[str, str] | None = None,
        wrong: dict[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        who, desk, spoken, number = present(request), behind(request), words(request), _number(request)
        async with desk.db.read() as session:
            it = await tree.opened(session, who.acting, number)
            texts = texts_of((await session.get_one(Category, number)).texts)
        typed = one_line(request.query_params.get("to", "")[:LONGEST])
        homes = it.tree.homes_for(number, typed)
        fields = {"name": it.node.name} | {f"name_{each}": texts.get(each, Said()).name for each in LANGUAGES}
        whole = it.tree
        above = [each for each in whole.above(number)[:-1] if each.hidden]
        context = {
            "title": whole.path(number),
            "node": it.node,
            "mine": it.mine,
            "goods": f"{spoken.number(COUNTED)}+" if it.goods >= COUNTED else spoken.number(it.goods),
            "below": [{"id": each.id, "name": each.name, "off": each.off} for each in whole.below(number)[:HOMES]],
            "may_hold": len(whole.above(number)) < LEVELS,
            "hidden_above": whole.path(above[0].id) if above else "",
            "is_empty": not it.goods and not whole.below(number),
            "homes": [(each, whole.path(each)) for each in homes[:HOMES]],
            "more_homes": len(homes) > HOMES or bool(typed),
            "typed": typed,
            "may_top": it.node.parent_id is not None,
            "languages": [(each, spoken.name_of(each)) for each in LANGUAGES],
            "given": {**fields, **(given or {})},
            "wrong": wrong or {},
            "most": LABEL_LIMIT,
            "listed": _listed(it),
        }
        return page(request, self, "category.html", context, status)

    async def _do(self, request: Request, act: Any, said: str) -> Response:
        who, desk, number = present(request), behind(request), _number(request)
        with explained(request, said):
            async with desk.db.begin() as session:
                await act(session, who.acting, number, desk.now())
        return to(request, "category", category_id=number)


def _listed(it: Opened) -> str:
    """What finds its products in the list of them."""
    return it.node.name if it.goods else ""


def _number(request: Request) -> int:
    return int(request.path_params["category_id"])
