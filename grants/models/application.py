"""An application: what somebody asks the charity to pay for. The first come from staff; later ones from applicants."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from donations.ledger.money import Money
from grants.models.programme import Programme


class ApplicationState(models.TextChoices):
    """The life of an application."""

    SUBMITTED = "submitted", _("Submitted")  # Complete; it stands as it is once a resolution about it is open.
    DECIDED = "decided", _("Decided")  # Trustees carried or lost a resolution about it.
    WITHDRAWN = "withdrawn", _("Withdrawn")  # Whoever asked no longer does.


class Application(models.Model):
    """A proposal. The amount requested is a column of whole pence, never an answer in a form."""

    reference = models.CharField(max_length=20)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    title = models.CharField(max_length=150)
    organisation = models.CharField(max_length=150)
    organisation_number = models.CharField(
        _("register number"), max_length=40, blank=True, help_text=_("Of a charity or company, where there is one.")
    )
    summary = models.TextField()
    requested_pence = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=ApplicationState.choices, default=ApplicationState.SUBMITTED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="application_reference_once"),
            models.CheckConstraint(condition=Q(requested_pence__gt=0), name="application_asks_for_something"),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_is_known"),
        ]
        permissions = [("enter_application", "Can enter and correct applications")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def requested(self) -> Money:
        """What is asked for."""
        return Money(self.requested_pence)
