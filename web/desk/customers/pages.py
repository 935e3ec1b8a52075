"""The list of customers, by their newest order, and the card of one; never their account."""

from typing import Any
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from db.models import Order, User
from db.numbers import read_id
from shop import orders
from shop.forms.writing import one_line
from shop.people import bans, buyers, customers, users
from shop.people.permissions import Acting, Permission
from shop.refusals import NotFound
from web.desk.behind import behind, present, words
from web.desk.orders import saying
from web.desk.pieces import explained, page, question, tell, to, warn
from web.desk.words import Words, mark

SIZE = 25  # rows of a page
LONGEST = 64  # letters of what is looked for
AWAY = "away"  # the tab of those who are not served


class Customers(CustomView):
    """Who bought."""

    menu_label = mark("Customers")
    icon: str | None = "fa fa-users"
    path = "/customers"

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders."""
        return present(request).may(Permission.ORDERS)

    def is_active(self, request: Request) -> bool:
        """Also on the card of one of them."""
        return request.url.path.startswith(f"{behind(request).path}/customers")

    @route("", name="customers")
    async def index(self, request: Request) -> Response:
        """A page of them; the number of an order, or an @name, opens the card at once."""
        who, desk, spoken = present(request), behind(request), words(request)
        asked = request.query_params
        query, before = one_line(asked.get("q", "")[:LONGEST]), read_id(asked.get("before", ""))
        tab = AWAY if asked.get("who") == AWAY and not query else ""
        older: int | None
        async with desk.db.read() as session:
            known = await _exactly(session, who.acting, query)
            if known is not None:
                return to(request, "customer", person_id=known)
            if tab:
                away = await bans.list_banned(session, who.acting, before=before, limit=SIZE + 1)
                rows = [_row(spoken, one, None, banned=True) for _, one in away[:SIZE]]
                older = away[SIZE - 1][0] if len(away) > SIZE else None
            else:
                found = await buyers.list_buyers(session, who.acting, called=query, before=before, limit=SIZE)
                rows = [_row(spoken, one.person, one.newest, banned=one.banned) for one in found.rows]
                older = found.further
        kept = {"q": query} if query else {"who": tab} if tab else {}
        context = {
            "title": spoken.plain(self.menu_label),
            "rows": rows,
            "query": query,
            "tabs": [("", spoken.plain("All")), (AWAY, spoken.plain("Not served"))],
            "tab": tab,
            "first": before is None,
            "newest": urlencode(kept),
            "older": None if older is None else urlencode({**kept, "before": older}),
        }
        return page(request, self, "customers.html", context)


class CustomerOf(CustomView):
    """One customer."""

    menu_label = mark("Customer")
    path = "/customers/{person_id:int}"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders."""
        return present(request).may(Permission.ORDERS)

    @route("", name="customer")
    async def index(self, request: Request) -> Response:
        """What there was between them."""
        who, desk, spoken = present(request), behind(request), words(request)
        async with desk.db.read() as session:
            card = await customers.card(session, who.acting, _number(request))
        context = {
            "title": _name(spoken, card.customer.person),
            "card": card,
            "since": spoken.date(card.since) if card.since else "",
            "paid": [
                (spoken.money(one.amount, one.currency), one.refunded and spoken.money(one.refunded, one.currency))
                for one in card.paid
            ],
            "orders": [
                {
                    "id": one.id,
                    "at": spoken.date(one.created_at),
                    "total": spoken.money(one.total_price, one.currency),
                    "status": saying.status(spoken, one),
                    "colour": saying.COLOURS[one.status],
                }
                for one in card.newest
            ],
            "stars": spoken.number(round(card.stars, 1)) if card.reviews else "",
            "everything": who.acting.everything,
            "most": customers.NOTE_LENGTH,
        }
        return page(request, self, "customer.html", context)

    @route("/note", methods=["POST"], name="customer-note")
    async def note(self, request: Request) -> Response:
        """Keep something in mind about them, in place of what was noted."""
        who, desk, person_id = present(request), behind(request), _number(request)
        form = await request.form()
        text = str(form.get("text", "")).replace("\r\n", "\n")
        async with desk.db.begin() as session:
            await customers.set_note(session, who.acting, person_id, text, now=desk.now())
        spoken = words(request)
        tell(request, spoken.plain("Noted.") if text.strip() else spoken.plain("Nothing is noted any more."))
        return to(request, "customer", person_id=person_id)

    @route("/serving", methods=["GET", "POST"], name="customer-serving")
    async def serving(self, request: Request) -> Response:
        """Ask; then serve them no more, or again."""
        who, desk, spoken, person_id = present(request), behind(request), words(request), _number(request)
        async with desk.db.read() as session:
            customer = await bans.look(session, who.acting, person_id)
        seen = "away" if customer.banned else "served"
        form = await request.form() if request.method == "POST" else {}
        if form.get("sure") != "1" or form.get("seen") != seen:
            if form.get("sure") == "1":
                warn(request, spoken.plain("Something changed meanwhile. Please look again."))
            return self._ask(request, customer, seen)
        name = _name(spoken, customer.person)
        welcome = spoken.plain("{name} can order again.", name=name)
        away = spoken.plain("{name} cannot order or write any more.", name=name)
        with explained(request, welcome if customer.banned else away):
            async with desk.db.begin() as session:
                if customer.banned:
                    await bans.unban(session, who.acting, person_id, now=desk.now())
                else:
                    operators = desk.policy().operators
                    await bans.ban(session, who.acting, person_id, operators=operators, now=desk.now())
        return to(request, "customer", person_id=person_id)

    def _ask(self, request: Request, customer: bans.Customer, seen: str) -> Response:
        spoken = words(request)
        name = _name(spoken, customer.person)
        back = request.url_for("desk:customer", person_id=customer.person.id)
        if customer.banned:
            lines, label = [spoken.plain("They can order, write and review again.")], spoken.plain("Take orders again")
            title = spoken.plain("Take orders from {name} again?", name=name)
            return question(request, self, title=title, lines=lines, label=label, back=back, seen=seen, danger=False)
        lines = [spoken.plain("They cannot order, write or review any more, and are told so when they try.")]
        if customer.open_orders:
            lines.append(
                spoken.plain_n(
                    "{n} order that is open goes on: it can be paid, sent and given back.",
                    "{n} orders that are open go on: they can be paid, sent and given back.",
                    customer.open_orders,
                )
            )
        if present(request).acting.everything:
            lines.append(spoken.plain("That is for the whole shop, with all of its sellers."))
        title = spoken.plain("Take no more orders from {name}?", name=name)
        label = spoken.plain("Yes, no more orders")
        return question(request, self, title=title, lines=lines, label=label, back=back, seen=seen)


async def _exactly(session: AsyncSession, acting: Acting, query: str) -> int | None:
    """The customer of this order, or of this @name, if they are one of the seller's."""
    number = read_id(query.removeprefix("#"))
    try:
        if number is not None:
            return (await orders.get_for_owner(session, acting, number)).user_id
        person = await users.find_by_username(session, query[1:]) if query.startswith("@") else None
        return (await bans.look(session, acting, person.id)).person.id if person is not None else None
    except NotFound:
        return None


def _row(spoken: Words, person: User, newest: Order | None, *, banned: bool) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": _name(spoken, person),
        "banned": banned,
        "order": newest.id if newest is not None else "",
        "at": spoken.date(newest.created_at) if newest is not None else "",
        "total": spoken.money(newest.total_price, newest.currency) if newest is not None else "",
        "status": saying.status(spoken, newest) if newest is not None else "",
        "colour": saying.COLOURS[newest.status] if newest is not None else "",
    }


def _name(spoken: Words, person: User) -> str:
    return person.name or spoken.plain("No name")


def _number(request: Request) -> int:
    return int(request.path_params["person_id"])
