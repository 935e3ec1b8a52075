"""The home shelf: a desk lamp, a candle, a plant."""
# ruff: noqa: E501  (an outline is one line, and its numbers are places on paper)

from PIL import Image

from app.demo.shapes.canvas import Canvas, box, mixed, oval, path, turned


def lamp(colour: str) -> Image.Image:
    """A desk lamp with two arms, switched on."""
    canvas = Canvas("#e6e2ee", "#b8a8a0", horizon=450)
    canvas.light(path("M 214 262 L 330 226 L 470 506 L 90 506"), 0.55, blur=16)
    canvas.light(oval(286, 500, 190, 34), 0.5, blur=14)
    canvas.shadow(520, 516, 130, 18)
    canvas.stroke("#43424d", path("M 520 490 L 590 300"), 13)
    canvas.stroke("#43424d", path("M 590 300 L 340 168"), 13)
    canvas.paint("#5a5966", oval(590, 300, 19, 19))
    canvas.paint(
        mixed(colour, "#000000", 0.12), path("M 408 520 C 408 482 632 482 632 520 C 632 530 408 530 408 520"), shade=0.3
    )
    canvas.paint(colour, path("M 420 506 C 430 478 610 478 620 506 C 610 518 430 518 420 506"), shade=0.25)
    canvas.paint("#fff2c4", turned(oval(272, 246, 66, 22), -17, (272, 246)), shade=0)
    shade = path(
        "M 206 268 C 206 190 256 132 330 128 C 352 128 366 150 358 170 C 346 200 340 214 336 232 C 300 226 240 240 206 268"
    )
    canvas.paint(colour, shade, shade=0.35)
    canvas.paint(mixed(colour, "#ffffff", 0.2), turned(box(326, 122, 372, 176, 10), 28, (350, 150)))
    canvas.light(path("M 226 240 C 234 196 262 164 296 152 C 262 180 246 206 240 236"), 0.6, clip=shade)
    canvas.paint("#ffe9a3", turned(oval(268, 250, 34, 16), -17, (268, 250)), shade=0)
    return canvas.finished()


def candle(_colour: str = "") -> Image.Image:
    """A beeswax candle in a glass, lit."""
    canvas = Canvas("#4b4257", "#352e40", horizon=420, glow="#7d5f52")
    canvas.light(oval(400, 230, 110, 120), 0.16, blur=44)
    canvas.light(oval(400, 484, 210, 30), 0.12, blur=20)
    glass = path("M 300 260 L 306 480 C 310 512 490 512 494 480 L 500 260")
    canvas.paint("#c9b9a4", glass, shade=0.25)
    wax = path("M 302 318 L 306 480 C 310 508 490 508 494 480 L 498 318")
    canvas.paint("#f0b84c", wax, shade=0.28)
    canvas.paint("#ffd77f", oval(400, 318, 97, 22), shade=0.1)
    canvas.paint("#ffe9ad", oval(400, 316, 52, 11), shade=0)
    canvas.stroke("#4a3420", path("M 400 316 C 400 296 404 290 402 276"), 6)
    canvas.light(oval(401, 226, 50, 74), 0.4, blur=18)
    canvas.paint("#ff9d3c", path("M 402 286 C 352 268 366 214 402 160 C 436 214 450 268 402 286"), shade=0)
    canvas.paint("#ffe27a", path("M 402 284 C 374 268 382 236 402 204 C 420 236 428 268 402 284"), shade=0)
    canvas.stroke("#e8ddcf", oval(400, 260, 100, 23), 4, closed=True)
    canvas.paint("#fdf4e3", box(346, 376, 454, 448, 8), shade=0.1)
    for turn in range(0, 360, 60):
        cell = turned([(400, 396), (411, 402), (411, 415), (400, 421), (389, 415), (389, 402)], 0, (400, 408))
        moved = turned([(x, y - 17) for x, y in cell], turn, (400, 411))
        canvas.stroke("#c98a1d", [((x - 400) * 0.62 + 400, (y - 411) * 0.62 + 411) for x, y in moved], 2.4, closed=True)
    canvas.light(box(316, 290, 328, 470, 6), 0.55, clip=glass)
    return canvas.finished()


def plant(pot: str) -> Image.Image:
    """A monstera in a clay pot."""
    canvas = Canvas("#e8efe2", "#c5ad8f", horizon=450)
    canvas.shadow(408, 520, 130, 18)
    green, dark = "#3f8f5a", "#2f7048"
    places = (
        (-68, 208, dark),
        (64, 204, dark),
        (-36, 258, green),
        (38, 266, green),
        (0, 306, mixed(green, "#ffffff", 0.12)),
        (-98, 158, green),
        (96, 160, green),
    )
    for turn, length, colour in places:
        stem = turned(path(f"M 400 404 L 400 {404 - length + 90}"), turn * 0.8, (400, 404))
        canvas.stroke(dark, stem, 7)
        _leaf(canvas, colour, turn * 0.8, length)
    body = path("M 312 392 L 338 506 C 344 526 456 526 462 506 L 488 392")
    canvas.paint(pot, body, shade=0.3)
    canvas.paint(mixed(pot, "#ffffff", 0.12), box(298, 372, 502, 412, 10), shade=0.3)
    canvas.light(path("M 330 420 L 350 500 L 362 500 L 344 420"), 0.35, clip=body)
    return canvas.finished()


def _leaf(canvas: Canvas, colour: str, turn: float, length: float) -> None:
    """One split leaf at the end of its stem."""
    tip = 404 - length
    heart = path(
        f"M 400 {tip + 108} C 340 {tip + 132} 318 {tip + 78} 340 {tip + 42} C 356 {tip + 14} 388 {tip + 10} 400 {tip - 22} "
        f"C 412 {tip + 10} 444 {tip + 14} 460 {tip + 42} C 482 {tip + 78} 460 {tip + 132} 400 {tip + 108}"
    )
    outline = turned(heart, turn, (400, 404))
    canvas.paint(colour, outline, shade=0.18)
    rib = mixed(colour, "#ffffff", 0.3)
    canvas.stroke(rib, turned(path(f"M 400 {tip + 106} L 400 {tip - 6}"), turn, (400, 404)), 3)
    for side in (-1, 1):
        for step in (28, 54, 80):
            vein = path(
                f"M 400 {tip + step + 14} Q {400 + side * 28} {tip + step + 4} {400 + side * 50} {tip + step - 10}"
            )
            canvas.stroke(rib, turned(vein, turn, (400, 404)), 2, clip=outline)
            hole = oval(400 + side * 34, tip + step + 14, 9, 4)
            spun = turned(hole, -24 * side, (400 + side * 34, tip + step + 14))
            canvas.paint(mixed(colour, "#14301f", 0.55), turned(spun, turn, (400, 404)), shade=0, clip=outline)
