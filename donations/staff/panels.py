"""What the dashboard says of giving."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from donations.models import StripeEvent


class EventsPanel(Component):
    """How many of Stripe's events wait, and how many failed."""

    name = "stripe_events"
    template_name = "donations/staff/panel_events.html"
    order = 120

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Two counts, over the partial index of what is not done."""
        undone = StripeEvent.objects.filter(handled_at__isnull=True)
        return undone.aggregate(waiting=Count("pk", filter=Q(error="")), failed=Count("pk", filter=~Q(error="")))


def add_events_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who look after the inbox."""
    if request.user.has_perm("donations.view_stripeevent"):
        panels.append(EventsPanel())
