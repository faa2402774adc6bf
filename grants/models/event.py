"""What happened to anything: one row for each step, added to and never edited."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# What a history says that somebody did.
WORDS = {
    "enter": _("entered it"),
    "correct": _("corrected it"),
    "decide": _("the board decided"),
    "withdraw": _("withdrew it"),
    "draft": _("wrote the draft"),
    "redraft": _("changed the draft"),
    "open": _("opened it"),
    "revise": _("wrote a new version"),
    "declare": _("declared"),
    "vote": _("voted"),
    "count": _("the votes were counted"),
    "wait": _("it waits"),
    "cast": _("gave the casting vote"),
    "reconsider": _("tried again"),
    "carry": _("it was carried"),
    "lose": _("it was not carried"),
    "defer": _("it was deferred"),
    "end_inquorate": _("it ended below its quorum"),
    "make": _("it was awarded"),
    "bring_in": _("brought it in"),
    "offer": _("offered it"),
    "accept": _("recorded the acceptance"),
    "lapse": _("let it lapse"),
    "pay": _("a payment was made"),
    "recover": _("recorded money returned"),
    "close": _("closed it"),
    "plan": _("planned it"),
    "reschedule": _("changed the day"),
    "hold": _("held it back"),
    "free": _("freed it"),
    "meet_condition": _("accepted the evidence"),
    "request": _("requested the payment"),
    "authorise": _("authorised it"),
    "send_back": _("sent it back"),
    "confirm": _("confirmed the payment"),
    "bounce": _("recorded that it came back"),
    "cancel": _("cancelled it"),
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
        return str(WORDS.get(self.action, self.action))
