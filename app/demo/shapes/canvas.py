"""A small canvas: soft background, flat shapes with one shade, drawn large and made small so that edges are smooth."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 800, 600  # what is kept
SCALE = 3  # what is drawn on is this much larger

Point = tuple[float, float]
Outline = list[Point]


def oval(x: float, y: float, across: float, down: float) -> Outline:
    """An ellipse around a centre, by its two radii."""
    steps = 120
    return [
        (x + across * math.cos(2 * math.pi * i / steps), y + down * math.sin(2 * math.pi * i / steps))
        for i in range(steps)
    ]


def box(left: float, top: float, right: float, bottom: float, round_by: float = 0) -> Outline:
    """A rectangle with rounded corners."""
    if not round_by:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    right_centre, left_centre, top_centre, bottom_centre = (
        right - round_by,
        left + round_by,
        top + round_by,
        bottom - round_by,
    )
    corners = [
        (right_centre, top_centre, -90),
        (right_centre, bottom_centre, 0),
        (left_centre, bottom_centre, 90),
        (left_centre, top_centre, 180),
    ]
    return [
        (x + round_by * math.cos(math.radians(start + turn)), y + round_by * math.sin(math.radians(start + turn)))
        for x, y, start in corners
        for turn in range(0, 91, 6)
    ]


def path(text: str) -> Outline:
    """An outline in the words of SVG: absolute M, L, C and Q with numbers between spaces or commas."""
    words = text.replace(",", " ").split()
    points: Outline = []
    position = 0

    def take(count: int) -> list[Point]:
        nonlocal position
        numbers = [float(word) for word in words[position : position + 2 * count]]
        position += 2 * count
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    while position < len(words):
        letter = words[position]
        position += 1
        if letter in "ML":
            points += take(1)
        elif letter in "CQ":
            points += _curve([points[-1], *take(3 if letter == "C" else 2)])
        else:
            raise ValueError(f"{letter!r} is not a letter of a path")
    return points


def _curve(handles: Sequence[Point]) -> Outline:
    """Points of a Bézier curve after its first, by repeated halving between handles (de Casteljau)."""
    found = []
    for step in range(1, 31):
        level = list(handles)
        while len(level) > 1:
            level = [(a[0] + (b[0] - a[0]) * step / 30, a[1] + (b[1] - a[1]) * step / 30) for a, b in pairwise(level)]
        found.append(level[0])
    return found


def turned(outline: Iterable[Point], degrees: float, around: Point) -> Outline:
    """An outline turned clockwise around a point."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [
        (
            around[0] + (x - around[0]) * cosine - (y - around[1]) * sine,
            around[1] + (x - around[0]) * sine + (y - around[1]) * cosine,
        )
        for x, y in outline
    ]


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share of another stirred in."""
    parts = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


class Canvas:
    """A wall and a table in soft colours; whatever is painted later lies on top."""

    def __init__(self, wall: str, table: str, *, horizon: float = 430, glow: str = "#ffffff") -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), wall)
        lit = self._mask(oval(400, 270, 340, 260)).filter(ImageFilter.GaussianBlur(110 * SCALE // 2))
        self.image.paste(Image.new("RGB", self.image.size, mixed(wall, glow, 0.5)), mask=lit)
        self.paint(table, box(0, horizon, WIDTH, HEIGHT), shade=0)

    def paint(self, colour: str, *outlines: Outline, shade: float = 0.13, clip: Outline | None = None) -> None:
        """Fill outlines with a colour, a little darker to the right; `clip` keeps it inside another outline."""
        self._lay(colour, self._mask(*outlines), shade, clip)

    def stroke(
        self,
        colour: str,
        outline: Outline,
        width: float,
        *,
        closed: bool = False,
        clip: Outline | None = None,
        shade: float = 0,
        blur: float = 0,
    ) -> None:
        """Draw a line of even width with round ends, soft if `blur` is given."""
        mask = Image.new("L", self.image.size, 0)
        pen = ImageDraw.Draw(mask)
        points = [(x * SCALE, y * SCALE) for x, y in (outline + outline[:1] if closed else outline)]
        pen.line(points, fill=255, width=round(width * SCALE), joint="curve")
        radius = width * SCALE / 2
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        self._lay(colour, mask, shade, clip)

    def shadow(self, x: float, y: float, across: float, down: float, strength: float = 0.28) -> None:
        """A soft shadow on the table."""
        mask = self._mask(oval(x, y, across, down)).filter(ImageFilter.GaussianBlur(10 * SCALE))
        self._blend("#2b2118", mask.point([round(value * strength) for value in range(256)]))

    def light(self, outline: Outline, strength: float = 0.35, *, clip: Outline | None = None, blur: float = 3) -> None:
        """A soft highlight."""
        mask = self._mask(outline).filter(ImageFilter.GaussianBlur(blur * SCALE))
        if clip is not None:
            mask = ImageChops.multiply(mask, self._mask(clip))
        self._blend("#ffffff", mask.point([round(value * strength) for value in range(256)]))

    def finished(self) -> Image.Image:
        """The picture in its final size."""
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def _mask(self, *outlines: Outline) -> Image.Image:
        mask = Image.new("L", self.image.size, 0)
        pen = ImageDraw.Draw(mask)
        for outline in outlines:
            pen.polygon([(x * SCALE, y * SCALE) for x, y in outline], fill=255)
        return mask

    def _lay(self, colour: str, mask: Image.Image, shade: float, clip: Outline | None) -> None:
        if clip is not None:
            mask = ImageChops.multiply(mask, self._mask(clip))
        self._blend(colour, mask)
        extent = mask.getbbox()
        if not shade or extent is None:
            return
        left, _, right, _ = extent
        ramp = Image.new("L", (right - left, 1))
        width = right - left
        ramp.putdata([round(255 * shade * max(0.0, (i / width - 0.45) / 0.55) ** 1.3) for i in range(width)])
        dark = Image.new("L", self.image.size, 0)
        dark.paste(ramp.resize((width, self.image.height)), (left, 0))
        self._blend(mixed(colour, "#1d1430", 0.85), ImageChops.multiply(dark, mask))

    def _blend(self, colour: str, mask: Image.Image) -> None:
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)
