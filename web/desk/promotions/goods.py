"""What a promotion is for: categories and products, found by a piece of their names."""

from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop import products, promotions
from shop.forms.writing import one_line
from shop.people.permissions import Permission
from shop.products import nodes
from web.desk.behind import behind, present
from web.desk.pieces import explained, page
from web.desk.words import mark

FOUND = 12  # of each kind that are offered
LONGEST = 64  # letters of what is looked for


class PromotionGoods(CustomView):
    """Its goods."""

    menu_label = mark("Promotion")
    path = "/promotions/{promotion_id:int}/goods"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to promotion."""
        return present(request).may(Permission.PROMOTION)

    @route("", methods=["GET", "POST"], name="promotion-goods")
    async def index(self, request: Request) -> Response:
        """What it is for, and what it could be for; sent back, one more or one less."""
        if request.method == "POST":
            return await self._set(request)
        who, desk = present(request), behind(request)
        own = replace(who.acting, everything=False)  # a promotion of an operator is for their own goods, too
        query = one_line(request.query_params.get("q", "")[:LONGEST])
        async with desk.db.read() as session:
            chosen = await promotions.chosen(session, own, _number(request))
            found: list[tuple[str, str]] = []
            if query:
                piece, whole = query.casefold(), await nodes.tree_of(session)
                here = {number for number, _ in chosen.categories}
                named = [each.id for each in whole.nodes.values() if piece in each.name.casefold()]
                found += [(f"c{each}", whole.path(each)) for each in named if each not in here][:FOUND]
                mine = await products.list_owned(session, own, limit=FOUND, called=query)
                found += [
                    (f"p{item.product.id}", f"{item.product.name} · {item.product.sku}")
                    for item in mine.items
                    if item.product.id not in chosen.ids
                ]
        context = {
            "title": chosen.promotion.name,
            "number": chosen.promotion.id,
            "chosen": [(f"c{number}", name) for number, name in chosen.categories]
            + [(f"p{number}", name) for number, name in chosen.products],
            "found": found,
            "query": query,
        }
        return page(request, self, "promotion_goods.html", context)

    async def _set(self, request: Request) -> Response:
        who, desk, number = present(request), behind(request), _number(request)
        own = replace(who.acting, everything=False)
        form: Any = await request.form()
        wanted, which = "add" in form, str(form.get("add") or form.get("drop") or "")
        about = read_id(which[1:]) or 0
        with explained(request):
            async with desk.db.begin() as session:
                act = promotions.set_category if which[:1] == "c" else promotions.set_product
                await act(session, own, number, about, wanted=wanted, now=desk.now())
        address = request.url_for("desk:promotion-goods", promotion_id=number)
        query = one_line(str(form.get("q", ""))[:LONGEST])
        return RedirectResponse(address.include_query_params(q=query) if query else address, status_code=303)


def _number(request: Request) -> int:
    return int(request.path_params["promotion_id"])
