"""The list of products, a new one, and one change for several of them."""

from typing import Any
from urllib.parse import urlencode

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop import importing, products
from shop.importing import several
from shop.people.permissions import Permission, ask
from shop.products.owned import SEEING
from shop.refusals import CannotRead
from web.desk.behind import behind, present, words
from web.desk.lists import saying as list_saying
from web.desk.lists import taking
from web.desk.lists.pages import done
from web.desk.pieces import page, tell, warn
from web.desk.products import reading, saying
from web.desk.words import mark

SIZE = 25
LONGEST = 64  # letters of what is looked for


class Products(CustomView):
    """Everything that is offered, or was, or will be; the newest first."""

    menu_label = mark("Products")
    icon: str | None = "fa fa-tags"
    path = "/products"

    def title(self, request: Request) -> str:
        """Its name."""
        return words(request).plain(self.menu_label)

    def is_accessible(self, request: Request) -> bool:
        """Who sees to goods, to stock, or to promotion."""
        return present(request).may(*SEEING)

    def is_active(self, request: Request) -> bool:
        """Also on the page of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/products")

    @route("", name="products")
    async def index(self, request: Request) -> Response:
        """A page of them."""
        who, desk, asked = present(request), behind(request), request.query_params
        query = asked.get("q", "").strip()[:LONGEST]
        before, after = read_id(asked.get("before", "")), read_id(asked.get("after", ""))
        async with desk.db.read() as session:
            found = await products.list_owned(
                session, who.acting, after_id=before, before_id=after, limit=SIZE, called=query
            )
        kept = {"q": query} if query else {}
        items = found.items
        context = {
            "title": self.title(request),
            "rows": [saying.row(words(request), item) for item in items],
            "query": query,
            "older": urlencode({**kept, "before": items[-1].product.id}) if found.has_older and items else None,
            "newer": urlencode({**kept, "after": items[0].product.id}) if found.has_newer and items else None,
            "may_add": who.may(Permission.CATALOGUE),
            "may_alter": _may_alter(request),
        }
        return page(request, self, "products.html", context)

    @route("/new", methods=["GET", "POST"], name="product-new")
    async def new(self, request: Request) -> Response:
        """A draft to begin with: it is shown when its photos are there, and somebody says so."""
        who, desk, spoken = present(request), behind(request), words(request)
        ask(who.acting, Permission.CATALOGUE)
        currency = desk.policy().currency
        context: dict[str, Any] = {"title": spoken.plain("New product"), "currency": currency, "given": {}, "wrong": {}}
        if request.method != "POST":
            return page(request, self, "product_new.html", context)
        form = await request.form()
        context["given"] = {name: str(value) for name, value in form.items()}
        try:
            draft = reading.draft(form, currency)
            async with desk.db.begin() as session:
                made = await products.create(session, who.acting, draft, published=False, now=desk.now())
                number = made.id
        except CannotRead as refusal:
            context["wrong"] = {refusal.data["field"]: desk.say(spoken, refusal)}
            return page(request, self, "product_new.html", context, 422)
        tell(request, spoken.plain("It is a draft: nobody sees it before you publish it."))
        return RedirectResponse(request.url_for("desk:product", product_id=number), status_code=303)

    @route("/several", methods=["POST"], name="products-several")
    async def several(self, request: Request) -> Response:
        """What one change for several of them would do."""
        return await self._alter(request, do=False)

    @route("/several/do", methods=["POST"], name="products-several-do")
    async def several_do(self, request: Request) -> Response:
        """Do it."""
        return await self._alter(request, do=True)

    async def _alter(self, request: Request, *, do: bool) -> Response:
        who, desk, spoken = present(request), behind(request), words(request)
        form = await request.form()
        chosen = [number for value in form.getlist("id")[: several.MOST] if (number := read_id(str(value)))]
        what, amount = str(form.get("what", "")), str(form.get("amount", ""))
        try:
            wanted = several.read(what, amount)
        except CannotRead:
            warn(
                request,
                spoken.plain("Write a whole number: 10 is ten percent dearer, -10 cheaper; or ten more in stock."),
            )
            return _back(request)
        if (
            who.acting.everything
        ):  # an operator changes the goods of others as if they were that seller, under their own name
            async with desk.db.read() as session:
                sellers = await several.sellers_of(session, chosen)
            if len(sellers) > 1:
                warn(request, spoken.plain("Choose products of one seller at a time."))
                return _back(request)
            who = replace(who, acting=replace(who.acting, owner_id=next(iter(sellers), who.acting.owner_id)))
        try:
            async with desk.db.read() as session:
                content = await several.listed(session, who.acting, chosen, wanted)
        except CannotRead as refusal:
            warn(request, desk.say(spoken, refusal))
            return _back(request)
        if not content:
            warn(request, spoken.plain("Choose some products first."))
            return _back(request)
        name = _name(request, wanted)
        if do:
            if form.get("mark") == importing.mark_of(content):
                report = await taking.take(desk, who, content, name=name, seen=str(form.get("seen", "")))
                if report is not None and report.ok:
                    return done(request, report)
            warn(request, spoken.plain("Something changed meanwhile. It would do this now:"))
        report = await taking.look(desk, who, content)
        fields: list[tuple[str, object]] = [("id", number) for number in chosen]
        fields += [("what", what), ("amount", amount), ("mark", importing.mark_of(content))]
        context = {
            "title": name,
            "shown": list_saying.preview(spoken, report),
            "name": name,
            "content": "",
            "seen": importing.outline(report),
            "target": request.url_for("desk:products-several-do"),
            "fields": fields,
            "back": request.url_for("desk:products"),
        }
        return page(request, self, "list_preview.html", context)


def _may_alter(request: Request) -> bool:
    who = present(request)
    return who.may(Permission.CATALOGUE) and who.may(Permission.STOCK)


def _name(request: Request, wanted: several.Alteration) -> str:
    """What the change is called, here and where it can be undone."""
    spoken = words(request)
    match wanted.what:
        case several.What.PRICE:
            return spoken.plain("Prices {percent} %", percent=f"{wanted.amount:+d}".replace("-", "\u2212"))
        case several.What.RESTOCK:
            return spoken.plain("Stock +{n}", n=wanted.amount)
        case several.What.ARCHIVE:
            return spoken.plain("Archive")
        case several.What.PUBLISH:
            return spoken.plain("Publish")


def _back(request: Request) -> Response:
    return RedirectResponse(request.url_for("desk:products"), status_code=303)
