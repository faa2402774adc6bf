"""That somebody was told of a day that comes: a review is due, or a permission, consent or accreditation ends."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One letter to one address about one thing, its day, and how many days before: written first, sent afterwards."""

    about = models.CharField(max_length=60, help_text=_("“endorsement:16”, “page:12”."))
    to = models.EmailField()
    due_on = models.DateField()
    mark = models.PositiveSmallIntegerField(help_text=_("How many days before that day this was to be said."))
    facts = models.JSONField(default=dict, help_text=_("What the letter says."))
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["about", "to", "due_on", "mark"], name="reminder_is_written_once_at_each_mark"
            )
        ]

    def __str__(self) -> str:
        return gettext("%(about)s, %(due_on)s, %(mark)s days before") % {
            "about": self.about,
            "due_on": self.due_on,
            "mark": self.mark,
        }
