"""The list of reviews, by their stars or by what is to be done, and one of them: answered, hidden, shown again."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.numbers import read_id
from shop import reviews
from shop.people.permissions import Permission
from shop.reviews import COMMENT_LENGTH, HIGHEST, REASON_LENGTH, Received, Which
from web.desk.behind import behind, present, words
from web.desk.pieces import explained, page, to
from web.desk.words import Words, mark

SIZE = 20  # of a page
SAID = 300  # letters of a comment in the list
TABS: Mapping[Which, str] = {
    Which.ALL: mark("All"),
    Which.UNANSWERED: mark("Unanswered"),
    Which.HIDDEN: mark("Hidden"),
}
STARS = (Which.FIVE, Which.FOUR, Which.THREE, Which.TWO, Which.ONE)


class Reviews(CustomView):
    """What was said, newest first."""

    menu_label = mark("Reviews")
    icon: str | None = "fa fa-star"
    path = "/reviews"

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders."""
        return present(request).may(Permission.ORDERS)

    def is_active(self, request: Request) -> bool:
        """Also on the page of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/reviews")

    @route("", name="reviews")
    async def index(self, request: Request) -> Response:
        """A page of them."""
        who, desk, spoken = present(request), behind(request), words(request)
        asked = request.query_params.get("which", "")
        which = Which(asked) if asked in [*Which] else Which.ALL
        before = read_id(request.query_params.get("before", ""))
        async with desk.db.read() as session:
            found = await reviews.list_received(session, who.acting, which, before=before, limit=SIZE + 1)
        shown = found[:SIZE]
        tabs = [(each.value, spoken.plain(label)) for each, label in TABS.items()]
        tabs += [(each.value, f"{spoken.number(int(each.value))} ★") for each in STARS]
        context = {
            "title": spoken.plain(self.menu_label),
            "rows": [_row(spoken, one) for one in shown],
            "tabs": tabs,
            "tab": which.value,
            "first": before is None,
            "older": shown[-1].review.id if len(found) > SIZE else None,
        }
        return page(request, self, "reviews.html", context)


class ReviewOf(CustomView):
    """One review."""

    menu_label = mark("Review")
    path = "/reviews/{review_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders."""
        return present(request).may(Permission.ORDERS)

    @route("", name="review")
    async def index(self, request: Request) -> Response:
        """In full."""
        who, desk, spoken = present(request), behind(request), words(request)
        async with desk.db.read() as session:
            one = await reviews.get_received(session, who.acting, _number(request))
        context = {
            "title": spoken.plain("Review of {product}", product=one.product),
            "review": one.review,
            "row": _row(spoken, one, whole=True),
            "may_show": reviews.may_show(one.review, who.acting),
            "longest": COMMENT_LENGTH,
            "longest_reason": REASON_LENGTH,
        }
        return page(request, self, "review.html", context)

    @route("/answer", methods=["POST"], name="review-answer")
    async def answer(self, request: Request) -> Response:
        """Say something to it, for everybody to read; nothing takes the answer back."""
        text = str((await request.form()).get("text", "")).replace("\r\n", "\n")
        spoken = words(request)
        said = spoken.plain("Answered.") if text.strip() else spoken.plain("The answer is taken back.")
        return await self._do(
            request,
            lambda session, by, number, now: reviews.reply(session, by, number, text, now=now),
            said,
        )

    @route("/standing", methods=["POST"], name="review-standing")
    async def standing(self, request: Request) -> Response:
        """Hide it with a reason, or show it again."""
        form = await request.form()
        hidden, reason = form.get("to") == "hidden", str(form.get("reason", ""))
        away, back = mark("It is hidden. Its writer reads why."), mark("Everybody reads it again.")
        said = words(request).plain(away if hidden else back)
        return await self._do(
            request,
            lambda session, by, number, now: reviews.hide(session, by, number, hidden=hidden, reason=reason, now=now),
            said,
        )

    async def _do(self, request: Request, act: Any, said: str) -> Response:
        who, desk, number = present(request), behind(request), _number(request)
        with explained(request, said):
            async with desk.db.begin() as session:
                await act(session, who.acting, number, desk.now())
        return to(request, "review", review_id=number)


def _row(spoken: Words, one: Received, *, whole: bool = False) -> dict[str, Any]:
    review = one.review
    comment = review.comment or ""
    return {
        "id": review.id,
        "stars": "★" * review.rating + "☆" * (HIGHEST - review.rating),
        "rating": spoken.plain_n("{n} star of five", "{n} stars of five", review.rating),
        "person": review.user_id,
        "name": review.user.name or spoken.plain("No name"),
        "product_id": review.product_id,
        "product": one.product,
        "at": spoken.date(review.created_at),
        "comment": comment if whole or len(comment) <= SAID else comment[:SAID].rstrip() + "…",
        "photos": len(reviews.photos_of(review)),
        "answer": review.owner_reply or "",
        "hidden": review.hidden_at is not None,
        "reason": review.hidden_reason or "",
    }


def _number(request: Request) -> int:
    return int(request.path_params["review_id"])
