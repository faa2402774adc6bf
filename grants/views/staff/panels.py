"""What the dashboard says of grants."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from grants.models import Application, ApplicationState, Award, Instalment, InstalmentState


class GrantsPanel(Component):
    """Applications by stage, and payments that wait."""

    name = "grants"
    template_name = "grants/staff/panel_grants.html"
    order = 113

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Two counts."""
        states = dict(Application.objects.order_by().values_list("state").annotate(Count("pk")))
        today = timezone.localdate()
        unpaid = Instalment.objects.exclude(state__in=[InstalmentState.CONFIRMED, InstalmentState.CANCELLED])
        return {
            "stages": [(label, value, states.get(value, 0)) for value, label in ApplicationState.choices],
            "late": unpaid.filter(due_on__lt=today).count(),
            "held": unpaid.filter(state=InstalmentState.HELD).count(),
            "awards": Award.objects.count(),
        }


def add_grants_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who look after applications."""
    if request.user.has_perm("grants.view_application"):
        panels.append(GrantsPanel())
