"""The report “What runs out”: permissions, consents and accreditations, the soonest first."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from almoner.kit.staff.screens import Screen, ScreenSet
from content.actions import reminding

AHEAD = timedelta(days=365)


class WhatRunsOut(Screen):
    """Whatever ends within a year or has ended, and who is told."""

    permission = "content.view_consentrecord"
    under = (_("Reports"), "wagtailadmin_home")
    template_name = "content/staff/what_runs_out.html"
    page_title = _("What runs out")
    header_icon = "date"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each with its days left."""
        today = timezone.localdate()
        rows = [(each, each.days_left(today)) for each in reminding.endings(until=today + AHEAD)]
        return {**super().get_context_data(**kwargs), "rows": rows}


class EndingsSet(ScreenSet):
    """One screen, among the reports."""

    name = "what_runs_out"
    url_prefix = "what-runs-out"
    icon = "date"
    permission = "content.view_consentrecord"
    views = {"index": ("", WhatRunsOut)}
