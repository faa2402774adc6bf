"""What happened to anything: one row for each step, added to and never edited."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One step in a life. A thing's state is what its events add up to; no event says how anybody voted."""

    noun = models.CharField(max_length=20)  # “resolution”
    number = models.BigIntegerField()  # its key
    action = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["noun", "number"], name="event_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.noun} {self.number}: {self.action}"
