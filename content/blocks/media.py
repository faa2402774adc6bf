"""Pictures and films. What is in one is said in words, or it is marked as decoration."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from content import pictures


class DrawnImageChooserBlock(ImageChooserBlock):
    """A picture within text; all those of a body come with their sizes in two queries."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        """The chosen ones, each with the sizes in which it was ever drawn; one in two places is two."""
        found = self.model_class.objects.prefetch_renditions(*pictures.WHOLE)
        found = found.in_bulk([value for value in values if value])
        return [_of_its_own(found[value]) if value in found else None for value in values]


def _of_its_own(picture: Any) -> Any:
    """A copy whose drawn sizes are its own too: they say in whose words it is described."""
    own = copy(picture)
    own.prefetched_renditions = [copy(drawn) for drawn in picture.prefetched_renditions]
    for drawn in own.prefetched_renditions:
        drawn.image = own
    return own


class DrawnImageBlock(ImageBlock):
    """A picture and its words, or that it is decoration."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        chooser = DrawnImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


class PictureBlock(blocks.StructBlock):
    """A picture with its caption and credit."""

    image = DrawnImageBlock()
    caption = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture, with words for those who do not see it.")
        template = "content/blocks/picture.html"
        preview_value = {"image": None, "caption": "The harbour at seven in the morning"}

    def get_preview_value(self) -> Any:
        """The first picture that is on file, if there is any."""
        kept = self.child_blocks["image"].child_blocks["image"].model_class.objects.filter(consent=None)
        first = kept.prefetch_renditions(*pictures.WHOLE).order_by("pk").first()
        if first is not None:
            first.contextual_alt_text, first.decorative = first.title, False
        return self.normalize({**self.meta.preview_value, "image": first})


class VideoBlock(blocks.StructBlock):
    """A film. It stays where it is until somebody follows the link; what is said in it is here."""

    title = blocks.CharBlock(max_length=120)
    address = blocks.URLBlock(help_text=_("Where it can be watched. Nothing is loaded from there until somebody goes."))
    place = blocks.CharBlock(max_length=60, label=_("Whose site that is"), help_text=_("“Harbour Films (demo)”"))
    length = blocks.CharBlock(max_length=30, required=False, help_text=_("“4 minutes”"))
    has_captions = blocks.BooleanBlock(required=False, label=_("It has subtitles"))
    poster = DrawnImageChooserBlock(required=False, help_text=_("Decoration: it needs no words."))
    transcript = blocks.RichTextBlock(
        features=["bold", "italic", "ul", "ol"],
        help_text=_("All that is said, and what matters of what is seen. Without it a film cannot be published."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A film elsewhere, behind a link, and its transcript here.")
        template = "content/blocks/video.html"
        preview_value = {
            "title": "A morning with the nurse",
            "address": "https://films.example.org/a-morning",
            "place": "Harbour Films (demo)",
            "length": "4 minutes",
            "has_captions": True,
            "poster": None,
            "transcript": "<p>A telephone rings. “Good morning, this is the nurse.”</p>",
        }

    def clean(self, value: Any) -> Any:
        """Only a secure address, and a transcript with words in it."""
        cleaned = super().clean(value)
        wrong = {}
        if not cleaned["address"].startswith("https://"):
            wrong["address"] = ValidationError(gettext("The address begins with https://."))
        if not strip_tags(cleaned["transcript"].source).strip():
            wrong["transcript"] = ValidationError(gettext("Write down what is said in the film."))
        if wrong:
            raise blocks.StructBlockValidationError(block_errors=wrong)
        return cleaned
