"""Words that people agreed to, version by version: what somebody was shown can always be shown again."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Wording(models.Model):
    """One version of some words. It never changes; new words are a new version."""

    class About(models.TextChoices):
        """What the words are for."""

        GIFT_AID = "gift_aid", _("Gift Aid declaration")  # after HMRC’s model declaration
        CONTACT = "contact", _("Keeping in touch")

    about = models.CharField(max_length=10, choices=About.choices)
    version = models.PositiveSmallIntegerField()
    text = models.TextField(
        help_text=_("{charity} stands for the charity’s name, {gifts} for the gifts that are meant.")
    )
    in_use_from = models.DateField()
    approved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["about", "-version"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["about", "version"], name="wording_version_once")]

    def __str__(self) -> str:
        return gettext("%(about)s, version %(version)s") % {"about": self.get_about_display(), "version": self.version}

    def shown(self, *, charity: str, gifts: str = "") -> str:
        """The words as somebody is shown them."""
        return shown(self.text, charity=charity, gifts=gifts)

    def read(self, *, charity: str) -> "Words":
        """The same, for somebody to read before agreeing."""
        return Words(self.pk, self.text, charity)


@dataclass(frozen=True)
class Words:
    """Words as somebody reads them: a version of them, with the name of the charity in its place."""

    wording: int
    text: str
    charity: str

    def shown(self, gifts: str = "") -> str:
        """All of them, for the gifts that are meant."""
        return shown(self.text, charity=self.charity, gifts=gifts)

    @property
    def mark(self) -> str:
        """What a form carries, to tell which words were read: other words, or another name, have another mark."""
        return digest(self.shown("{gifts}"))


def shown(text: str, *, charity: str, gifts: str = "") -> str:
    """Words with charity and gifts in their places."""
    return text.replace("{charity}", charity).replace("{gifts}", gifts)


def digest(text: str) -> str:
    """The SHA-256 of words that were shown, so that it can be proved which they were."""
    return hashlib.sha256(text.encode()).hexdigest()


def in_use(about: str, *, on: date | None = None) -> Wording:
    """The newest words that are in use on a day, today if none is named. Raises Wording.DoesNotExist."""
    return Wording.objects.filter(about=about, in_use_from__lte=on or timezone.localdate()).latest("version")
