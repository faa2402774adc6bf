"""The charity's pictures, with their credit and the consent of whoever is in them."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class CharityImage(AbstractImage):
    """A picture, who took it, and until when it may be shown."""

    credit = models.CharField(max_length=120, blank=True)
    consent = models.CharField(
        max_length=200,
        blank=True,
        help_text="Whose permission is on file, and where. Leave empty if nobody is in the picture.",
    )
    consent_expires = models.DateField(null=True, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "consent", "consent_expires")


class CharityRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(CharityImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
