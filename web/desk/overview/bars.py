"""A chart of bars as SVG: drawn here, so that no script has to, and nothing has to be allowed for one."""

from collections.abc import Sequence

from msgspec import Struct

WIDTH, HEIGHT, FOOT = 640, 160, 20
MOST_LABELS = 8


class Bar(Struct, frozen=True):
    """One bar: where it stands, and what is said about it."""

    x: float
    y: float
    width: float
    height: float
    label: str  # under it; empty where there is no room
    title: str


def bars(values: Sequence[int], labels: Sequence[str], titles: Sequence[str]) -> list[Bar]:
    """Bars beside each other, as high as their values; what is below zero has none."""
    if not values:
        return []
    step, top = WIDTH / len(values), max(1, *values)
    every = -(-len(values) // MOST_LABELS)
    return [
        Bar(
            x=round(n * step + step * 0.15, 1),
            y=round((HEIGHT - FOOT) * (1 - max(value, 0) / top), 1),
            width=round(step * 0.7, 1),
            height=round((HEIGHT - FOOT) * max(value, 0) / top, 1),
            label=labels[n] if n % every == 0 else "",
            title=titles[n],
        )
        for n, value in enumerate(values)
    ]
