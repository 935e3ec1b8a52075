"""/sales: what was sold in a period, beside the one before."""

from bot.routing.router import Router
from bot.routing.visit import Visit
from bot.screens.selling.sales import views
from bot.screens.selling.sales.buttons import OpenFigures
from bot.screens.selling.sales.chart import draw
from bot.sending.reply import Document, Gone, Reply, Several
from bot.words import mark
from db.models import Permission
from shop import figures
from shop.figures import Period, Span, period_of, read_period

router = Router()


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
    shown = await _show(visit, period_of(pressed.span, visit.now(), visit.policy.timezone), pressed.span)
    return Several((shown, Gone(visit.message_id))) if visit.message_id is not None else shown


async def _show(visit: Visit, period: Period, span: Span | None = None) -> Reply:
    zone = visit.policy.timezone
    async with visit.db.read() as session:
        found = await figures.report(session, visit.seller, period, zone=zone)
    caption, keys = views.text(visit.words, found, zone), views.keys(visit.words, span)
    chart = views.chart(visit.words, found, zone)
    return Document("sales.png", await draw(chart), caption, keys, is_photo=True)
