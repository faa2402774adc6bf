"""What the defence against card testing has seen: no address, name or card, only keyed digests; soon forgotten.

Both tables are unlogged: after a crash of the database they are empty, and nothing is lost but a few minutes' caution.
They are written by the functions of migration 0013, and by nobody else.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sighting(models.Model):
    """One thing seen at the door, by its digest: how full its measure is, until it has drained.

    A measure of five that drains one each thirty seconds is full when `full_at` is 150 seconds away.
    """

    key = models.CharField(max_length=120, primary_key=True)
    full_at = models.DateTimeField(help_text=_("When the measure will have drained."))
    purge_at = models.DateTimeField(help_text=_("From then on the row says nothing."))
    note = models.CharField(max_length=40, blank=True, db_default="")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class WatchedMinute(models.Model):
    """What happened at the door in one minute."""

    minute = models.DateTimeField(primary_key=True)
    let_in = models.PositiveIntegerField(_("let in"), db_default=0)
    slowed = models.PositiveIntegerField(_("told to wait: one donor"), db_default=0)
    stopped = models.PositiveIntegerField(_("stopped: many new cards"), db_default=0)
    asked = models.PositiveIntegerField(_("challenged: one address"), db_default=0)
    alarmed = models.PositiveIntegerField(_("challenged: many declines"), db_default=0)
    proved = models.PositiveIntegerField(_("challenge passed"), db_default=0)
    waiting = models.PositiveIntegerField(_("told to wait: after a challenge"), db_default=0)
    declines = models.PositiveIntegerField(_("cards declined"), db_default=0)

    class Meta:
        ordering = ["-minute"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.minute:%H:%M}"
