"""A gift that is being filled in: what has been typed so far, page by page or all at once."""

import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.models.appeal import Appeal
from donations.models.pledge import Pledge


class Draft(models.Model):
    """What a donor has typed. It is kept as typed, so that Back works and a wrong answer is still there to be mended.

    Its token stands in the pages' addresses and nowhere else: who has it is the donor. It is removed after a day.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="drafts")
    answers = models.JSONField(default=dict, help_text=_("What was typed, by the page it was typed on."))
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["changed_at"], name="draft_changed")]

    def __str__(self) -> str:
        return gettext("A gift to %(appeal)s that is being filled in") % {"appeal": self.appeal}
