"""The charity's pictures, with their credit and the consent of whoever is in them."""

import re
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, Picture

from content.models.consent import ConsentRecord, why_not

USUAL = (720, 480)  # of a picture that is not shown, where nobody says how large it should be


@lru_cache(maxsize=200)
def read(spec: str) -> Filter:
    """A size as Wagtail understands it; it would take the words apart at each picture, which is slow."""
    return Filter(spec)


class CharityImage(AbstractImage):
    """A picture, who took it, and with whose consent it is shown.

    Where that consent has ended something quiet stands in its place, wherever it was used, and its file leaves the
    public folder (content.actions.consenting).
    """

    credit = models.CharField(max_length=120, blank=True)
    consent = models.ForeignKey(
        ConsentRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="pictures",
        help_text=_("Of whoever is in it. Leave empty if nobody is in the picture."),
    )  # fmt: skip
    # The consent's end, kept here too so that showing fifty pictures asks for no consent.
    hidden_from = models.DateField(null=True, blank=True, editable=False)
    kept_as = models.CharField(
        max_length=255, blank=True, editable=False, help_text=_("Where its file lies while nobody may see it.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "consent")

    def clean(self) -> None:
        """A consent that is chosen covers the picture, and stands."""
        super().clean()
        if self.consent_id and self.consent and (why := why_not(self.consent, "picture")):
            before = type(self).objects.filter(pk=self.pk).values_list("consent", flat=True).first()
            if before != self.consent_id:  # what it holds may have ended; it is down, and may still be looked after
                raise ValidationError({"consent": why})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Know the day from which it is not shown."""
        self.hidden_from = self.consent.gone_from if self.consent_id and self.consent else None
        super().save(*args, **kwargs)

    @property
    def may_be_shown(self) -> bool:
        """Whether its consent stands, or nobody is in it."""
        return self.hidden_from is None or timezone.localdate() < self.hidden_from

    def get_rendition(self, filter: Filter | str) -> "CharityRendition":
        """The picture at a size, or what stands in its place."""
        if not self.may_be_shown:
            return self._in_its_place(filter)
        drawn: CharityRendition = super().get_rendition(filter)
        return drawn

    def get_renditions(self, *filters: Filter | str) -> dict[str, "CharityRendition"]:
        """The same of many sizes."""
        if not self.may_be_shown:
            shown = [self._in_its_place(each) for each in filters]
            return {each.filter_spec: each for each in shown}
        known = [read(each if isinstance(each, str) else each.spec) for each in filters]
        drawn: dict[str, CharityRendition] = super().get_renditions(*known)
        return drawn

    def drawn(self, filters: list[str]) -> Picture:
        """The picture in several kinds and widths, of which a browser takes what suits it."""
        return Picture(self.get_renditions(*filters))

    def _in_its_place(self, filter: Filter | str) -> "CharityRendition":
        spec = filter if isinstance(filter, str) else filter.spec
        size = re.search(r"(\d+)x(\d+)", spec)
        width, height = (int(size[1]), int(size[2])) if size else USUAL
        withheld = CharityRendition(image=self, filter_spec=spec, width=width, height=height)
        withheld.is_withheld = True
        return withheld


class CharityRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(CharityImage, on_delete=models.CASCADE, related_name="renditions")
    is_withheld = False  # what stands in the place of a picture that nobody may see

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def url(self) -> str:
        """Where it lies."""
        return static("content/withheld.svg") if self.is_withheld else str(super().url)

    @property
    def alt(self) -> str:
        """What it shows; of something withheld, nothing."""
        return "" if self.is_withheld else str(super().alt)
