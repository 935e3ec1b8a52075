"""The tea shelf: tins with their leaves, a glass pot, a kettle, mugs."""
# ruff: noqa: E501  (an outline is one line, and its numbers are places on paper)

from PIL import Image

from app.demo.shapes.canvas import Canvas, box, mixed, oval, path, turned

CREAM = "#fbf3e4"


def tin(colour: str, wall: str, leaf: str, tea: str) -> Image.Image:
    """A tea tin with a paper label and a small heap of its tea."""
    canvas = Canvas(wall, mixed(wall, "#8a6a4a", 0.22))
    canvas.shadow(420, 505, 190, 26)
    body = path("M 290 190 L 290 488 C 290 520 510 520 510 488 L 510 190")
    canvas.paint(colour, body, shade=0.3)
    canvas.paint(
        mixed(colour, "#000000", 0.16), path("M 290 214 C 290 246 510 246 510 214 L 510 204 C 510 236 290 236 290 204")
    )
    canvas.paint(
        mixed(colour, "#ffffff", 0.10), path("M 282 150 L 282 206 C 282 240 518 240 518 206 L 518 150"), shade=0.3
    )
    canvas.paint(mixed(colour, "#ffffff", 0.28), oval(400, 150, 118, 30))
    canvas.paint(mixed(colour, "#ffffff", 0.14), oval(400, 152, 92, 21), shade=0)
    canvas.paint(CREAM, path("M 290 282 C 290 312 510 312 510 282 L 510 428 C 510 458 290 458 290 428"), shade=0.16)
    canvas.stroke(colour, path("M 290 298 C 290 328 510 328 510 298"), 3)
    canvas.stroke(colour, path("M 290 414 C 290 444 510 444 510 414"), 3)
    for turn, size in ((-38, 1.0), (38, 1.0), (0, 1.25)):
        blade = path("M 400 402 C 376 376 378 348 400 326 C 422 348 424 376 400 402")
        grown = [(400 + (x - 400) * size, 404 + (y - 404) * size) for x, y in blade]
        canvas.paint(leaf, turned(grown, turn, (400, 404)), shade=0.2)
        vein = path(f"M 400 400 L 400 {404 - 64 * size}")
        canvas.stroke(mixed(leaf, "#ffffff", 0.35), turned(vein, turn, (400, 404)), 2)
    canvas.light(box(306, 246, 322, 490, 8), 0.4, clip=body)
    _heap(canvas, tea)
    return canvas.finished()


def _heap(canvas: Canvas, tea: str) -> None:
    canvas.shadow(590, 528, 74, 14, 0.22)
    canvas.paint(tea, path("M 518 530 C 540 500 566 486 592 486 C 620 488 642 504 664 530 C 630 542 556 542 518 530"))
    for i in range(46):
        x = 528 + (i * 37) % 128
        y = 500 + (i * 23) % 34 + abs(x - 592) / 6 - 8
        twig = turned(box(x - 8, y - 2, x + 8, y + 2, 2), (i * 53) % 180, (x, y))
        canvas.paint(mixed(tea, "#ffffff" if i % 3 else "#000000", 0.22), twig, shade=0)


def teapot(_colour: str = "") -> Image.Image:
    """A glass teapot half full of tea."""
    canvas = Canvas("#f3e3cf", "#d7b58e")
    canvas.shadow(400, 500, 200, 24)
    glass = "#e9f1ee"
    canvas.stroke(mixed(glass, "#6f8a86", 0.35), path("M 536 290 C 640 270 640 430 524 424"), 20)
    canvas.stroke(glass, path("M 536 290 C 632 276 630 420 524 424"), 11)
    spout = path("M 268 350 C 222 340 214 290 176 250 L 204 236 C 246 268 256 290 290 300")
    canvas.paint(mixed(glass, "#86a39e", 0.25), spout)
    body = path("M 320 232 C 210 280 220 500 330 500 L 470 500 C 580 500 590 280 480 232")
    canvas.paint(mixed(glass, "#9fbab5", 0.18), body)
    tea = path("M 200 352 L 600 352 L 600 520 L 200 520")
    inside = path("M 326 244 C 226 290 236 488 336 488 L 464 488 C 564 488 574 290 474 244")
    canvas.paint("#d98a35", tea, clip=inside, shade=0.25)
    canvas.paint("#eba24c", oval(400, 352, 152, 16), clip=inside, shade=0)
    for x, y, turn in ((340, 452, 20), (392, 468, -30), (446, 446, 60), (372, 430, -60), (470, 466, 10)):
        leaf = path(
            f"M {x - 18} {y} C {x - 6} {y - 12} {x + 6} {y - 12} {x + 18} {y} C {x + 6} {y + 12} {x - 6} {y + 12} {x - 18} {y}"
        )
        canvas.paint("#7b5a21", turned(leaf, turn, (x, y)), shade=0)
    canvas.paint("#c9a06b", box(322, 214, 478, 240, 12))
    canvas.paint("#b98a52", box(350, 190, 450, 218, 12))
    canvas.paint("#b98a52", oval(400, 182, 18, 16))
    canvas.light(path("M 262 300 C 236 350 244 420 268 456 C 258 400 258 350 284 300"), 0.8, clip=body)
    return canvas.finished()


def kettle(colour: str) -> Image.Image:
    """An enamel kettle with a wooden handle."""
    canvas = Canvas("#dfe7e4", "#b9a58c")
    canvas.shadow(410, 508, 210, 26)
    canvas.stroke("#3a3a3d", path("M 268 300 C 262 90 538 90 532 300"), 11)
    canvas.stroke("#a8743f", path("M 322 152 C 366 128 434 128 478 152"), 26, shade=0.2)
    spout = path("M 268 408 C 214 392 214 310 152 266 L 190 246 C 244 280 262 320 300 330")
    canvas.paint(mixed(colour, "#000000", 0.1), spout)
    body = path("M 318 260 C 230 300 206 420 226 480 C 236 512 564 512 574 480 C 594 420 570 300 482 260")
    canvas.paint(colour, body, shade=0.32)
    canvas.paint("#f7f4ec", path("M 224 470 C 236 512 564 512 576 470 L 572 488 C 560 516 240 516 228 488"), shade=0.1)
    canvas.paint(mixed(colour, "#ffffff", 0.14), path("M 310 266 C 330 222 470 222 490 266 C 470 282 330 282 310 266"))
    canvas.stroke(mixed(colour, "#000000", 0.25), path("M 312 267 C 332 282 468 282 488 267"), 4)
    canvas.paint("#3a3a3d", oval(400, 222, 17, 15))
    canvas.light(path("M 262 340 C 240 390 236 430 246 466 C 258 420 262 380 290 330"), 0.6, clip=body, blur=5)
    return canvas.finished()


def mug(colour: str) -> Image.Image:
    """A stoneware mug, steaming, with an unglazed foot."""
    canvas = Canvas(mixed(colour, "#fff6ea", 0.8), mixed(colour, "#d9c3a5", 0.72))
    canvas.shadow(410, 500, 170, 24)
    canvas.stroke(mixed(colour, "#000000", 0.08), path("M 512 280 C 626 262 626 436 508 430"), 30, shade=0.15)
    body = path("M 276 226 L 288 474 C 292 508 508 508 512 474 L 524 226")
    canvas.paint(colour, body, shade=0.3)
    foot = path("M 284 424 C 300 454 500 454 516 424 L 520 520 L 280 520")
    canvas.paint("#d8bd98", foot, clip=body, shade=0.22)
    for i in range(34):
        x, y = 290 + (i * 67) % 220, 256 + (i * 41) % 160
        canvas.paint(mixed(colour, "#20150c", 0.35), oval(x, y, 2.2, 2.2), shade=0, clip=body)
    canvas.paint(mixed(colour, "#ffffff", 0.3), oval(400, 226, 124, 30))
    canvas.paint(mixed(colour, "#000000", 0.28), oval(400, 230, 110, 24), shade=0)
    canvas.paint("#7a4a22", oval(400, 236, 100, 18), shade=0.15)
    canvas.light(box(302, 262, 318, 430, 8), 0.4, clip=body)
    for x, lift in ((360, 0), (404, -22), (446, 4)):
        curl = path(f"M {x} {196 + lift} C {x - 26} {166 + lift} {x + 26} {142 + lift} {x} {108 + lift}")
        canvas.stroke("#ffffff", curl, 7)
    return canvas.finished()
