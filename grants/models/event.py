"""What happened to anything: one row for each step, added to and never edited."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

# What a history says that somebody did.
WORDS = {
    "enter": "entered it",
    "correct": "corrected it",
    "decide": "the board decided",
    "withdraw": "withdrew it",
    "draft": "wrote the draft",
    "redraft": "changed the draft",
    "open": "opened it",
    "revise": "wrote a new version",
    "declare": "declared",
    "vote": "voted",
    "count": "the votes were counted",
    "wait": "it waits",
    "cast": "gave the casting vote",
    "reconsider": "tried again",
    "carry": "it was carried",
    "lose": "it was not carried",
    "defer": "it was deferred",
    "end_inquorate": "it ended below its quorum",
    "make": "it was awarded",
    "bring_in": "brought it in",
    "offer": "offered it",
    "accept": "recorded the acceptance",
    "lapse": "let it lapse",
    "pay": "a payment was made",
    "recover": "recorded money returned",
    "close": "closed it",
    "plan": "planned it",
    "reschedule": "changed the day",
    "hold": "held it back",
    "free": "freed it",
    "meet_condition": "accepted the evidence",
    "request": "requested the payment",
    "authorise": "authorised it",
    "send_back": "sent it back",
    "confirm": "confirmed the payment",
    "bounce": "recorded that it came back",
    "cancel": "cancelled it",
}


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

    @property
    def words(self) -> str:
        """What was done, to follow a name: “Delphine Driftwood, opened it”."""
        return WORDS.get(self.action, self.action)
