"""/sales: what was sold in a period, beside the one before."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.sales import best_views, views
from bot.screens.selling.sales.buttons import ListBest, OpenFigures, OpenPeriod, SetGround
from bot.screens.selling.sales.chart import draw
from bot.sending.reply import Document, Reply
from bot.words import mark
from db.models import Permission
from shop import figures
from shop.figures import Period, Span, period_from, period_of, read_period
from shop.people import users
from shop.refusals import NotFound

router = Router()
MOST_PAGES = 1000


@router.command("sales", for_="owner", needs=Permission.MONEY, about=mark("What was sold, as a chart and in figures"))
async def sales_command(visit: Visit, argument: str) -> Reply:
    """`/sales`, `/sales month`, `/sales 2026-10`, `/sales 2026-10-01 2026-10-15`."""
    span = views.span_of(visit.words, argument)
    if span is not None:
        return await _show(visit, period_of(span, visit.now(), visit.policy.timezone), span)
    period = read_period(argument)
    return views.explain(visit.words) if period is None else await _show(visit, period)


@router.button(OpenFigures, for_="owner", needs=Permission.MONEY)
async def open_figures(visit: Visit, pressed: OpenFigures) -> Reply:
    """A period up to now, in the place of the one whose key was tapped."""
    return await _show(visit, period_of(pressed.span, visit.now(), visit.policy.timezone), pressed.span)


@router.button(OpenPeriod, for_="owner", needs=Permission.MONEY)
async def open_period(visit: Visit, pressed: OpenPeriod) -> Reply:
    """The way back from a list to its period."""
    return await _show_again(visit, pressed.day, pressed.days, dark=visit.user.dark_charts)


@router.button(SetGround, for_="owner", needs=Permission.MONEY)
async def set_ground(visit: Visit, pressed: SetGround) -> Reply:
    """The same chart on the other ground, and every later one."""
    async with visit.db.begin() as session:
        await users.set_dark_charts(session, visit.user.id, dark=pressed.dark, now=visit.now())
    visit.forget_person()
    return await _show_again(visit, pressed.day, pressed.days, dark=pressed.dark)


@router.button(ListBest, for_="owner", needs=Permission.MONEY)
async def list_best(visit: Visit, pressed: ListBest) -> Reply:
    """A page of what was sold."""
    period, size = _read(pressed.day, pressed.days), visit.policy.page_size
    page = min(max(pressed.page, 0), MOST_PAGES)
    async with visit.db.read() as session:
        zone = visit.policy.timezone
        found = await figures.list_best(session, visit.seller, period, zone=zone, page=page, size=size)
    return best_views.best(visit.words, period, found, page=page, size=size)


def _read(day: int, days: int) -> Period:
    period = period_from(day, days)
    if period is None:
        raise NotFound
    return period


async def _show_again(visit: Visit, day: int, days: int, *, dark: bool) -> Reply:
    period, zone, now = _read(day, days), visit.policy.timezone, visit.now()
    span = next((span for span in Span if period_of(span, now, zone) == period), None)
    return await _show(visit, period, span, dark=dark)


async def _show(visit: Visit, period: Period, span: Span | None = None, *, dark: bool | None = None) -> Reply:
    """`dark`: what was chosen this moment, and is not in the person's row as it was read."""
    dark = visit.user.dark_charts if dark is None else dark
    zone = visit.policy.timezone
    async with visit.db.read() as session:
        found = await figures.report(session, visit.seller, period, zone=zone, now=visit.now())
    caption, keys = views.text(visit.words, found, zone), views.keys(visit.words, span, found, dark=dark)
    chart = views.chart(visit.words, found, zone)
    return Document("sales.png", await draw(chart, dark=dark), caption, keys, is_photo=True, in_place=True)
