"""A new promotion by keys: what it gives, how much of it, and how it comes into a cart; or all of it in one line."""

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.promotions import making_views as views
from bot.screens.selling.promotions.buttons import ChooseCoded, ChooseKind, ChooseValue, Coded, NewPromotion
from bot.screens.selling.promotions.handlers import listed, show
from bot.screens.selling.promotions.line import read_line
from bot.screens.selling.promotions.reading import read_value
from bot.screens.selling.promotions.uses import uses_of
from bot.sending.reply import Reply, Screen
from bot.words import mark
from db.models import Dialog, Permission, PromotionKind
from shop import promotions
from shop.forms import dialogs
from shop.products.sale_days import today
from shop.promotions import PromotionDraft, fold
from shop.refusals import CannotRead, CodeTaken

KIND = "new_promotion"

router = Router()


@router.command("promo", for_="owner", needs=Permission.PROMOTION, about=mark("Codes and offers"))
async def promo(visit: Visit, argument: str) -> Reply:
    """`/promo` lists; `new SUMMER 20% until 31.8. min 30 limit 100` makes one; `uses SUMMER` lists its orders."""
    word, _, line = argument.strip().partition(" ")
    if not word:
        return await listed(visit, None)
    if word.casefold() == "uses" and line.strip():
        return await uses_of(visit, line)
    return await make_of_line(visit, line if word.casefold() == "new" else argument.strip())


@router.button(NewPromotion, for_="owner", needs=Permission.PROMOTION, asks=KIND)
async def new_promotion(visit: Visit, _pressed: NewPromotion) -> Reply:
    """Ask what it shall give; the answer may be the whole line."""
    return await _ask(visit, "line")


@router.button(ChooseKind, for_="owner", needs=Permission.PROMOTION, asks=KIND, within=KIND)
async def choose_kind(visit: Visit, pressed: ChooseKind) -> Reply:
    """Ask how much of it."""
    if pressed.kind is PromotionKind.FREE_SHIPPING:
        return await choose_value(visit, ChooseValue(pressed.kind))
    return await _ask(visit, "value", kind=pressed.kind)


@router.button(ChooseValue, for_="owner", needs=Permission.PROMOTION, asks=KIND, within=KIND)
async def choose_value(visit: Visit, pressed: ChooseValue) -> Reply:
    """Ask how it comes into a cart."""
    return await _ask(visit, "code", kind=pressed.kind, value=pressed.value, buy=pressed.buy, free=pressed.free)


@router.button(ChooseCoded, for_="owner", needs=Permission.PROMOTION, within=KIND)
async def choose_coded(visit: Visit, pressed: ChooseCoded) -> Reply:
    """By itself, or by one of many codes: it is made, and does not run yet."""
    gives = ChooseValue(pressed.kind, pressed.value, pressed.buy, pressed.free)
    return await _make(visit, _draft(visit, gives, automatic=pressed.coded is Coded.BY_ITSELF))


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, dialog.step, **dialog.data)


@router.dialog(KIND, for_="owner", needs=Permission.PROMOTION, leaves=CLOSES, again=once_more, takes="text")
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """A line, a value or a code; what cannot be read is asked for again."""
    try:
        if dialog.step == "line":
            return await make_of_line(visit, said.text, asked=True)
        kind = PromotionKind(dialog.data["kind"])
        if dialog.step == "value":
            value, buy, free = read_value(kind, said.text, visit.policy.currency)
            return await choose_value(visit, ChooseValue(kind, value, buy, free))
        code = _code(said.text)
        gives = ChooseValue(kind, dialog.data["value"], dialog.data["buy"], dialog.data["free"])
        return await _make(visit, _draft(visit, gives, code=code))
    except (CannotRead, CodeTaken) as refused:
        problem = "⚠️ " + escape(say(visit.words, refused))
        return await _ask(visit, dialog.step, problem=problem, **dialog.data)


async def make_of_line(visit: Visit, line: str, *, asked: bool = False) -> Reply:
    """Make what a line describes; it runs at once. Raises CannotRead, CodeTaken."""
    zone = visit.policy.timezone
    draft = read_line(line, visit.policy.currency, today(visit.now(), zone), zone)
    async with visit.db.begin() as session:
        made = await promotions.create(session, visit.seller, draft, now=visit.now())
        if asked:
            await dialogs.finish(session, visit.user, KIND)
    return await show(visit, made.id, note=visit.words("✅ The promotion runs."))


def _code(text: str) -> str:
    code = fold(text)
    if code is None:
        raise CannotRead(field="promotion", given=text[:40], hint="promo_code")
    return code


def _draft(visit: Visit, gives: ChooseValue, *, code: str | None = None, automatic: bool = False) -> PromotionDraft:
    name = code or views.named(visit.words, gives, visit.policy.currency)[:64]
    return PromotionDraft(
        name=name,
        kind=gives.kind,
        currency=visit.policy.currency,
        value=gives.value,
        buy_units=gives.buy,
        free_units=gives.free,
        code=code,
        automatic=automatic,
        running=False,
    )


async def _make(visit: Visit, draft: PromotionDraft) -> Screen:
    async with visit.db.begin() as session:
        made = await promotions.create(session, visit.seller, draft, now=visit.now())
        await dialogs.finish(session, visit.user, KIND)
    return await show(visit, made.id)


async def _ask(visit: Visit, step: str, *, problem: str = "", **data: object) -> Screen:
    async with visit.db.begin() as session:
        await dialogs.start(session, visit.user, KIND, step, data, now=visit.now())
    words, currency = visit.words, visit.policy.currency
    if step == "line":
        return views.kinds(words, problem=problem)
    kind = PromotionKind(str(data["kind"]))
    if step == "value":
        return views.value(words, kind, currency, problem=problem)
    value, buy, free = (int(str(data[name])) for name in ("value", "buy", "free"))
    return views.code(words, ChooseValue(kind, value, buy, free), currency, problem=problem)
