"""Keys to the donor's page: asked for by email, good for ten minutes, used once. No key lies here, only its digest."""

import hashlib
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.models.donor import Donor

KEY_LASTS = timedelta(minutes=10)


class KeyAsking(models.Model):
    """Somebody asked for a key to the page of an address, known here or not. It counts towards the limits for a day."""

    email = models.EmailField(blank=True, help_text=_("As typed, until the asking is answered; then nothing."))
    address = models.CharField(max_length=64, help_text=_("Digest of the address, to count by."))
    place = models.CharField(max_length=64, help_text=_("Digest of where it was asked from, to count by."))
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["address", "asked_at"], name="key_asked_for_address"),
            models.Index(fields=["place", "asked_at"], name="key_asked_from_place"),
        ]

    def __str__(self) -> str:
        return gettext("A key asked for, %(asked_at)s") % {"asked_at": f"{self.asked_at:%-d %B %Y %H:%M}"}


class DonorKey(models.Model):
    """One key, sent to one donor in a letter. Whoever opens the page with it uses it up."""

    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="keys")
    digest = models.CharField(_("SHA-256 of the key"), max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("made_at"), used_at__lte=F("made_at") + KEY_LASTS),
                name="donor_key_is_used_while_it_lasts",
            ),
        ]

    def __str__(self) -> str:
        return gettext("A key made %(made_at)s") % {"made_at": f"{self.made_at:%-d %B %Y %H:%M}"}


def digest_of(key: str) -> str:
    """What is kept of a key. It is long and random, so that a plain digest gives nothing away."""
    return hashlib.sha256(key.encode()).hexdigest()
