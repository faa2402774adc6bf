"""The demo's pictures: sea and shore, drawn by code in the colours of the design system. Nobody is in them."""

import math
from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import pairwise
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter

from content.models import CharityImage

WIDTH, HEIGHT = 1600, 1072
FINE = 2  # drawn larger and made smaller, so that edges are smooth

DEEP, BRAND, BRAND_DARK, SEA = "#0a3a46", "#0b5f6d", "#084752", "#6fb5b4"
MIST, SHELL, SHELL_DEEP, ACCENT, ACCENT_DARK = "#e7f2f1", "#fbf6ee", "#f2e7d5", "#ffb84d", "#f5a12a"
FOAM, SAND, DUNE, CORAL = "#f7fbfa", "#f0dcb8", "#e3c38f", "#f08a6b"

Point = tuple[float, float]


def blend(one: str, other: str, part: float) -> str:
    """A colour between two, `part` of the way from `one` to `other`."""
    first, second = (tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in (one, other))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(first, second, strict=True))


class Canvas:
    """A picture in the making. Coordinates run from 0 to 100 across and from 0 to 67 down."""

    def __init__(self) -> None:
        self.unit = WIDTH * FINE / 100
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), SHELL)
        self.pen = ImageDraw.Draw(self.image)

    def at(self, points: Iterable[Point]) -> list[Point]:
        """Points in pixels."""
        return [(x * self.unit, y * self.unit) for x, y in points]

    def wash(self, stops: list[tuple[float, str]]) -> None:
        """A sky or sea whose colour changes from the top down: pairs of how far down, and the colour there."""
        for (top, above), (bottom, below) in pairwise(stops):
            first, last = round(top * self.unit), round(bottom * self.unit)
            for row in range(first, last):
                colour = blend(above, below, (row - first) / max(last - first, 1))
                self.pen.line([(0, row), (self.image.width, row)], fill=colour)

    def shape(self, points: Iterable[Point], colour: str) -> None:
        """A filled outline."""
        self.pen.polygon(self.at(points), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle."""
        self.pen.ellipse(self.at([(x - radius, y - radius), (x + radius, y + radius)]), fill=colour)

    def land(self, height: Callable[[float], float], colour: str, floor: float = 68) -> None:
        """Everything below a line that runs across the picture."""
        line = [(x / 4, height(x / 4)) for x in range(401)]
        self.shape([(0, floor), *line, (100, floor)], colour)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: int) -> None:
        """Soft light around a point."""
        small = Image.new("L", (WIDTH // 4, HEIGHT // 4), 0)
        scale = self.unit / FINE / 4
        box = [(x - radius) * scale, (y - radius) * scale, (x + radius) * scale, (y + radius) * scale]
        ImageDraw.Draw(small).ellipse(box, fill=strength)
        self._lay(small.filter(ImageFilter.GaussianBlur(radius * scale / 2)), colour)

    def veil(self, points: Iterable[Point], colour: str, strength: int) -> None:
        """A shape through which one can see."""
        small = Image.new("L", (WIDTH, HEIGHT), 0)
        ImageDraw.Draw(small).polygon([(x * WIDTH / 100, y * WIDTH / 100) for x, y in points], fill=strength)
        self._lay(small.filter(ImageFilter.GaussianBlur(1.5)), colour)

    def finished(self) -> bytes:
        """The picture as PNG."""
        output = BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX).save(output, "PNG", compress_level=1)
        return output.getvalue()

    def _lay(self, mask: Image.Image, colour: str) -> None:
        self.image.paste(colour, (0, 0, *self.image.size), mask.resize(self.image.size, Image.Resampling.BILINEAR))


def swell(level: float, rise: float, length: float, shift: float = 0) -> Callable[[float], float]:
    """A line of waves around `level`."""
    return lambda x: (
        level
        + rise * math.sin(2 * math.pi * (x + shift) / length)
        + rise * 0.4 * math.sin(2 * math.pi * (x - shift) / (length * 0.43))
    )


def headland(peak: float, height: float, width: float, floor: float) -> Callable[[float], float]:
    """A rounded hill that falls to `floor`."""
    return lambda x: floor - height * math.exp(-(((x - peak) / width) ** 2))


def hills(*each: Callable[[float], float]) -> Callable[[float], float]:
    """Several hills as one line: the highest at every point."""
    return lambda x: min(hill(x) for hill in each)


def sail(canvas: Canvas, x: float, y: float, size: float, colour: str, hull: str) -> None:
    """A small boat under two sails."""
    boom = y - size * 0.08
    canvas.shape([(x, y - size), (x, boom), (x - size * 0.45, boom)], colour)
    canvas.shape([(x + size * 0.06, y - size * 0.82), (x + size * 0.06, boom), (x + size * 0.36, boom)], colour)
    keel = y + size * 0.16
    canvas.shape([(x - size * 0.5, y), (x + size * 0.46, y), (x + size * 0.3, keel), (x - size * 0.34, keel)], hull)


# ---------------------------------------------------------------- the scenes


def harbour(canvas: Canvas) -> None:
    """Sunrise over a calm bay, with hills on both sides and three small boats."""
    canvas.wash([(0, "#bfe0de"), (18, "#e3efe6"), (34, "#fdeccb"), (41, "#fbd9a0")])
    canvas.glow(56, 35, 26, "#fff6dd", 200)
    canvas.disc(56, 35, 8.5, ACCENT)
    canvas.land(headland(12, 13, 22, 42), blend(SEA, MIST, 0.45), 42)
    canvas.land(headland(92, 16, 20, 42), blend(SEA, MIST, 0.25), 42)
    canvas.wash([(41, "#f6d9a6"), (46, blend(SEA, SHELL_DEEP, 0.35)), (56, SEA), (67, blend(SEA, BRAND, 0.55))])
    chance = Random(7)  # noqa: S311 - glints on water
    for _ in range(46):
        y = 42 + 19 * chance.random() ** 1.4
        wide = (1.2 + (y - 41) * 0.22) * (0.5 + chance.random())
        x = 56 + (chance.random() - 0.5) * (9 + (y - 41) * 0.6)
        canvas.pen.rounded_rectangle(canvas.at([(x - wide, y), (x + wide, y + 0.28)]), 8, fill="#ffe7b8")
    canvas.land(headland(0, 20, 26, 47), blend(SEA, BRAND, 0.45), 47)
    canvas.land(headland(104, 15, 19, 48), blend(SEA, BRAND, 0.65), 48)
    sail(canvas, 36, 50, 7, SHELL, DEEP)
    sail(canvas, 70, 47, 4.4, "#ffffff", BRAND_DARK)
    sail(canvas, 47, 45.4, 2.8, SHELL, BRAND)
    canvas.land(swell(58.5, 0.8, 46, 4), blend(SEA, BRAND, 0.75))
    canvas.land(swell(61.5, 0.9, 38, 17), BRAND)
    canvas.land(swell(64.5, 0.8, 52, 9), BRAND_DARK)


def lighthouse(canvas: Canvas) -> None:
    """A lighthouse on a cliff at dusk, its light reaching a boat on its way home."""
    canvas.wash([(0, DEEP), (16, BRAND_DARK), (32, "#2c7f86"), (46, "#e9b98a")])
    chance = Random(3)  # noqa: S311 - stars
    for _ in range(60):
        canvas.disc(chance.random() * 100, chance.random() * 24, 0.08 + chance.random() * 0.14, "#d9ecec")
    canvas.land(headland(70, 7, 30, 47), "#3b7f86", 47)
    canvas.wash([(46, "#b8997d"), (49, "#3f858a"), (58, BRAND), (67, BRAND_DARK)])
    canvas.veil([(27, 15.6), (101, 29), (101, 47), (27, 17.4)], "#ffe9b5", 120)
    canvas.veil([(25, 15.6), (-1, 10), (-1, 21), (25, 17.4)], "#ffe9b5", 90)
    sail(canvas, 77, 50, 6, "#fff3d6", DEEP)
    canvas.land(swell(54, 0.5, 44, 3), "#126672")
    cliff = [
        (0, 40),
        (9, 36.5),
        (17, 35.5),
        (33, 35.8),
        (37, 39),
        (40.5, 46),
        (46, 52),
        (52, 57),
        (60, 62),
        (70, 68),
        (0, 68),
    ]
    canvas.shape(cliff, DEEP)
    canvas.shape([(0, 46), (12, 43), (26, 45), (34, 53), (45, 61), (56, 68), (0, 68)], "#072c36")
    tower = [(22.7, 35.8), (23.9, 19), (28.1, 19), (29.3, 35.8)]
    canvas.shape(tower, FOAM)
    for top, bottom in ((22.4, 26), (29.5, 33.2)):
        canvas.shape([(side(y), y) for y, side in (
            (top, lambda y: 26 - 2.1 - (y - 19) * 0.0714),
            (top, lambda y: 26 + 2.1 + (y - 19) * 0.0714),
            (bottom, lambda y: 26 + 2.1 + (y - 19) * 0.0714),
            (bottom, lambda y: 26 - 2.1 - (y - 19) * 0.0714),
        )], CORAL)  # fmt: skip
    canvas.shape([(23, 19), (29, 19), (29, 18.2), (23, 18.2)], DEEP)
    canvas.glow(26, 16.5, 7, "#fff1c4", 230)
    canvas.shape([(24.4, 18.2), (24.4, 15), (27.6, 15), (27.6, 18.2)], ACCENT)
    canvas.shape([(23.6, 15), (28.4, 15), (26, 12.2)], CORAL)
    canvas.land(swell(62, 0.7, 40, 12), "#0b4f5b")
    canvas.land(swell(65, 0.6, 34, 21), BRAND_DARK)


def path(canvas: Canvas) -> None:
    """A path through dunes to a bright sea."""
    canvas.wash([(0, "#cfe7e6"), (20, "#eaf3ef"), (31, "#fdf3df")])
    canvas.disc(73, 15, 5.6, ACCENT)
    canvas.land(hills(headland(18, 7, 13, 32), headland(38, 4, 10, 32)), blend(SEA, MIST, 0.5), 32)
    canvas.wash([(31, "#a9d4d2"), (36, SEA), (42, blend(SEA, BRAND, 0.4))])
    for y, begin, end in ((33.4, 52, 66), (35, 64, 80), (37, 40, 52), (38.6, 70, 92)):
        canvas.pen.rounded_rectangle(canvas.at([(begin, y), (end, y + 0.3)]), 8, fill=FOAM)
    canvas.land(hills(headland(8, 12, 30, 44), headland(86, 9, 30, 44)), DUNE)
    canvas.land(lambda x: 46 + 2.2 * math.cos((x - 6) / 14), SAND)
    middle = [(51 + 7 * math.sin((y - 40) / 5.2) * (y - 38) / 24, y) for y in [41 + step * 0.35 for step in range(78)]]
    left = [(x - 0.5 - ((y - 40) / 27) ** 1.7 * 9, y) for x, y in middle]
    right = [(x + 0.5 + ((y - 40) / 27) ** 1.7 * 9, y) for x, y in middle]
    canvas.shape([*left, *reversed(right)], SHELL)
    canvas.land(lambda x: 60 + 9 * (1 / (1 + math.exp((24 - x) / 4))) if x < 34 else 72, blend(DUNE, ACCENT_DARK, 0.25))
    canvas.land(lambda x: 58 + 11 * (1 / (1 + math.exp((x - 80) / 4))) if x > 66 else 72, blend(DUNE, ACCENT_DARK, 0.2))
    chance = Random(11)  # noqa: S311 - grass
    for _ in range(150):
        x = chance.choice((chance.random() * 26, 76 + chance.random() * 26))
        foot = 69 - chance.random() * 9
        tall, lean = 4 + chance.random() * 6, (chance.random() - 0.35) * 4
        colour = chance.choice((BRAND, BRAND_DARK, "#2f7f7c", "#4f9a8f"))
        canvas.shape(
            [(x - 0.22, foot), (x + lean * 0.5, foot - tall * 0.6), (x + lean, foot - tall), (x + 0.22, foot)], colour
        )


def ripples(canvas: Canvas) -> None:
    """Rings that spread over deep water from one point."""
    canvas.wash([(0, "#0d6675"), (30, BRAND), (67, DEEP)])
    for step in range(17, 0, -1):
        radius = step * 4.6
        colour = blend(blend(SEA, BRAND, 0.25), DEEP, min(step / 15, 1))
        box = [(34 - radius * 1.25, 30 - radius * 0.72), (34 + radius * 1.25, 30 + radius * 0.72)]
        canvas.pen.ellipse(canvas.at(box), fill=colour)
        inner = [
            (34 - radius * 1.25 + 0.5, 30 - radius * 0.72 + 0.9),
            (34 + radius * 1.25 - 0.5, 30 + radius * 0.72 - 0.1),
        ]
        canvas.pen.ellipse(canvas.at(inner), fill=blend(colour, DEEP, 0.18))
    canvas.glow(34, 30, 12, "#ffe2a8", 170)
    canvas.disc(34, 30, 2.3, ACCENT)
    sail(canvas, 78, 20, 6, SHELL, "#062a33")
    canvas.land(swell(60, 0.9, 48, 8), "#083743")
    canvas.land(swell(64, 0.8, 40, 20), "#062a33")


def cottages(canvas: Canvas) -> None:
    """Houses along a harbour wall, with boats before them."""
    canvas.wash([(0, "#d4eae8"), (30, "#fbf3e2"), (42, "#fbe6c3")])
    canvas.disc(20, 14, 5, ACCENT)
    canvas.land(hills(headland(28, 17, 24, 42), headland(78, 21, 30, 42)), blend(SEA, MIST, 0.35), 42)
    canvas.land(hills(headland(6, 10, 18, 42), headland(58, 9, 22, 42)), blend(SEA, BRAND, 0.3), 42)
    chance = Random(5)  # noqa: S311 - a row of houses
    colours = [SHELL, "#f7d9c8", "#ffffff", "#f3e3bd", "#cfe6e4", "#f6c9a8"]
    x = 4.0
    number = 0
    while x < 94:
        wide, tall = 6.4 + chance.random() * 3, 8 + chance.random() * 4.5
        wall, ground = colours[number % len(colours)], 44
        canvas.shape([(x, ground), (x, ground - tall), (x + wide, ground - tall), (x + wide, ground)], wall)
        roof = blend(BRAND, DEEP, chance.random()) if number % 3 else CORAL
        canvas.shape(
            [(x - 0.4, ground - tall), (x + wide / 2, ground - tall - 3.4), (x + wide + 0.4, ground - tall)], roof
        )
        for across in (0.22, 0.62):
            for up in (0.3, 0.62):
                lit = ACCENT if chance.random() < 0.45 else blend(SEA, BRAND, 0.5)
                left, top = x + wide * across, ground - tall * up - 1.9
                canvas.shape([(left, top), (left + 1.2, top), (left + 1.2, top + 1.9), (left, top + 1.9)], lit)
        x += wide + (0 if chance.random() < 0.7 else 1.6)
        number += 1
    canvas.shape([(0, 44), (100, 44), (100, 47.4), (0, 47.4)], blend(SHELL_DEEP, DEEP, 0.25))
    canvas.wash([(47.4, blend(SEA, SHELL_DEEP, 0.2)), (56, SEA), (67, blend(SEA, BRAND, 0.6))])
    sail(canvas, 30, 54.5, 8, "#ffffff", DEEP)
    sail(canvas, 72, 56, 9.5, ACCENT, BRAND_DARK)
    sail(canvas, 51, 52, 5, SHELL, CORAL)
    canvas.land(swell(59, 0.8, 42, 6), blend(SEA, BRAND, 0.7))
    canvas.land(swell(63, 0.9, 50, 19), BRAND)


def shell(canvas: Canvas) -> None:
    """A great spiral shell, chamber after chamber."""
    canvas.wash([(0, DEEP), (67, "#0a4a57")])
    chance = Random(13)  # noqa: S311 - plankton
    for _ in range(90):
        canvas.disc(chance.random() * 100, chance.random() * 67, 0.06 + chance.random() * 0.22, "#2c7f86")

    def outer(angle: float) -> Point:
        radius = 0.62 * math.exp(0.176 * angle)
        return 47 + radius * math.cos(angle), 37 + radius * math.sin(angle) * 0.96

    turn = 2 * math.pi
    chambers = 34
    first, last = turn * 1.0, turn * 3.62
    palette = [SHELL, SHELL_DEEP, "#f9d9a4", ACCENT, "#f6a97f", CORAL, "#9fcfcd", SEA]
    canvas.glow(47, 37, 36, "#1b7481", 150)
    for number in range(chambers):
        begin = first + (last - first) * number / chambers
        end = first + (last - first) * (number + 1) / chambers
        steps = [begin + (end - begin) * step / 14 for step in range(15)]
        rim = [outer(angle) for angle in steps]
        core = [outer(angle - turn) for angle in reversed(steps)]
        canvas.shape([*rim, *core], palette[number % len(palette)])
        canvas.pen.line(canvas.at([rim[-1], core[0]]), fill=DEEP, width=7)
    line = [outer(first + (last - first) * step / 400) for step in range(401)]
    canvas.pen.line(canvas.at(line), fill=SHELL, width=12, joint="curve")
    canvas.land(swell(63.5, 0.9, 44, 10), "#083743")


def pebbles(canvas: Canvas) -> None:
    """Pebbles on a beach, no two alike, at the edge of the tide."""
    canvas.wash([(0, SHELL), (67, SAND)])
    chance = Random(17)  # noqa: S311 - a beach
    colours = [BRAND, SEA, DEEP, "#f6c9a8", CORAL, ACCENT, MIST, "#ffffff", "#9fb8b6", "#cdbfa5", SHELL_DEEP, "#2c7f86"]
    placed: list[tuple[float, float, float]] = []
    for attempt in range(4200):  # the largest find their place first
        size = 0.7 + 4.6 * (1 - attempt / 4200) ** 2.2 * (0.5 + chance.random() / 2)
        x, y = chance.random() * 104 - 2, 4 + chance.random() * 50
        if all((x - a) ** 2 + (y - b) ** 2 > (size + other + 0.35) ** 2 for a, b, other in placed):
            placed.append((x, y, size))
    for x, y, size in placed:
        lean, flat = chance.random() * math.pi, 0.62 + chance.random() * 0.3
        colour = chance.choice(colours)

        def outline(
            grow: float, x: float = x, y: float = y, size: float = size, lean: float = lean, flat: float = flat
        ) -> list[Point]:
            return [
                (
                    x + grow * size * (math.cos(t) * math.cos(lean) - flat * math.sin(t) * math.sin(lean)),
                    y + grow * size * (math.cos(t) * math.sin(lean) + flat * math.sin(t) * math.cos(lean)),
                )
                for t in [step * math.pi / 24 for step in range(48)]
            ]

        canvas.shape([(a + 0.25, b + 0.4) for a, b in outline(0.98)], blend(SAND, DEEP, 0.28))
        canvas.shape(outline(0.98), colour)
    canvas.land(swell(56.2, 1.3, 38, 5), FOAM)
    canvas.land(swell(57.6, 1.3, 40, 8), blend(SEA, FOAM, 0.35))
    canvas.land(swell(61, 1.1, 46, 15), SEA)
    canvas.land(swell(64.6, 0.9, 40, 2), blend(SEA, BRAND, 0.6))


SCENES = {
    "Harbour at sunrise": harbour,
    "Lighthouse at dusk": lighthouse,
    "Path through the dunes": path,
    "Ripples on deep water": ripples,
    "Houses by the harbour": cottages,
    "Spiral shell": shell,
    "Pebbles at the tide": pebbles,
}


def load() -> dict[str, CharityImage]:
    """Draw every picture that is not there yet; all of them by their titles."""
    known = {picture.title: picture for picture in CharityImage.objects.filter(title__in=SCENES)}
    for title, draw in SCENES.items():
        if title not in known:
            canvas = Canvas()
            draw(canvas)
            name = f"{title.lower().replace(' ', '-')}.png"
            known[title] = CharityImage.objects.create(
                title=title, file=ContentFile(canvas.finished(), name=name), credit="Drawn by code for this demo"
            )
    return known
