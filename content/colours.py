"""Colours as sums: how far two stand apart (WCAG 2.2, 1.4.3 and 1.4.11), the nearest shade that stands far enough."""

import colorsys
import re
from collections.abc import Callable, Iterator

WHITE = "#ffffff"
INK = "#14262e"  # --ink, and --focus-ink, of tokens.css
TEXT = 4.5  # words on their ground
CONTROL = 3.0  # edges and fills by which a control is known
WRITTEN = re.compile(r"#[0-9a-f]{6}")
STEPS = 500  # shades tried between black and white

RGB = tuple[int, int, int]


def tidied(written: str) -> str:
    """“#0B5F6D”, “0b5f6d” and “#0b5” as we write them; what is no colour stays as it is."""
    plain = written.strip().lower().removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}", plain):
        plain = "".join(2 * each for each in plain)
    return f"#{plain}" if WRITTEN.fullmatch(f"#{plain}") else written.strip()


def parts(colour: str) -> RGB:
    """Red, green and blue, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def written(rgb: RGB) -> str:
    """The other way round."""
    return "#" + "".join(f"{part:02x}" for part in rgb)


def luminance(colour: str) -> float:
    """How bright it is, from 0 to 1."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def ratio(one: str, other: str) -> str:
    """“4.4:1”. Rounded down, so that what fails is never said to pass."""
    return f"{int(contrast(one, other) * 10) / 10:.1f}:1"


def mixed(colour: str, other: str, share: float) -> str:
    """So much of `colour` in `other`."""
    pairs = zip(parts(colour), parts(other), strict=True)
    red, green, blue = (round(one * share + two * (1 - share)) for one, two in pairs)
    return written((red, green, blue))


def shades(colour: str) -> Iterator[str]:
    """The same hue, from nearly black to nearly white."""
    hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in parts(colour)))
    for step in range(1, STEPS):
        red, green, blue = colorsys.hls_to_rgb(hue, step / STEPS, saturation)
        yield written((round(red * 255), round(green * 255), round(blue * 255)))


def nearest(colour: str, passes: Callable[[str], bool]) -> str:
    """The shade most like this one that passes; black or white of its hue always will, or there is none: then ""."""

    def away(other: str) -> int:
        return sum((one - two) ** 2 for one, two in zip(parts(colour), parts(other), strict=True))

    return min((shade for shade in shades(colour) if passes(shade)), key=away, default="")


def darkened(colour: str, ground: str, least: float) -> str:
    """The colour itself where it stands so far from its ground; else its nearest darker shade that does."""
    if contrast(colour, ground) >= least:
        return colour
    darker = (shade for shade in shades(colour) if luminance(shade) <= luminance(colour))
    return max((shade for shade in darker if contrast(shade, ground) >= least), key=luminance, default=INK)
