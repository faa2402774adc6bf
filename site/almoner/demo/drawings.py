"""More of the demo's pictures, for its stories: things and places, and nobody in them."""

import math
from collections.abc import Callable

from django.core.files.base import ContentFile

from almoner.demo.pictures import (
    ACCENT,
    BRAND,
    BRAND_DARK,
    CORAL,
    DEEP,
    DUNE,
    FOAM,
    MIST,
    SAND,
    SEA,
    SHELL,
    SHELL_DEEP,
    Canvas,
    blend,
    headland,
    hills,
    sail,
    swell,
)
from content.models import CharityImage, ConsentRecord


def cup(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """A cup on its saucer, with steam."""
    for step in range(3):
        way = [
            (x + size * (0.35 * step - 0.35 + 0.09 * math.sin(t / 2.2 + step)), y - size * (0.75 + t / 14))
            for t in range(15)
        ]
        canvas.pen.line(canvas.at(way), fill="#ffffff", width=round(canvas.unit * 0.28), joint="curve")
    canvas.pen.ellipse(
        canvas.at([(x - size * 1.15, y + size * 0.42), (x + size * 1.15, y + size * 0.72)]),
        fill=blend(colour, DEEP, 0.2),
    )
    canvas.pen.ellipse(
        canvas.at([(x + size * 0.5, y - size * 0.4), (x + size * 1.12, y + size * 0.2)]),
        outline=colour,
        width=round(canvas.unit * size * 0.13),
    )
    bowl = [
        (x + size * 0.8 * math.cos(t), y - size * 0.5 + size * 1.1 * max(0.0, math.sin(t)))
        for t in [step * math.pi / 24 for step in range(25)]
    ]
    canvas.shape(bowl, colour)
    canvas.pen.ellipse(
        canvas.at([(x - size * 0.8, y - size * 0.68), (x + size * 0.8, y - size * 0.32)]),
        fill=blend(colour, DEEP, 0.55),
    )


def two_cups(canvas: Canvas) -> None:
    """Two cups on a sill before a window on the bay."""
    canvas.wash([(0, "#cbe6e4"), (24, "#f3efdc"), (33, "#fbe3b9")])
    canvas.disc(68, 21, 6, ACCENT)
    canvas.land(hills(headland(16, 9, 22, 34), headland(94, 7, 20, 34)), blend(SEA, MIST, 0.35), 34)
    canvas.wash([(33, blend(SEA, FOAM, 0.4)), (46, SEA), (52, blend(SEA, BRAND, 0.3))])
    sail(canvas, 42, 39, 5, SHELL, DEEP)
    for x in (0, 48.6, 97.2):
        canvas.shape([(x, 0), (x + 2.8, 0), (x + 2.8, 52), (x, 52)], FOAM)
    canvas.shape([(0, 0), (100, 0), (100, 2.6), (0, 2.6)], FOAM)
    canvas.shape([(0, 50), (100, 50), (100, 54), (0, 54)], FOAM)
    canvas.shape([(0, 54), (100, 54), (100, 68), (0, 68)], SHELL_DEEP)
    canvas.shape([(0, 54), (100, 54), (100, 54.8), (0, 54.8)], DUNE)
    cup(canvas, 33, 51.5, 7.5, CORAL)
    cup(canvas, 60, 53, 7.5, BRAND)


def ferry(canvas: Canvas) -> None:
    """A small ferry on a wide crossing, and the far shore close."""
    canvas.wash([(0, "#d6ebe9"), (22, "#edf4ee"), (30, "#fdf0d5")])
    canvas.land(
        hills(headland(20, 12, 20, 31), headland(58, 8, 18, 31), headland(96, 13, 17, 31)), blend(SEA, MIST, 0.3), 31
    )
    canvas.wash([(30, blend(SEA, FOAM, 0.45)), (44, SEA), (67, blend(SEA, BRAND, 0.7))])
    canvas.veil([(64, 45), (101, 54), (101, 61), (64, 47)], FOAM, 190)
    canvas.shape([(28, 40), (72, 40), (67, 46.5), (34, 46.5)], BRAND_DARK)
    canvas.shape([(28, 40), (72, 40), (71.4, 41.2), (28.7, 41.2)], CORAL)
    canvas.shape([(35, 34), (64, 34), (64, 40), (33.5, 40)], FOAM)
    canvas.shape([(40, 29), (51, 29), (51, 34), (38.5, 34)], FOAM)
    for at in range(6):
        canvas.disc(38.5 + at * 4.5, 37, 1.05, BRAND)
    canvas.shape([(41.5, 30.4), (49, 30.4), (49, 32.6), (40.8, 32.6)], BRAND)
    canvas.shape([(54, 27), (58, 27), (58, 34), (54, 34)], ACCENT)
    canvas.shape([(54, 27), (58, 27), (58, 28.4), (54, 28.4)], DEEP)
    canvas.land(swell(47.5, 0.4, 30, 5), blend(SEA, FOAM, 0.25), 49)
    canvas.land(swell(49, 0.6, 36, 4), blend(SEA, BRAND, 0.25))
    canvas.land(swell(56, 0.8, 44, 16), blend(SEA, BRAND, 0.5))
    canvas.land(swell(62, 0.9, 40, 7), blend(SEA, BRAND, 0.8))


def sea_glass(canvas: Canvas) -> None:
    """Jars of sea glass on a shelf, with the light behind them."""
    canvas.wash([(0, "#fdf3df"), (30, "#fbe6c2"), (54, "#f7d9a8")])
    canvas.glow(50, 24, 34, "#fffaf0", 210)
    for at, (x, wide, tall, colour) in enumerate(
        [(9, 14, 28, SEA), (27, 17, 36, BRAND), (48, 13, 24, CORAL), (65, 17, 33, "#8fbf9f"), (85, 13, 27, ACCENT)]
    ):
        top, foot = 54 - tall, 54.0
        canvas.veil([(x - wide / 2, top), (x + wide / 2, top), (x + wide / 2, foot), (x - wide / 2, foot)], FOAM, 205)
        for row in range(int(tall / 3.4)):
            for column in range(4):
                shade = blend(colour, FOAM, ((row * 3 + column * 5 + at) % 7) / 11)
                middle = x - wide / 2 + wide * (column + 0.5 + (0.18 if row % 2 else -0.08)) / 4.1
                canvas.disc(middle, foot - 2 - row * 2.9, wide / 9.2, shade)
        canvas.shape(
            [(x - wide * 0.42, top - 3), (x + wide * 0.42, top - 3), (x + wide * 0.42, top), (x - wide * 0.42, top)],
            DEEP,
        )
        canvas.veil(
            [
                (x - wide * 0.4, top + 2),
                (x - wide * 0.3, top + 2),
                (x - wide * 0.3, foot - 2),
                (x - wide * 0.4, foot - 2),
            ],
            "#ffffff",
            150,
        )
    canvas.shape([(0, 54), (100, 54), (100, 58), (0, 58)], DUNE)
    canvas.shape([(0, 58), (100, 58), (100, 68), (0, 68)], SHELL_DEEP)


def mooring(canvas: Canvas) -> None:
    """A post on a quay at dawn, its rope leading to a boat."""
    canvas.wash([(0, "#9ecfce"), (26, "#dcebe2"), (38, "#fbdcae")])
    canvas.land(headland(84, 9, 26, 38), blend(SEA, MIST, 0.3), 38)
    canvas.wash([(37, blend(SEA, FOAM, 0.35)), (50, SEA), (67, BRAND)])
    sail(canvas, 70, 48, 15, SHELL, DEEP)
    rope = [(24 + step, 42 + 6.2 * step / 39 + 6 * math.sin(step * math.pi / 39)) for step in range(40)]
    canvas.pen.line(canvas.at(rope), fill=SAND, width=round(canvas.unit * 0.7), joint="curve")
    canvas.shape([(0, 50), (40, 50), (46, 54), (46, 68), (0, 68)], blend(DUNE, DEEP, 0.35))
    canvas.shape([(0, 50), (40, 50), (46, 54), (6, 54), (0, 52)], DUNE)
    canvas.shape([(19, 36), (27, 36), (26, 52), (20, 52)], DEEP)
    canvas.disc(23, 35.6, 4.4, BRAND_DARK)
    for turn in range(3):
        canvas.pen.line(
            canvas.at([(19.4, 41 + turn * 1.5), (26.7, 40.2 + turn * 1.5)]), fill=SAND, width=round(canvas.unit * 0.8)
        )


def bench(canvas: Canvas) -> None:
    """An empty bench above the bay."""
    canvas.wash([(0, "#c5e3e3"), (24, "#eaf3ea"), (36, "#fdedcb")])
    canvas.disc(30, 22, 5.2, ACCENT)
    canvas.land(headland(10, 8, 20, 38), blend(SEA, MIST, 0.4), 38)
    canvas.wash([(36, blend(SEA, FOAM, 0.4)), (56, SEA)])
    sail(canvas, 44, 43, 4, "#ffffff", BRAND_DARK)
    canvas.land(lambda x: 52 + 2 * math.sin(x / 19), "#7fb08c")
    canvas.land(lambda x: 58 + 1.6 * math.cos(x / 15), "#5c9678")
    for x in (56, 84):
        canvas.shape([(x, 38), (x + 1.6, 38), (x + 1.6, 58), (x, 58)], DEEP)
    for y in (38.5, 42.2, 49):
        canvas.shape([(53, y), (89, y), (89, y + 2.1), (53, y + 2.1)], blend(DUNE, DEEP, 0.25))


SCENES: dict[str, Callable[[Canvas], None]] = {
    "Two cups by a window": two_cups,
    "The short crossing": ferry,
    "Jars of sea glass": sea_glass,
    "A rope and a post": mooring,
    "A bench above the bay": bench,
}


def draw(title: str, *, consent: ConsentRecord | None = None) -> CharityImage:
    """One of these, if it is not there yet."""
    found = CharityImage.objects.filter(title=title).first()
    if found is not None:
        return found
    canvas = Canvas()
    SCENES[title](canvas)
    file = ContentFile(canvas.finished(), name=f"{title.lower().replace(' ', '-')}.png")
    return CharityImage.objects.create(title=title, file=file, credit="Drawn by code for this demo", consent=consent)
