"""Reminders to staff that something is about to end: a row first, sent after the commit, once for each cause."""

from django.db import models


class EndingReminder(models.Model):
    """One reminder. `about` names the thing, its last day and how many days before: each gets one."""

    about = models.CharField(max_length=120, unique=True, help_text="“endorsement:16:2027-01-31:30”.")
    to = models.EmailField()
    facts = models.JSONField(default=dict, help_text="What the letter says.")
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.about
