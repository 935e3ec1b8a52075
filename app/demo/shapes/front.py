"""The shop from the street: a striped awning over a window with some of the goods."""

from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 330  # what is kept
SCALE = 2  # what is drawn on is this much larger
STRIPES = 12
RED, CREAM, WALL, FRAME = "#c4573f", "#fbf3e4", "#e9dcc3", "#7a5b43"
AWNING = 96  # pixels of what is kept
SIDE = 26  # free to the left and the right of the window


def front(goods: Sequence[Callable[[], Image.Image]]) -> Image.Image:
    """The front with these pictures in its window, side by side."""
    picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), WALL)
    draw = ImageDraw.Draw(picture)
    top, bottom = AWNING * SCALE // 2, (HEIGHT - 22) * SCALE
    draw.rectangle((SIDE * SCALE, top, (WIDTH - SIDE) * SCALE, bottom), fill=FRAME)
    _show(picture, goods, bottom)
    _awning(draw)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _show(picture: Image.Image, goods: Sequence[Callable[[], Image.Image]], bottom: int) -> None:
    gap = 8 * SCALE
    left, right = SIDE * SCALE + gap, (WIDTH - SIDE) * SCALE - gap
    width = (right - left - gap * (len(goods) - 1)) // len(goods)
    height = bottom - gap - AWNING * SCALE
    for place, drawn in enumerate(goods):
        pane = drawn()
        across = round(pane.height * width / height)
        edge = (pane.width - across) // 2
        pane = pane.crop((edge, 0, edge + across, pane.height)).resize((width, height), Image.Resampling.LANCZOS)
        picture.paste(pane, (left + place * (width + gap), AWNING * SCALE))


def _awning(draw: ImageDraw.ImageDraw) -> None:
    stripe = WIDTH * SCALE / STRIPES
    straight = AWNING * SCALE - stripe / 2
    for place in range(STRIPES):
        colour = CREAM if place % 2 else RED
        left, right = place * stripe, (place + 1) * stripe
        draw.rectangle((left, 0, right, straight), fill=colour)
        draw.ellipse((left, straight - stripe / 2, right, straight + stripe / 2), fill=colour)
