"""The chart of a period: bars of money, drawn apart from the event loop."""

import asyncio
from collections.abc import Sequence
from io import BytesIO

from msgspec import Struct

SIZE, DOTS = (8.0, 4.5), 120  # inches and dots an inch: 960 × 540
LABELS = 8  # under the bars, or they run into each other


class Colours(Struct, frozen=True):
    """What a chart is drawn with; the grounds are those of Telegram's own themes."""

    ink: str
    bar: str
    ground: str
    grid: str


LIGHT = Colours("#24313f", "#2f7fd1", "#ffffff", "#e3e8ee")
DARK = Colours("#e6edf3", "#6ab2f2", "#17212b", "#2b3947")


class Chart(Struct, frozen=True):
    """A title, and bars in major units with what stands under each."""

    title: str
    labels: Sequence[str]
    bars: Sequence[float]


async def draw(chart: Chart, *, dark: bool = False) -> bytes:
    """As a picture (PNG), on white or on a dark ground."""
    return await asyncio.to_thread(_draw, chart, DARK if dark else LIGHT)


def _draw(chart: Chart, colours: Colours) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415  a start costs what it costs without

    figure = Figure(figsize=SIZE, dpi=DOTS, facecolor=colours.ground, layout="tight")
    axes = figure.add_subplot(facecolor=colours.ground)
    places = range(len(chart.bars))
    axes.bar(places, chart.bars, color=colours.bar, width=0.8)
    step = max(1, -(-len(chart.bars) // LABELS))
    axes.set_xticks(places[::step], chart.labels[::step])
    axes.set_ylim(bottom=min(0.0, *chart.bars), top=max(1.0, *chart.bars) * 1.08)
    # a name may hold a dollar, which would begin a formula
    axes.set_title(chart.title, loc="left", color=colours.ink, fontsize=13, parse_math=False)
    axes.tick_params(colors=colours.ink, length=0)
    axes.grid(axis="y", color=colours.grid)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
