"""Notices: what readers of the whole site, or of one part of it, should know for a while."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin


class NoticeKind(models.TextChoices):
    """How it is set."""

    INFO = "info", _("For information")
    WARNING = "warning", _("Please note")


class Notice(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A few words above every page, or above those of one section, between two moments."""

    title = models.CharField(max_length=100)
    text = RichTextField(features=["bold", "italic", "link"])
    kind = models.CharField(max_length=10, choices=NoticeKind.choices, default=NoticeKind.INFO)
    section = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        help_text=_("Shown on this page and all below it. Leave empty for the whole site, forms included."),
    )  # fmt: skip
    begins_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("to"), null=True, blank=True, help_text=_("Then it goes by itself."))

    panels = [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("text"), FieldPanel("kind")], heading=_("What it says")),
        FieldPanel("section"),
        MultiFieldPanel([FieldPanel("begins_at"), FieldPanel("ends_at")], heading=_("When")),
        PublishingPanel(),
    ]

    class Meta:
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")),
                name="notice_ends_after_it_begins",
                violation_error_message=_("A notice cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_for(self, path: str, now: datetime) -> bool:
        """Whether it stands above the page at this place in the tree (nothing: a form) at this moment."""
        in_time = self.begins_at <= now and (self.ends_at is None or now < self.ends_at)
        return in_time and (self.section is None or (bool(path) and path.startswith(self.section.path)))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """Shown as above a page."""
        return "content/snippets/notice.html"


def published_notices() -> list[Notice]:
    """All that are published and not over."""
    return list(
        Notice.objects.filter(live=True)
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now()))
        .select_related("section")
    )


def standing_above(page: Any, published: list[Notice]) -> list[Notice]:
    """Those of them that stand above a page, or above a form (None) now."""
    now, path = timezone.now(), str(getattr(page, "path", "") or "")
    return [notice for notice in published if notice.is_for(path, now)]
