"""That somebody was told of a review: once for each page, day and person, 90 and 30 days before it and on the day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MARKS = (90, 30, 0)  # days before a review is due


class ReviewReminder(models.Model):
    """One letter to one person about one review that is due."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    mark = models.PositiveSmallIntegerField(help_text=_("How many days before it was due this was to be said."))
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "to", "due_on", "mark"], name="review_is_reminded_of_once_at_each_mark"
            ),
            models.CheckConstraint(condition=Q(mark__in=MARKS), name="review_is_reminded_of_at_90_30_and_0_days"),
        ]

    def __str__(self) -> str:
        return f"{self.page}, due on {self.due_on}, {self.mark} days before"
