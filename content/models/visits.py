"""How often a page was read on a day, and from which sites people came. Nothing is known of who they were."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class DailyVisits(models.Model):
    """So many visits to a path on a day, from one other site or from none."""

    day = models.DateField()
    path = models.CharField(max_length=200)
    referrer = models.CharField(max_length=100, blank=True)
    visits = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = _("daily visits")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["day", "path", "referrer"], name="visits_of_a_day_are_counted_once"),
            models.CheckConstraint(condition=Q(visits__gt=0), name="visits_are_more_than_none"),
        ]

    def __str__(self) -> str:
        return gettext("%(path)s on %(day)s: %(visits)s") % {"path": self.path, "day": self.day, "visits": self.visits}
