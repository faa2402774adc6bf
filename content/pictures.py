"""The sizes and kinds in which pictures are drawn, and how those of a page are read in one go.

Every picture comes as AVIF, WebP and JPEG, 400 and 800 wide, cut around its focal point; a browser takes what it knows.
"""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from PIL import AvifImagePlugin, Image
from wagtail.images.models import Filter

from content.models.image import CharityImage, CharityRendition

CUT = Filter.expand_spec("format-{avif,webp,jpeg}|fill-{400x267,800x533}")  # three to two: heroes and cards
WHOLE = Filter.expand_spec("format-{avif,webp,jpeg}|width-{400,800}")  # as it was taken: within text
PORTRAIT = Filter.expand_spec("format-{avif,webp,jpeg}|fill-{80x80,160x160}")  # a face beside a name
LOGO = Filter.expand_spec("format-{avif,webp,png}|max-440x120")  # it may have no ground of its own: so no JPEG
SHARED = "fill-1200x630|format-jpeg"  # where a page is shared


def read_sizes(*pictures: CharityImage | None) -> None:
    """Of the pictures of one page: their sizes, the shared one included, in one query."""
    drawn = CharityRendition.objects.filter(filter_spec__in=[*CUT, SHARED])
    shown = [each for each in pictures if each is not None]
    prefetch_related_objects(shown, Prefetch("renditions", drawn, to_attr="prefetched_renditions"))


def of_people(field: str = "picture") -> Prefetch:
    """For lists of people: the sizes of their portraits, which are joined in (`select_related`)."""
    return _sizes(field, PORTRAIT)


def of_many(field: str = "picture") -> Prefetch:
    """For cards: the sizes of the pictures of many pages, which are joined in."""
    return _sizes(field, CUT)


def _sizes(field: str, wanted: list[str]) -> Prefetch:
    drawn = CharityRendition.objects.filter(filter_spec__in=wanted)
    return Prefetch(f"{field}__renditions", drawn, to_attr="prefetched_renditions")


def draw_avif(picture: Image.Image, *where: Any) -> None:
    """An AVIF as Pillow draws it, in half its time: the file is a fifteenth larger, and a preview waits for it."""
    picture.encoderinfo.setdefault("speed", settings.AVIF_SPEED)
    AvifImagePlugin._save(picture, *where)
