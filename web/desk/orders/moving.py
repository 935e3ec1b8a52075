"""What is asked before an order is moved, and the move; a question counts for what it showed, and for nothing else."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin import CustomView, route

from db.amounts import parse_amount
from db.models import Order
from db.numbers import read_id
from shop import orders
from shop.forms.writing import clean, one_line
from shop.orders import standing
from shop.orders.news import BY_HAND
from shop.payments import giving
from shop.payments.line_refunds import LineLeft, lines_left
from shop.people.permissions import Permission
from shop.refusals import CannotRead, Refusal
from web.desk.behind import behind, present, words
from web.desk.orders import doing, saying
from web.desk.orders.doing import Given
from web.desk.orders.open_moves import BY_NAME, Move, may
from web.desk.pieces import explain, page, secret, tell, warn
from web.desk.words import mark

LONGEST = 4096  # letters of a text in a form
ONCE = 16  # letters that name a form
DONE = {
    "accept": mark("The order goes on."),
    "ship": mark("It is on its way. The customer is told."),
    "complete": mark("It is completed."),
    "money": mark("Noted: the money came."),
    "cancel": mark("The order is cancelled. The customer is told."),
    "refund": mark("The money goes back. The customer is told."),
}


class OrderMoves(CustomView):
    """Moving one order."""

    menu_label = mark("Order")
    path = "/orders/{order_id:int}/do"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders or to money; each move asks for more."""
        return present(request).may(*orders.reading.SEEING)

    @route("", name="order-moves")
    async def index(self, request: Request) -> Response:
        """There is nothing to do without a move."""
        return _to_order(request)

    @route("/{move}", methods=["GET", "POST"], name="order-move")
    async def move(self, request: Request) -> Response:
        """Ask; then do it, if the order still stands as the question showed it."""
        who, desk = present(request), behind(request)
        move = BY_NAME.get(str(request.path_params["move"]))
        if move is None:
            raise HTTPException(404)
        async with desk.db.read() as session:
            order = await orders.get_for_owner(session, who.acting, _number(request))
            left = await lines_left(session, order) if move.name == "refund" else []
        if not may(move, order, who):
            raise HTTPException(403)
        if not move.when(order):
            warn(request, words(request).plain("The order has moved on. This is how it stands now."))
            return _to_order(request)
        if request.method != "POST":
            return await self._ask(request, order, move, left)
        form = await request.form()
        try:
            given = _given(form, order)
            if form.get("sure") != "1" or form.get("seen") != standing.as_seen(order):
                if form.get("sure") == "1":
                    warn(request, words(request).plain("The order has changed meanwhile. Please look again."))
                return await self._ask(request, order, move, left, given)
            await doing.DOING[move.name](desk, who, order, given)
        except Refusal as refusal:
            explain(request, refusal)
            return _to_order(request)
        tell(request, words(request).plain(DONE[move.name]))
        return _to_order(request)

    async def _ask(
        self, request: Request, order: Order, move: Move, left: list[LineLeft], given: Given | None = None
    ) -> Response:
        """The question; of a refund first how much, then whether."""
        who, desk, spoken = present(request), behind(request), words(request)
        goes_back = None
        if move.name == "refund" and given is not None:
            try:
                async with desk.db.begin() as session:
                    wish = doing.wish_of(who, order, given)
                    goes_back = await giving.weigh(session, wish, desk.providers, now=desk.now())
            except Refusal as refusal:
                explain(request, refusal)
        context: dict[str, Any] = {
            "title": spoken.plain("Order {number}", number=order.id),
            "order": order,
            "move": move,
            "seen": standing.as_seen(order),
            "once": given.once if given is not None else secret(),
            "given": given,
            "lines": left,
            "goes_back": goes_back,
            "money_left": standing.money_left(order),
            "by_hand": order.payment_method in BY_HAND,
            "is_paid": standing.is_paid(order),
            "is_unsent": standing.is_unsent(order),
            "method": saying.method(spoken, order.payment_method),
            "may_take_money": who.may(Permission.MONEY),
        }
        return page(request, self, "order_move.html", context)


class OrderWords(CustomView):
    """Noting something about an order, and writing to its customer."""

    menu_label = mark("Order")
    path = "/orders/{order_id:int}/write"
    add_to_menu = False

    def is_accessible(self, request: Request) -> bool:
        """Who sees to orders."""
        return present(request).may(Permission.ORDERS)

    @route("", name="order-words")
    async def index(self, request: Request) -> Response:
        """There is nothing to write by itself."""
        return _to_order(request)

    @route("/note", methods=["POST"], name="order-note")
    async def note(self, request: Request) -> Response:
        """Keep something in mind about the order."""
        given = _given(await request.form(), None)
        try:
            await doing.note(behind(request), present(request), _number(request), given.text)
        except CannotRead as refusal:
            explain(request, refusal)
        return _to_order(request)

    @route("/answer", methods=["POST"], name="order-answer")
    async def answer(self, request: Request) -> Response:
        """Write to the customer."""
        given = _given(await request.form(), None)
        try:
            await doing.answer(behind(request), present(request), _number(request), given)
            tell(request, words(request).plain("Sent. The customer reads it in the chat."))
        except CannotRead as refusal:
            explain(request, refusal)
        return _to_order(request)


def _given(form: Any, order: Order | None) -> Given:
    """What a form says. Raises CannotRead (an amount that is none)."""
    amount = None
    written = one_line(str(form.get("amount", ""))[:32])
    if order is not None and form.get("how") == "amount":
        try:
            amount = parse_amount(written, order.currency)
        except ValueError:
            raise CannotRead(field="amount", given=written, hint="refund_amount") from None
    item, _, units = str(form.get("line", "")).partition(":")
    by_line = form.get("how") == "line"
    return Given(
        once=one_line(str(form.get("once", ""))[:ONCE]) or secret(),
        text=clean(str(form.get("text", ""))[:LONGEST]),
        amount=amount,
        item_id=read_id(item) if by_line else None,
        units=(read_id(units) or 0) if by_line else 0,
        written=written,
        restock=form.get("restock") == "1" and form.get("how", "all") == "all",
        paid=form.get("paid") == "1",
    )


def _number(request: Request) -> int:
    return int(request.path_params["order_id"])


def _to_order(request: Request) -> Response:
    return RedirectResponse(request.url_for("desk:order", order_id=_number(request)), status_code=303)
