"""What a person sees first: what came, what waits, what runs out, and how the week went; each as far as they may."""

from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette_admin import CustomView, route

from shop import figures
from shop.figures import MOST, Curve, Morning, Period, Span
from shop.people.permissions import Permission
from shop.products.low import list_low
from web.desk.behind import behind, present, words
from web.desk.overview.bars import bars
from web.desk.pieces import page
from web.desk.words import Words, mark

LOW = 8  # products at their mark that are named
SPANS = {"w": Span.WEEK, "m": Span.MONTH, "y": Span.YEAR}


class Overview(CustomView):
    """The page at the root of the desk."""

    menu_label = mark("Overview")
    icon: str | None = "fa fa-gauge"
    path = "/"

    def title(self, request: Request) -> str:
        """Its name in the menu."""
        return words(request).plain(mark("Overview"))

    @route("", name="index")
    async def index(self, request: Request) -> Response:
        """The figures of this moment."""
        who, desk, spoken = present(request), behind(request), words(request)
        now, zone = desk.now(), desk.policy().timezone
        span = SPANS.get(request.query_params.get("span", ""), Span.WEEK)
        low, report = None, None
        async with desk.db.read() as session:
            morning = await figures.look(session, who.acting, zone=zone, now=now, briefly=True)
            if who.may(Permission.STOCK):
                low = (await list_low(session, who.acting, limit=MOST + 1)).items
                morning = replace(morning, low=len(low))
            if who.may(Permission.MONEY):
                period: Period = figures.period_of(span, now, zone)
                report = await figures.sales(session, who.acting, period, zone=zone, now=now, remembered=desk.sums)
        context = {
            "title": self.title(request),
            "tiles": _tiles(spoken, morning),
            "low": None if low is None else low[:LOW],
            "report": report,
            "charts": [] if report is None else _charts(spoken, report),
            "span": span.value,
            "stars": None if report is None or not report.stars.count else report.stars,
        }
        return page(request, self, "overview.html", context)


def _tiles(words: Words, morning: Morning) -> list[dict[str, Any]]:
    every = (
        ("new", words.plain("New today"), morning.new),
        ("to_do", words.plain("To do"), morning.to_do),
        ("unanswered", words.plain("Unanswered"), morning.unanswered),
        ("low", words.plain("Running low"), morning.low),
        ("reviews", words.plain("Reviews to answer"), morning.reviews),
    )
    return [
        {"key": key, "label": label, "count": words.number(n) if n <= MOST else f"{words.number(MOST)}+", "none": not n}
        for key, label, n in every
        if n is not None
    ]


def _charts(words: Words, report: Curve) -> list[dict[str, Any]]:
    """A chart for each currency in which something was sold, and the sum over it."""
    labels = [words.date(begin) for begin in report.begins]
    before = {one.currency: one.kept for one in report.before}
    return [
        {
            "currency": one.currency,
            "kept": words.money(one.kept, one.currency),
            "before": words.money(before.get(one.currency, 0), one.currency),
            "orders": words.plain_n("{n} order", "{n} orders", one.orders),
            "bars": bars(
                values := report.bars.get(one.currency, [0] * len(labels)),
                labels,
                [f"{label}: {words.money(value, one.currency)}" for label, value in zip(labels, values, strict=True)],
            ),
        }
        for one in report.now
    ]
