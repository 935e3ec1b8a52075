"""Draws every picture of the demo shop into app/demo/pictures: `python -m app.demo.draw` (needs Pillow)."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from app.demo.shapes import desk, front, home, tea, wear

PICTURES = Path(__file__).with_name("pictures")
LARGEST = 60_000  # bytes, of one picture

DRAWINGS: dict[str, Callable[[], Image.Image]] = {
    "sencha": partial(tea.tin, "#5b8c5a", "#e4efdc", "#4f8a4c", "#5f7f3f"),
    "genmaicha": partial(tea.tin, "#c9a24b", "#f6ecd2", "#8c9a3c", "#8d7a3a"),
    "assam": partial(tea.tin, "#8e3b46", "#f1dfdb", "#8a4b2f", "#4a2c20"),
    "mug-sand": partial(tea.mug, "#d9b48a"),
    "mug-sage": partial(tea.mug, "#8fae93"),
    "mug-ink": partial(tea.mug, "#4a5a7d"),
    "kettle-cream": partial(tea.kettle, "#efe2c6"),
    "kettle-blue": partial(tea.kettle, "#3f6f9f"),
    "teapot": tea.teapot,
    "lamp": partial(home.lamp, "#e0a33e"),
    "candle": home.candle,
    "monstera": partial(home.plant, "#c96f4a"),
    "scarf-blue": partial(wear.scarf, "#39679e"),
    "scarf-berry": partial(wear.scarf, "#a8385d"),
    "socks": partial(wear.socks, "#2f7a78"),
    "tote": partial(wear.tote, "#f0e3c8"),
    "notebook-ochre": partial(desk.notebook, "#d29b2f"),
    "notebook-forest": partial(desk.notebook, "#3d6b52"),
    "pen": partial(desk.pen, "#2f5d8a"),
    "wallpapers": desk.wallpapers,
    "guide": desk.guide,
}
WINDOW = ("sencha", "mug-ink", "scarf-berry", "lamp", "monstera")
DRAWINGS["cover"] = partial(front.front, [DRAWINGS[name] for name in WINDOW])


def draw(names: list[str]) -> None:
    """Draw the named pictures, or all; raises ValueError when one would be too large to ship."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or DRAWINGS:
        file = PICTURES / f"{name}.jpg"
        DRAWINGS[name]().save(file, quality=88, optimize=True, progressive=True)
        if file.stat().st_size > LARGEST:
            raise ValueError(f"{file.name} takes {file.stat().st_size} bytes; at most {LARGEST}")


if __name__ == "__main__":
    draw(sys.argv[1:])
