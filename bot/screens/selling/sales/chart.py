"""The chart of a period: bars of money, drawn apart from the event loop."""

import asyncio
from collections.abc import Sequence
from io import BytesIO

from msgspec import Struct

INK, BAR, GROUND, GRID = "#24313f", "#2f7fd1", "#ffffff", "#e3e8ee"
SIZE, DOTS = (8.0, 4.5), 120  # inches and dots an inch: 960 × 540
LABELS = 8  # under the bars, or they run into each other


class Chart(Struct, frozen=True):
    """A title, and bars in major units with what stands under each."""

    title: str
    labels: Sequence[str]
    bars: Sequence[float]


async def draw(chart: Chart) -> bytes:
    """As a picture (PNG), on white, which reads on dark and light."""
    return await asyncio.to_thread(_draw, chart)


def _draw(chart: Chart) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415  a start costs what it costs without

    figure = Figure(figsize=SIZE, dpi=DOTS, facecolor=GROUND, layout="tight")
    axes = figure.add_subplot(facecolor=GROUND)
    places = range(len(chart.bars))
    axes.bar(places, chart.bars, color=BAR, width=0.8)
    step = max(1, -(-len(chart.bars) // LABELS))
    axes.set_xticks(places[::step], chart.labels[::step])
    axes.set_ylim(bottom=min(0.0, *chart.bars), top=max(1.0, *chart.bars) * 1.08)
    # a name may hold a dollar, which would begin a formula
    axes.set_title(chart.title, loc="left", color=INK, fontsize=13, parse_math=False)
    axes.tick_params(colors=INK, length=0)
    axes.grid(axis="y", color=GRID)
    axes.set_axisbelow(True)
    for side in axes.spines.values():
        side.set_visible(False)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
