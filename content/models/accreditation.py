"""Accreditations: what an outside body has found us, or a hospital we work with, worthy of; from when, until when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from almoner.kit import private
from content.models.consent import kept_as
from content.staff.widgets import PrivateFileInput


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    """Accreditations, asked for in English."""

    def standing(self, on: date | None = None) -> "AccreditationQuerySet":
        """Published, begun and not ended, with their bodies."""
        day = on or timezone.localdate()
        begun = self.filter(live=True, begins_on__lte=day)
        return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).select_related("body", "holder")


class Accreditation(DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model):
    """One status, shown as text and never as a picture alone. It leaves every page on the day after it ends."""

    title = models.CharField(max_length=150, help_text=_("“Centre of excellence for neuroendocrine tumours”."))
    body = models.ForeignKey(
        "content.Organisation", on_delete=models.PROTECT, related_name="accreditations_awarded",
        verbose_name=_("awarded by"),
    )  # fmt: skip
    holder = models.ForeignKey(
        "content.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="accreditations",
        verbose_name=_("awarded to"), help_text=_("Leave empty if it is the charity itself."),
    )  # fmt: skip
    summary = models.CharField(max_length=300, blank=True, help_text=_("What somebody had to show to be given it."))
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("to"), null=True, blank=True, help_text=_("The last day. Leave empty if it has no end.")
    )
    evidence_url = models.URLField(_("public record"), blank=True, help_text=_("Where the body itself says so."))
    evidence = models.FileField(
        storage=private.storage, upload_to=kept_as, blank=True, help_text=_("The certificate. It stays private.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("who looks after it"), help_text=_("Hears 90 and 30 days before it ends, and on the day."),
    )  # fmt: skip

    objects = AccreditationQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("body"), FieldPanel("holder"), FieldPanel("summary")], heading=_("What it is")),
        MultiFieldPanel([FieldPanel("begins_on"), FieldPanel("ends_on")], heading=_("How long")),
        MultiFieldPanel(
            [
                FieldPanel("evidence_url"),
                FieldPanel("evidence", widget=PrivateFileInput),
                HelpPanel(template="content/staff/evidence_help.html"),
            ],
            heading=_("Evidence"),
        ),
        FieldPanel("owner"),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="accreditation_ends_after_it_begins",
                violation_error_message=_("An accreditation cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(live=False) | ~Q(evidence_url="") | ~Q(evidence=""),
                name="accreditation_is_published_with_evidence",
                violation_error_message=_("Nothing is claimed without evidence: an address, or the certificate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.body})"

    def stands(self, on: date | None = None) -> bool:
        """What `standing` asks, of this one."""
        day = on or timezone.localdate()
        return bool(self.live and self.begins_on <= day and (self.ends_on is None or self.ends_on >= day))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as on a page."""
        return "content/snippets/accreditation.html"
