"""Changing a promotion: one value after the other, by a key or by writing it; throwing a draft away."""

from markupsafe import escape

from bot.routing.refusals import say
from bot.routing.router import CLOSES, Router
from bot.routing.said import Said
from bot.routing.visit import Visit
from bot.screens.selling.promotions import editing_views as views
from bot.screens.selling.promotions.buttons import AskField, DiscardPromotion, Field, OpenConditions, SetField
from bot.screens.selling.promotions.codes import make_codes, send_made
from bot.screens.selling.promotions.handlers import listed, show
from bot.screens.selling.promotions.reading import as_field, read_field
from bot.sending.reply import Reply, Screen
from db.models import Dialog, Permission
from shop import promotions
from shop.forms import dialogs
from shop.products.sale_days import today
from shop.refusals import CannotRead, Refusal, TooManyCodesMade

KIND = "promotion_field"
OF_CONDITIONS = frozenset(Field) - {Field.NAME, Field.VALUE, Field.CODES}

router = Router()


@router.button(OpenConditions, for_="owner", needs=Permission.PROMOTION)
async def open_conditions(visit: Visit, pressed: OpenConditions) -> Reply:
    """Its limits and its days."""
    return await _conditions(visit, pressed.promotion_id)


@router.button(AskField, for_="owner", needs=Permission.PROMOTION, asks=KIND)
async def ask_field(visit: Visit, pressed: AskField) -> Reply:
    """Ask for one of them."""
    return await _ask(visit, pressed.promotion_id, pressed.field)


@router.button(SetField, for_="owner", needs=Permission.PROMOTION, within=KIND)
async def set_field(visit: Visit, pressed: SetField) -> Reply:
    """It is that."""
    try:
        values = as_field(pressed.field, pressed.number, visit.policy.timezone)
        return await _change(visit, pressed.promotion_id, pressed.field, values)
    except CannotRead as refused:
        return await _ask(visit, pressed.promotion_id, pressed.field, problem=_problem(visit, refused))


async def once_more(visit: Visit, dialog: Dialog) -> Reply:
    """The question again."""
    return await _ask(visit, int(dialog.data["promotion_id"]), Field(dialog.step))


@router.dialog(KIND, for_="owner", needs=Permission.PROMOTION, leaves=CLOSES, again=once_more, takes="text")
async def answer(visit: Visit, dialog: Dialog, said: Said) -> Reply | None:
    """What was written; what cannot be read is asked for again."""
    promotion_id, field = int(dialog.data["promotion_id"]), Field(dialog.step)
    zone = visit.policy.timezone
    try:
        if field is Field.CODES:
            codes = await make_codes(visit, promotion_id, promotions.read_times(said.text))
            async with visit.db.begin() as session:
                await dialogs.finish(session, visit.user, KIND)
            return send_made(visit, promotion_id, codes)
        async with visit.db.read() as session:
            about = (await promotions.look(session, visit.seller, promotion_id)).promotion
        values = read_field(about, field, said.text, today(visit.now(), zone), zone)
        return await _change(visit, promotion_id, field, values)
    except (CannotRead, TooManyCodesMade) as refused:
        return await _ask(visit, promotion_id, field, problem=_problem(visit, refused))


@router.button(DiscardPromotion, for_="owner", needs=Permission.PROMOTION)
async def discard(visit: Visit, pressed: DiscardPromotion) -> Reply:
    """A draft that nobody saw is gone."""
    async with visit.db.begin() as session:
        await promotions.discard(session, visit.seller, pressed.promotion_id, now=visit.now())
    return await listed(visit, None)


async def _change(visit: Visit, promotion_id: int, field: Field, values: dict[str, object]) -> Screen:
    async with visit.db.begin() as session:
        await promotions.change(session, visit.seller, promotion_id, now=visit.now(), **values)
        await dialogs.finish(session, visit.user, KIND)
    return await (_conditions(visit, promotion_id) if field in OF_CONDITIONS else show(visit, promotion_id))


async def _conditions(visit: Visit, promotion_id: int) -> Screen:
    async with visit.db.read() as session:
        standing = await promotions.look(session, visit.seller, promotion_id)
    return views.conditions(visit.words, standing.promotion)


async def _ask(visit: Visit, promotion_id: int, field: Field, *, problem: str = "") -> Screen:
    async with visit.db.begin() as session:
        about = (await promotions.look(session, visit.seller, promotion_id)).promotion
        await dialogs.start(session, visit.user, KIND, field, {"promotion_id": promotion_id}, now=visit.now())
    on = today(visit.now(), visit.policy.timezone)
    return views.question(visit.words, about, field, on=on, zone=visit.policy.timezone, problem=problem)


def _problem(visit: Visit, refused: Refusal) -> str:
    return "⚠️ " + escape(say(visit.words, refused))
