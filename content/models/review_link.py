"""A link by which somebody without an account reads one revision of a page, and answers once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What was answered."""

    APPROVED = "approved", _("Approved as it is")
    COMMENTED = "commented", _("Something to say first")


class ReviewLink(models.Model):
    """Who was asked to read which revision, until when, and what they answered. The secret itself is not kept."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    for_whom = models.CharField(max_length=120)
    sent_to = models.EmailField(blank=True)  # empty where whoever asked sent it by hand
    reviewer = models.ForeignKey(
        "content.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("Who the page says has reviewed it, once it is approved by this link and published."),
    )  # fmt: skip
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    answered_by = models.CharField(_("name as typed"), max_length=120, blank=True)
    comment = models.TextField(blank=True, max_length=4000)

    class Meta:
        ordering = ["-made_at"]
        permissions = [("publish_health_page", "Can publish pages about health")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="review_link_ends_after_it_was_made",
                violation_error_message=_("A link cannot run out before it is made."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, verdict="", answered_by="", comment="")
                | Q(answered_at__isnull=False) & ~Q(verdict="") & ~Q(answered_by=""),
                name="review_link_has_a_whole_answer_or_none",
                violation_error_message=_("An answer has a name, a verdict and a time."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="commented") | ~Q(comment=""),
                name="review_link_comment_says_something",
                violation_error_message=_("Say what should be changed."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(page)s for %(for_whom)s") % {"page": self.page, "for_whom": self.for_whom}

    @property
    def is_open(self) -> bool:
        """Whether an answer may still come."""
        return self.answered_at is None and self.expires_at > timezone.now()

    @property
    def standing(self) -> str:
        """How it stands, in words."""
        if self.answered_at:
            return gettext("%(verdict)s, by %(answered_by)s") % {
                "verdict": self.get_verdict_display(),
                "answered_by": self.answered_by,
            }
        return gettext("Waiting") if self.is_open else gettext("Run out")
