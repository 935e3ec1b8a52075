"""The wardrobe: a folded scarf, a pair of socks, a tote bag."""
# ruff: noqa: E501, PLR2004  (an outline is one line, and its numbers are places on paper)

from PIL import Image

from app.demo.shapes.canvas import Canvas, box, mixed, oval, path, turned


def scarf(colour: str) -> Image.Image:
    """A wool scarf, looped, with fringes and two stripes."""
    canvas = Canvas(mixed(colour, "#fdf6ee", 0.84), mixed(colour, "#e4d3bf", 0.78), horizon=470)
    canvas.shadow(400, 536, 170, 14)
    pale, deep = mixed(colour, "#fff7ec", 0.72), mixed(colour, "#0d0a1c", 0.25)
    for x, top, bottom, lean in ((330, 250, 486, 5), (430, 260, 516, -6)):
        tail = turned(box(x - 4, top, x + 96, bottom, 4), lean, (x + 46, top))
        canvas.paint(deep if x == 330 else colour, tail, shade=0.22)
        for offset in (58, 92):
            band = turned(box(x - 4, bottom - offset, x + 96, bottom - offset + 18), lean, (x + 46, top))
            canvas.paint(pale, band, shade=0.15)
        for fringe in range(9):
            start = x + 2 + fringe * 11
            thread = turned(
                path(f"M {start} {bottom} L {start + (fringe % 3 - 1) * 2} {bottom + 32}"), lean, (x + 46, top)
            )
            canvas.stroke(mixed(colour, "#000000", 0.1 * (fringe % 2)), thread, 4)
    ring = path("M 216 214 C 210 90 590 90 584 214 C 584 330 488 364 400 364 C 312 364 216 330 216 214")
    canvas.paint(colour, ring, shade=0.3)
    hole = path("M 300 196 C 300 142 500 142 500 196 C 498 232 452 246 400 246 C 348 246 302 232 300 196")
    canvas.paint(mixed(colour, "#0d0a1c", 0.45), hole, shade=0)
    canvas.paint(
        mixed(colour, "#0d0a1c", 0.6), path("M 306 190 C 320 150 480 150 494 190 C 470 176 330 176 306 190"), shade=0
    )
    for lift in (0, 30, 62, 92):
        fold = path(
            f"M {236 + lift * 0.55} {214 + lift * 0.5} C 252 {300 + lift * 0.62} 540 {306 + lift * 0.58} {566 - lift * 0.5} {214 + lift * 0.5}"
        )
        canvas.stroke(mixed(colour, "#0d0a1c", 0.16), fold, 5, clip=ring)
    knot = turned(box(356, 300, 476, 392, 34), -10, (416, 346))
    canvas.paint(mixed(colour, "#ffffff", 0.1), knot, shade=0.3)
    for x in (380, 404, 428, 450):
        canvas.stroke(
            mixed(colour, "#0d0a1c", 0.14),
            turned(path(f"M {x} 306 C {x - 8} 340 {x + 4} 364 {x} 388"), -10, (416, 346)),
            4,
        )
    return canvas.finished()


def socks(colour: str) -> Image.Image:
    """A pair of knitted socks, one behind the other."""
    canvas = Canvas("#eef0f4", "#cfc5ba", horizon=470)
    canvas.shadow(410, 530, 180, 15)
    _sock(canvas, mixed(colour, "#000000", 0.16), 96, -28, 8)
    _sock(canvas, colour, -30, 0, -4)
    return canvas.finished()


def _sock(canvas: Canvas, colour: str, right: float, up: float, lean: float) -> None:
    def placed(text: str) -> list[tuple[float, float]]:
        return turned([(x + right, y + up) for x, y in path(text)], lean, (400 + right, 320))

    cream = mixed(colour, "#fff8ec", 0.82)
    leg = placed(
        "M 356 150 L 470 150 L 470 366 C 470 404 462 420 436 446 L 380 504 C 342 544 254 534 246 486 C 240 452 262 436 300 412 C 340 388 356 372 356 330"
    )
    canvas.paint(colour, leg, shade=0.26)
    for i, top in enumerate((232, 272, 312)):
        canvas.paint(cream, placed(f"M 330 {top} L 490 {top} L 490 {top + 15} L 330 {top + 15}"), clip=leg, shade=0.2)
        for x in range(350, 480, 20):
            dot = placed(f"M {x} {top + 22 + i} L {x + 7} {top + 27 + i} L {x} {top + 32 + i} L {x - 7} {top + 27 + i}")
            canvas.paint(cream, dot, clip=leg, shade=0)
    canvas.paint(cream, placed("M 232 440 C 280 452 300 480 304 540 L 220 560"), clip=leg, shade=0.1)
    canvas.paint(cream, placed("M 486 352 C 436 360 420 400 446 452 L 500 440"), clip=leg, shade=0.2)
    cuff = placed("M 348 128 C 348 118 478 118 478 128 L 478 204 C 478 212 348 212 348 204")
    canvas.paint(cream, cuff, shade=0.22)
    for x in range(362, 476, 13):
        canvas.stroke(mixed(cream, colour, 0.35), placed(f"M {x} 126 L {x} 204"), 3, clip=cuff)


def tote(colour: str) -> Image.Image:
    """A canvas bag with a printed sun."""
    canvas = Canvas("#f7e7d8", "#d9bfa3", horizon=480)
    canvas.shadow(404, 536, 190, 16)
    handle = path("M 318 236 C 318 60 482 60 482 236")
    canvas.stroke(mixed(colour, "#4c3b25", 0.35), [(x + 8, y + 6) for x, y in handle], 19)
    body = path("M 242 222 L 558 222 L 586 514 C 588 532 212 532 214 514")
    canvas.paint(colour, body, shade=0.16)
    canvas.paint(mixed(colour, "#4c3b25", 0.13), path("M 242 222 L 558 222 L 561 250 L 239 250"), shade=0.1)
    canvas.stroke(mixed(colour, "#ffffff", 0.1), handle, 19, shade=0.15)
    canvas.paint(mixed(colour, "#ffffff", 0.1), box(304, 214, 332, 258, 3), box(468, 214, 496, 258, 3), shade=0.1)
    sun = oval(400, 384, 62, 62)
    canvas.paint("#e0703f", sun, shade=0.08)
    for turn in range(0, 360, 30):
        canvas.stroke("#e0703f", turned(path("M 400 306 L 400 286"), turn, (400, 384)), 8)
    for line in (394, 412, 430):
        canvas.stroke(
            colour,
            path(
                f"M 330 {line} C 360 {line - 12} 380 {line + 12} 410 {line} C 430 {line - 9} 450 {line + 9} 470 {line}"
            ),
            5,
            clip=sun,
        )
    for x, bend in ((262, 12), (540, -14)):
        canvas.stroke(
            mixed(colour, "#4c3b25", 0.16), path(f"M {x} 300 C {x + bend} 380 {x - bend} 430 {x + bend / 2} 500"), 4
        )
    return canvas.finished()
