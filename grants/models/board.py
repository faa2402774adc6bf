"""The rules of decision, entered once from the governing document."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Board(models.Model):
    """Who decides, and how many it takes. Its voters are those whose role may vote: see grants/rights.py."""

    name = models.CharField(max_length=100, help_text=_("As in “Board of trustees”."))
    quorum = models.PositiveSmallIntegerField(
        help_text=_("How many trustees without a conflict must vote. Abstaining counts, being in conflict does not.")
    )
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    casting_vote = models.BooleanField(
        _("the chair has a casting vote"), default=False, help_text=_("Only if the governing document says so.")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="board_name_once"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="quorum_is_at_least_one"),
        ]

    def __str__(self) -> str:
        return self.name
