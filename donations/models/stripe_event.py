"""The inbox: every event that Stripe sent with a right signature, once."""

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Left, NullIf
from django.utils.translation import gettext_lazy as _


class StripeEvent(models.Model):
    """One signed message from Stripe. It is remembered before it is obeyed, and obeyed once."""

    event_id = models.CharField(max_length=100)
    kind = models.CharField(max_length=100)
    api_version = models.CharField(max_length=40, blank=True)
    livemode = models.BooleanField()
    object_id = models.CharField(max_length=100, blank=True, help_text=_("What it is about: asked of Stripe again."))
    object_type = models.CharField(max_length=60, blank=True)
    about = models.GeneratedField(
        expression=Left(
            Coalesce(NullIf(KT("payload__data__object__payment_intent"), models.Value("")), models.F("object_id")), 100
        ),
        output_field=models.CharField(max_length=100),
        db_persist=True,
        help_text=_("The payment that its object names, or the object: one worker obeys what is about one thing."),
    )
    thin = models.BooleanField(default=False, help_text=_("It came without its object."))
    created = models.DateTimeField()
    payload = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text=_("When a worker began to obey it."))
    handled_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    flagged = models.BooleanField(
        default=False, help_text=_("Kept for somebody to look at: of a kind or about a thing we do not know.")
    )
    outcome = models.CharField(max_length=200, blank=True, help_text=_("What came of it, in a sentence."))

    class Meta:
        ordering = ["-received_at"]
        permissions = [("retry_stripeevent", "Can have an event tried again")]
        constraints = [models.UniqueConstraint(fields=["event_id"], name="stripe_event_is_kept_once")]
        indexes = [
            models.Index(
                fields=["received_at"], condition=models.Q(handled_at__isnull=True), name="stripe_event_waiting"
            ),
            models.Index(fields=["object_id"], condition=~models.Q(object_id=""), name="stripe_event_about"),
            models.Index(
                fields=["id"],
                condition=models.Q(handled_at__isnull=True, claimed_at__isnull=True, attempts=0),
                name="stripe_event_new",
            ),
            models.Index(fields=["about"], condition=models.Q(handled_at__isnull=True), name="stripe_event_in_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
