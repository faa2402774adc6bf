"""A programme: what the charity gives for, out of which fund. The story is told on a page, which points here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from donations.ledger.models import Fund, Purpose


class Programme(models.Model):
    """A line of giving with one purpose. Its purpose stands still once there are applications."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(_("address"), max_length=60, help_text=_("As in “specialist-nurses”."))
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="programmes")
    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, related_name="programmes", help_text=_("The fund that usually pays.")
    )
    description = models.TextField(blank=True, help_text=_("What it gives for, and to whom."))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="programme_address_once"),
            models.UniqueConstraint(fields=["name"], name="programme_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
