"""The desk and the screen: a notebook, a fountain pen, wallpapers on a tablet, a brewing guide on a phone."""
# ruff: noqa: E501, PLR2004  (an outline is one line, and its numbers are places on paper)

from PIL import Image

from app.demo.shapes.canvas import Canvas, box, mixed, oval, path, turned


def notebook(colour: str) -> Image.Image:
    """A cloth notebook with a ribbon and an elastic band, lying at an angle."""
    canvas = Canvas(mixed(colour, "#f6efe6", 0.82), mixed(colour, "#f6efe6", 0.82))
    middle = (400, 300)
    canvas.shadow(418, 322, 176, 226, 0.34)
    canvas.paint(mixed(colour, "#000000", 0.25), turned(box(262, 92, 562, 522, 14), 9, middle))
    canvas.paint("#fbf6ea", turned(box(270, 86, 556, 512, 8), 9, middle), shade=0.05)
    for edge in (547, 551, 555):
        canvas.stroke("#ddd2bd", turned(path(f"M {edge} 92 L {edge} 508"), 9, middle), 1.2)
    cover = turned(box(254, 82, 542, 510, 14), 9, middle)
    canvas.paint(colour, cover, shade=0.14)
    canvas.paint(mixed(colour, "#000000", 0.18), turned(box(254, 82, 286, 510, 10), 9, middle), shade=0)
    canvas.paint(mixed(colour, "#101018", 0.5), turned(box(500, 80, 514, 512), 9, middle), shade=0)
    canvas.paint("#f5ead6", turned(box(330, 170, 456, 232, 6), 9, middle), shade=0)
    for top in (190, 208):
        canvas.stroke(
            mixed("#f5ead6", colour, 0.5),
            turned(path(f"M 346 {top} L {440 if top == 190 else 410} {top}"), 9, middle),
            4,
        )
    canvas.stroke("#d8583f", turned(path("M 400 508 L 400 552 L 408 566"), 9, middle), 9)
    canvas.light(turned(box(296, 96, 304, 496, 4), 9, middle), 0.25, clip=cover)
    return canvas.finished()


def pen(colour: str) -> Image.Image:
    """A fountain pen on a sheet, having just written a line."""
    canvas = Canvas("#e9dcc8", "#e9dcc8")
    canvas.shadow(410, 330, 270, 210, 0.18)
    canvas.paint("#fdf9f0", turned(box(170, 70, 640, 550, 4), -5, (400, 300)), shade=0.04)
    for top in range(130, 530, 44):
        canvas.stroke("#dfd8c6", turned(path(f"M 206 {top} L 604 {top}"), -5, (400, 300)), 1.6)
    hand = "M 216 292 C 226 250 244 250 240 282 C 238 300 254 300 262 276 C 270 250 282 262 276 288 C 274 302 292 296 300 274"
    hand += " C 308 254 320 264 312 290 C 312 304 330 296 340 276"
    canvas.stroke("#23345e", turned(path(hand), -5, (400, 300)), 5)
    tilt, nib = 38, (356, 286)
    canvas.shadow(530, 440, 190, 16, 0.2)
    metal, gold = "#c9ccd4", "#e2b44c"
    canvas.paint(
        gold, turned(path("M 356 286 C 372 270 396 268 416 270 L 416 302 C 396 304 372 302 356 286"), tilt, nib)
    )
    canvas.stroke("#8d6a1c", turned(path("M 360 286 L 398 286"), tilt, nib), 2.4)
    canvas.paint("#8d6a1c", turned(oval(400, 286, 4.5, 4.5), tilt, nib), shade=0)
    canvas.paint("#20222b", turned(path("M 412 264 L 476 258 L 476 314 L 412 308"), tilt, nib))
    canvas.paint(metal, turned(box(472, 255, 484, 317, 2), tilt, nib), shade=0)
    barrel = turned(path("M 482 254 L 690 258 C 724 262 724 310 690 314 L 482 318"), tilt, nib)
    canvas.paint(colour, barrel, shade=0.22)
    canvas.paint(metal, turned(box(672, 257, 682, 315), tilt, nib), shade=0)
    canvas.light(turned(box(490, 264, 664, 274, 4), tilt, nib), 0.45, clip=barrel)
    return canvas.finished()


def wallpapers(_colour: str = "") -> Image.Image:
    """Northern lights over mountains, on a tablet."""
    canvas = Canvas("#dde3f0", "#c2c4d4", horizon=470)
    canvas.shadow(400, 536, 290, 14)
    canvas.paint("#23242e", box(116, 92, 684, 528, 30), shade=0.1)
    screen = box(136, 112, 664, 508, 14)
    canvas.paint("#132049", screen, shade=0)
    for glow, colour in enumerate(("#1e3a6b", "#21527b")):
        canvas.paint(
            colour,
            path(
                f"M 130 {330 + glow * 50} C 300 {260 + glow * 60} 500 {390 + glow * 30} 680 {300 + glow * 60} L 680 510 L 130 510"
            ),
            clip=screen,
            shade=0,
        )
    for start, colour, strength in (
        (210, "#58e0a6", 26),
        (330, "#7af0c0", 20),
        (470, "#8f7bf0", 24),
        (560, "#58c7e0", 18),
    ):
        ribbon = path(f"M {start - 60} 390 C {start - 30} 300 {start + 60} 280 {start + 10} 130")
        canvas.stroke(mixed("#132049", colour, 0.5), ribbon, strength * 3.2, clip=screen, blur=17)
        canvas.stroke(mixed("#132049", colour, 0.85), ribbon, strength * 1.1, clip=screen, blur=9)
    for i in range(44):
        canvas.paint(
            "#f2f5ff", oval(146 + (i * 97) % 510, 120 + (i * 61) % 180, 1 + i % 2, 1 + i % 2), clip=screen, shade=0
        )
    canvas.paint(
        "#0f1a38",
        path("M 130 430 L 220 340 L 280 400 L 372 300 L 470 410 L 540 350 L 680 450 L 680 510 L 130 510"),
        clip=screen,
        shade=0,
    )
    canvas.paint(
        "#dfe8f6",
        path("M 372 300 L 346 328 L 364 334 L 376 322 L 392 336 L 402 334"),
        path("M 220 340 L 202 358 L 220 362 L 240 360"),
        clip=screen,
        shade=0,
    )
    canvas.paint("#0a1128", path("M 130 470 C 280 430 420 480 680 440 L 680 510 L 130 510"), clip=screen, shade=0)
    for x in range(150, 664, 34):
        tall = 26 + (x * 7) % 22
        canvas.paint("#070c1d", path(f"M {x} 470 L {x + 9} {470 - tall} L {x + 18} 470"), clip=screen, shade=0)
    canvas.light(path("M 430 92 L 560 92 L 360 528 L 230 528"), 0.07, clip=screen)
    return canvas.finished()


def guide(_colour: str = "") -> Image.Image:
    """A brewing guide open on a phone, a leaf beside it."""
    canvas = Canvas("#e3efe4", "#bfd2b8", horizon=470)
    canvas.shadow(404, 548, 130, 12)
    canvas.paint("#26302c", box(280, 60, 520, 545, 34), shade=0.12)
    screen = box(294, 76, 506, 529, 22)
    canvas.paint("#fffaf0", screen, shade=0)
    canvas.paint("#5d9b6b", box(294, 76, 506, 236), clip=screen, shade=0)
    canvas.paint("#fbf3e4", path("M 352 140 L 360 202 C 362 216 424 216 426 202 L 434 140"), shade=0.12)
    canvas.stroke("#fbf3e4", path("M 432 154 C 462 148 462 192 428 190"), 8)
    canvas.paint("#c98640", oval(393, 140, 41, 9), shade=0)
    for x in (378, 408):
        canvas.stroke("#d5ead9", path(f"M {x} 122 C {x - 10} 112 {x + 10} 106 {x} 94"), 4)
    for row, (colour, length) in enumerate((("#5d9b6b", 92), ("#d98a35", 74), ("#a9503a", 84))):
        top = 262 + row * 84
        canvas.paint(mixed(colour, "#ffffff", 0.72), box(310, top, 490, top + 68, 12), shade=0)
        canvas.paint(colour, oval(342, top + 34, 20, 20), shade=0.1)
        canvas.stroke("#fffaf0", path(f"M 342 {top + 22} L 342 {top + 35} L 351 {top + 41}"), 4)
        canvas.stroke(mixed(colour, "#26302c", 0.3), path(f"M 376 {top + 26} L {376 + length} {top + 26}"), 7)
        canvas.stroke(mixed(colour, "#ffffff", 0.35), path(f"M 376 {top + 44} L {376 + length - 24} {top + 44}"), 5)
    for x, y, turn, size in ((176, 420, -30, 1.0), (628, 380, 36, 1.15), (206, 500, -64, 0.8)):
        leaf = path(
            f"M {x} {y + 90 * size} C {x - 56 * size} {y + 20 * size} {x - 30 * size} {y - 50 * size} {x} {y - 90 * size} C {x + 30 * size} {y - 50 * size} {x + 56 * size} {y + 20 * size} {x} {y + 90 * size}"
        )
        canvas.paint("#4f9463", turned(leaf, turn, (x, y)), shade=0.2)
        canvas.stroke("#8fc39b", turned(path(f"M {x} {y + 84 * size} L {x} {y - 70 * size}"), turn, (x, y)), 3)
    return canvas.finished()
