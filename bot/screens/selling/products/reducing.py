"""A product's sale price: by command in one line, by keys, or by answering what it shall cost and until when."""

from datetime import date

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.products import reducing_views as views
from bot.screens.selling.products.buttons import AskSale, EndSale, SaleQuestion, SetSale
from bot.screens.selling.products.handlers import choose, find, show, unknown
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog, Permission
from shop import products
from shop.forms import dialogs
from shop.products.draft import SKU_LIMIT
from shop.products.owned import OwnedProduct
from shop.products.sale_days import LONGEST, SaleWish, as_draft, read_day, read_wish, today
from shop.products.sales import check_amount, end_sale, put_on_sale
from shop.refusals import CannotRead

KIND = "sale_price"
WORDS = 8  # of a line that says a sale: "9,90 € from 1.12. until 24.12."
OFF = frozenset({"off", "end", "0", "aus", "ende", "нет"})

router = Router()


@router.command("sale", for_="owner", needs=Permission.CATALOGUE, about=mark("Reduce a product for a while"), asks=KIND)
async def sale(visit: Visit, argument: str) -> Reply:
    """`/sale SKU 9.90 until 24.12.`, `/sale SKU -20%`, `/sale SKU off`; without a price it asks."""
    if not argument:
        usage = mark(
            "<code>/sale SKU 9.90 until 24.12.</code> or <code>/sale SKU -20%</code> reduces a product for a while."
        )
        return await choose(visit, lead=visit.words(usage))
    item = await find(visit, argument)
    if item is not None:
        return await _ask(visit, AskSale(item.product.id))
    item, said = await _split(visit, argument)
    if item is None:
        return await unknown(visit, argument.split(" ", maxsplit=1)[0])
    if said.casefold() in OFF:
        return await end(visit, EndSale(item.product.id))
    return await _read(visit, item, said)


@router.button(AskSale, for_="owner", needs=Permission.CATALOGUE, asks=KIND)
async def ask(visit: Visit, pressed: AskSale) -> Reply:
    """Ask what it shall cost, from when, or until when."""
    return await _ask(visit, pressed)


@router.button(SetSale, for_="owner", needs=Permission.CATALOGUE)
async def reduce(visit: Visit, pressed: SetSale) -> Reply:
    """It shall cost that."""
    wish = SaleWish(pressed.amount, _day(pressed.first), _day(pressed.last))
    return await _reduce(visit, pressed.product_id, wish)


@router.button(EndSale, for_="owner", needs=Permission.CATALOGUE)
async def end(visit: Visit, pressed: EndSale) -> Reply:
    """It shall cost its price again."""
    async with visit.db.begin() as session:
        await end_sale(session, visit.seller, pressed.product_id, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, pressed.product_id, note=visit.words("✅ The sale is over."))


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, _asked(dialog))


@router.dialog(KIND, for_="owner", needs=Permission.CATALOGUE, leaves=CLOSES, again=once_more)
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """A price, a percentage, a whole sale in one line, or a day."""
    asked = _asked(dialog)
    async with visit.db.read() as session:
        item = await products.get_owned(session, visit.seller, asked.product_id)
    if asked.question is SaleQuestion.AMOUNT or asked.amount is None:
        return await _read(visit, item, said.text)
    on, first = today(visit.now(), visit.policy.timezone), _day(asked.first)
    try:
        if asked.question is SaleQuestion.FIRST:
            first = read_day(said.text, on)
            return await _ask(visit, AskSale(asked.product_id, SaleQuestion.LAST, asked.amount, first.toordinal()))
        return await _reduce(visit, asked.product_id, SaleWish(asked.amount, first, read_day(said.text, first or on)))
    except CannotRead as refused:
        return await _ask(visit, asked, problem=_problem(visit, refused))


async def _read(visit: Visit, item: OwnedProduct, said: str) -> Reply:
    """What one line says; without its last day, that is asked."""
    number = item.product.id
    try:
        wish = read_wish(said, item.product.currency, today(visit.now(), visit.policy.timezone))
        check_amount(item, as_draft(wish, visit.policy.timezone))
        if wish.last is not None:
            return await _reduce(visit, number, wish)
    except CannotRead as refused:
        return await _ask(visit, AskSale(number), problem=_problem(visit, refused))
    first = None if wish.first is None else wish.first.toordinal()
    return await _ask(visit, AskSale(number, SaleQuestion.LAST, wish.amount, first))


async def _reduce(visit: Visit, product_id: int, wish: SaleWish) -> Screen:
    async with visit.db.begin() as session:
        draft = as_draft(wish, visit.policy.timezone)
        await put_on_sale(session, visit.seller, product_id, draft, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, product_id, note=visit.words("✅ The sale is set."))


async def _ask(visit: Visit, asked: AskSale, *, problem: str = "") -> Screen:
    zone, words = visit.policy.timezone, visit.words
    async with visit.db.begin() as session:
        item = await products.get_owned(session, visit.seller, asked.product_id)
        data = {"product_id": asked.product_id, "amount": asked.amount, "first": asked.first}
        await dialogs.start(session, visit.user, KIND, asked.question, data, now=visit.now())
    if asked.amount is None or asked.question is SaleQuestion.AMOUNT:
        return views.amount(words, item, now=visit.now(), problem=problem)
    wish, on = SaleWish(asked.amount, _day(asked.first)), today(visit.now(), zone)
    draw = views.first_day if asked.question is SaleQuestion.FIRST else views.last_day
    return draw(words, item, wish, on=on, zone=zone, problem=problem)


async def _split(visit: Visit, argument: str) -> tuple[OwnedProduct | None, str]:
    """The product whose SKU begins the line, and the sale after it; both may have blanks."""
    parts = argument[: SKU_LIMIT + LONGEST].split(" ")
    for place in range(len(parts) - 1, max(len(parts) - 1 - WORDS, 0), -1):
        item = await find(visit, " ".join(parts[:place]))
        if item is not None:
            return item, " ".join(parts[place:])
    return None, ""


def _asked(dialog: Dialog) -> AskSale:
    data = dialog.data
    return AskSale(int(data["product_id"]), SaleQuestion(dialog.step), data.get("amount"), data.get("first"))


def _day(ordinal: int | None) -> date | None:
    """A day that a key carries. Raises CannotRead for one that no calendar has."""
    if ordinal is None:
        return None
    if not date.min.toordinal() <= ordinal < date.max.toordinal() - 1:
        raise CannotRead(field="day", given="", hint="day_form")
    return date.fromordinal(ordinal)


def _problem(visit: Visit, refused: CannotRead) -> str:
    return "⚠️ " + escape(say(visit.words, refused))
