"""May we write? What each donor said, channel by channel; it is added to, never edited. And whom we never contact."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.models.donor import Donor
from donations.models.pledge import Pledge
from donations.models.wording import Wording


class ContactBy(models.TextChoices):
    """How somebody can be reached."""

    EMAIL = "email", _("Email")
    POST = "post", _("Post")
    PHONE = "phone", _("Telephone")
    TEXT = "text", _("Text message")


class Basis(models.TextChoices):
    """What a permission rests on."""

    CONSENT = "consent", _("They said yes")
    # PECR, regulation 22(3A), from 5 February 2026: email and text only, and refusing was offered.
    SOFT_OPT_IN = "soft_opt_in", _("They gave, and did not refuse (charitable soft opt-in)")
    NONE = "none", _("None: do not contact")


class ContactPermission(models.Model):
    """What somebody said about one channel, at one moment. The newest says what holds."""

    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, null=True, blank=True, related_name="permissions")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="permissions")
    channel = models.CharField(max_length=5, choices=ContactBy.choices)
    basis = models.CharField(max_length=11, choices=Basis.choices)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=60, help_text=_("Where it was said: “donation form”, “unsubscribe link”."))
    digest = models.CharField(max_length=64, blank=True, help_text=_("Of the address or number that it was said of."))
    said_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("record_contactpermission", "Can record what a donor says about being contacted")]
        indexes = [models.Index(fields=["donor", "channel", "-id"], name="permission_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis="soft_opt_in") | Q(channel__in=["email", "text"]),
                name="soft_opt_in_is_for_email_and_text",
            ),
            models.CheckConstraint(
                condition=Q(basis="none") | Q(wording__isnull=False), name="permission_says_in_which_words"
            ),
            models.CheckConstraint(
                condition=Q(donor__isnull=False) | Q(pledge__isnull=False), name="permission_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_basis_display()}"

    @property
    def granted(self) -> bool:
        """Whether they may be contacted so."""
        return self.basis != Basis.NONE


class Suppression(models.Model):
    """An address that is never contacted again. Only its digest is kept, so that it can outlive the donor’s data."""

    channel = models.CharField(max_length=5, choices=ContactBy.choices)
    digest = models.CharField(max_length=64)
    since = models.DateTimeField(auto_now_add=True, help_text=_("When the newest no was said."))

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="suppressed_once")]

    def __str__(self) -> str:
        return gettext("%(channel)s, since %(since)s") % {
            "channel": self.get_channel_display(),
            "since": f"{self.since:%-d %B %Y}",
        }


def digest_of(address: str) -> str:
    """What is kept of an address or number that must not be contacted."""
    plain = "".join(address.split()).lower()
    return hashlib.sha256(f"almoner:{plain}".encode()).hexdigest()


def is_suppressed(*, channel: str, address: str) -> bool:
    """Whether this address or number must not be contacted."""
    return Suppression.objects.filter(channel=channel, digest=digest_of(address)).exists()
