"""Words that people agreed to, version by version: what somebody was shown can always be shown again."""

import hashlib

from django.db import models
from django.utils import timezone


class Wording(models.Model):
    """One version of some words. It never changes; new words are a new version."""

    class About(models.TextChoices):
        """What the words are for."""

        GIFT_AID = "gift_aid", "Gift Aid declaration"  # after HMRC’s model declaration
        CONTACT = "contact", "Keeping in touch"

    about = models.CharField(max_length=10, choices=About.choices)
    version = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="{charity} stands for the charity’s name, {gifts} for the gifts that are meant.")
    in_use_from = models.DateField()
    approved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["about", "-version"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["about", "version"], name="wording_version_once")]

    def __str__(self) -> str:
        return f"{self.get_about_display()}, version {self.version}"

    def shown(self, *, charity: str, gifts: str = "") -> str:
        """The words as somebody is shown them."""
        return self.text.replace("{charity}", charity).replace("{gifts}", gifts)


def digest(text: str) -> str:
    """The SHA-256 of words that were shown, so that it can be proved which they were."""
    return hashlib.sha256(text.encode()).hexdigest()


def in_use(about: str) -> Wording:
    """The newest words that are in use today. Raises Wording.DoesNotExist where there are none."""
    return Wording.objects.filter(about=about, in_use_from__lte=timezone.localdate()).latest("version")
