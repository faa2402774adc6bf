"""The charity's own look: six tokens from its settings, the few that follow from them, and the stylesheet they make.

`tokens.css` is the look of everybody; what stands here is laid over it. What a colour must do is measured when it is
saved, so that no choice makes a page that somebody cannot read.
"""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from content.colours import CONTROL, INK, TEXT, WHITE, contrast, darkened, mixed, nearest, ratio

SHELL = "#fbf6ee"  # --shell of tokens.css: text and links stand on it too
SALT = "content.look"
BREATH = 0.09  # so much of the brand colour is in a tint that nobody chose

# --radius, --radius-large, --corner, --corner-card, --corner-button
CORNERS = {
    "soft": ("0.375rem", "0.75rem", "clamp(2.5rem, 1.5rem + 5vw, 6rem)", "2rem", "1.15rem"),
    "round": ("0.75rem", "1.125rem", "1.5rem", "1.125rem", "1.5rem"),
    "square": ("0", "0", "0", "0", "0"),
}


@dataclass(frozen=True)
class Look:
    """The six tokens."""

    brand: str = "#0b5f6d"
    on_brand: str = WHITE
    accent: str = "#ffb84d"
    link: str = "#0b5f6d"
    tint: str = "#e7f2f1"
    corner: str = "soft"

    @classmethod
    def of(cls, settings: Any) -> "Look":
        """What the charity chose; what it left empty follows from its brand colour."""
        brand = settings.brand
        return cls(
            brand=brand,
            on_brand=on(brand),
            accent=settings.accent,
            link=settings.link or brand,
            tint=settings.tint or (cls.tint if brand == cls.brand else mixed(brand, WHITE, BREATH)),
            corner=settings.corner,
        )

    @property
    def stylesheet(self) -> str:
        """The tokens as a stylesheet, with what follows from them."""
        return _stylesheet_of(self)

    @property
    def is_everybodys(self) -> bool:
        """Whether it is that of tokens.css, so that no second stylesheet is needed."""
        return self == Look()

    @property
    def mark(self) -> str:
        """Another for every other look: the stylesheet's address may be kept for ever."""
        return hashlib.sha256(self.stylesheet.encode()).hexdigest()[:12]

    def signed(self) -> str:
        """The tokens of a look that is not saved yet, as only we can have written them."""
        return signing.dumps(asdict(self), salt=SALT)

    @classmethod
    def signed_as(cls, words: str) -> "Look":
        """The other way round; BadSignature where we did not write it."""
        return cls(**signing.loads(words, salt=SALT))


def on(brand: str) -> str:
    """What is written on the brand colour: white if it can be read there, else ink."""
    return WHITE if contrast(brand, WHITE) >= TEXT or contrast(brand, INK) < TEXT else INK


def hovered(accent: str) -> str:
    """The accent a little darker, as long as ink is read on it."""
    return next((shade for share in (0.9, 0.95) if contrast(shade := mixed(accent, INK, share), INK) >= TEXT), accent)


def deep(link: str) -> str:
    """The darkest: headings, and the ground of the foot, where white and the accent are read."""
    return darkened(link, WHITE, 11.5)


@lru_cache(maxsize=32)
def _stylesheet_of(look: Look) -> str:
    radius, radius_large, corner, card, button = CORNERS[look.corner]
    tokens = {
        "brand": look.brand,
        "on-brand": look.on_brand,
        "accent": look.accent,
        "accent-dark": hovered(look.accent),
        "link": look.link,
        "brand-dark": darkened(look.link, look.tint, 9),
        "deep": deep(look.link),
        "sea": mixed(look.brand, WHITE, 0.55),
        "tint": look.tint,
        "radius": radius,
        "radius-large": radius_large,
        "corner": corner,
        "corner-card": card,
        "corner-button": button,
    }
    return ":root {" + "".join(f" --{name}: {value};" for name, value in tokens.items()) + " }\n"


@dataclass(frozen=True)
class Pair:
    """Two colours that must stand apart: what would be hard to make out, the other colour, and how far."""

    said: str
    other: Callable[[str], str]
    least: float

    def falls_short(self, colour: str) -> bool:
        """Whether it would be hard to make out."""
        return contrast(colour, self.other(colour)) < self.least

    def refusal(self, colour: str) -> str:
        """The measured ratio, and what is needed."""
        needs = "text needs 4.5:1" if self.least == TEXT else "a control needs 3:1"
        return gettext("%(said)s would stand at %(colour)s; %(needs)s.") % {
            "said": self.said,
            "colour": ratio(colour, self.other(colour)),
            "needs": needs,
        }


def pairs_of(look: Look) -> dict[str, tuple[str, list[Pair]]]:
    """Each colour that was chosen, and what it has to stand apart from."""

    def fixed(colour: str) -> Callable[[str], str]:
        return lambda _: colour

    return {
        "brand": (
            look.brand,
            [
                Pair(gettext("The words on a button of this colour"), on, TEXT),
                Pair(gettext("A button of this colour, on white,"), fixed(WHITE), CONTROL),
                Pair(gettext("A chosen box of this colour, on the tint,"), fixed(look.tint), CONTROL),
            ],
        ),
        "tint": (look.tint, [Pair(gettext("Text on this ground"), fixed(INK), TEXT)]),
        "link": (
            look.link,
            [
                Pair(gettext("A link of this colour, on white,"), fixed(WHITE), TEXT),
                Pair(gettext("A link of this colour, on the sand ground,"), fixed(SHELL), TEXT),
                Pair(gettext("A link of this colour, on the tint,"), fixed(look.tint), TEXT),
            ],
        ),
        "accent": (
            look.accent,
            [
                Pair(gettext("The words on a Donate button of this colour"), fixed(INK), TEXT),
                Pair(gettext("Headings of this colour at the foot of the page"), fixed(deep(look.link)), TEXT),
            ],
        ),
    }


def check(look: Look) -> None:
    """Refuse what somebody could not read: the measured ratio, what is needed, and the nearest shade that passes."""
    wrong: dict[str, str] = {}
    judged = pairs_of(look)
    if any(pair.falls_short(look.tint) for pair in judged["tint"][1]):  # the others are judged on one that can stay
        judged |= {**pairs_of(replace(look, tint=mixed(look.brand, WHITE, BREATH))), "tint": judged["tint"]}
    for field, (colour, pairs) in judged.items():
        short = next((pair for pair in pairs if pair.falls_short(colour)), None)
        if short is None or (field == "link" and "brand" in wrong and look.link == look.brand):
            continue  # one colour is refused once
        shade = nearest(colour, lambda each, pairs=pairs: not any(pair.falls_short(each) for pair in pairs))  # type: ignore[misc]  # bound now
        offered = (
            gettext(" The nearest shade that passes is %(shade)s.") % {"shade": shade}
            if shade
            else gettext(" No shade of it passes: choose another.")
        )
        wrong[field] = short.refusal(colour) + offered
    if wrong:
        raise ValidationError(wrong)
