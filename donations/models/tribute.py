"""A gift in memory or in honour of somebody, and who is told of it. Whom the donor names is never marketed to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.models.pledge import Pledge


class Tribute(models.Model):
    """Who is remembered or honoured by one pledge."""

    class Kind(models.TextChoices):
        """In which way."""

        MEMORY = "memory", _("In memory of somebody")
        HONOUR = "honour", _("In honour of somebody")

    pledge = models.OneToOneField(Pledge, on_delete=models.CASCADE, related_name="tribute")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    honoured = models.CharField(_("their name"), max_length=100)
    message = models.CharField(max_length=500, blank=True)
    tell_name = models.CharField(_("who to tell"), max_length=100, blank=True)
    tell_email = models.EmailField(blank=True)
    tell_on = models.DateField(null=True, blank=True, help_text=_("Empty: as soon as the gift has arrived."))
    say_amount = models.BooleanField(default=False)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=~Q(honoured=""), name="tribute_names_somebody"),
            models.CheckConstraint(condition=Q(tell_email="") | ~Q(tell_name=""), name="tribute_names_who_is_told"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().removesuffix('somebody')}{self.honoured}"
