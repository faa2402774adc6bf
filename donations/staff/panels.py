"""What the dashboard says of giving."""

from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from donations import defence
from donations.models import Dispute, Reconciliation, Refund, RegularGift, StripeEvent
from donations.models.refund import RefundState
from donations.models.regular_gift import RegularState
from donations.staff import comparisons, disputes


class EventsPanel(Component):
    """How many of Stripe's events wait, how many failed, and how many are kept to be looked at."""

    name = "stripe_events"
    template_name = "donations/staff/panel_events.html"
    order = 120

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Two counts over the partial index of what is not done, and one of what is flagged."""
        undone = StripeEvent.objects.filter(handled_at__isnull=True)
        counts = undone.aggregate(waiting=Count("pk", filter=Q(error="")), failed=Count("pk", filter=~Q(error="")))
        return {**counts, "flagged": StripeEvent.objects.filter(flagged=True).count()}


def add_events_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who look after the inbox."""
    if request.user.has_perm("donations.view_stripeevent"):
        panels.append(EventsPanel())


class PaymentsPanel(Component):
    """What waits for somebody: the last comparison with Stripe, refunds, disputes, failing regular gifts."""

    name = "payments"
    template_name = "donations/staff/panel_payments.html"
    order = 115

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """One query for each line that this person may see."""
        may = parent_context["request"].user.has_perm
        shown: dict[str, Any] = {}
        if may("donations.view_reconciliation"):
            last = Reconciliation.objects.first()
            shown |= {"compared": True, "last": last, "said": comparisons.said(last) if last else ""}
        if may("donations.view_refund"):
            shown["to_approve"] = Refund.objects.filter(state=RefundState.ASKED).count()
        if may("donations.view_dispute"):
            wanted = Dispute.objects.filter(status__in=disputes.WANTS_EVIDENCE)
            shown |= wanted.aggregate(evidence=Count("pk"), due=Min("evidence_due"))
        if may("donations.view_regulargift"):
            shown["failing"] = RegularGift.objects.filter(state=RegularState.FAILING).count()
        return shown


NOUNS = ("reconciliation", "refund", "dispute", "regulargift")


def add_payments_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who may see any of it."""
    if any(request.user.has_perm(f"donations.view_{noun}") for noun in NOUNS):
        panels.append(PaymentsPanel())


class DefencePanel(Component):
    """Whether somebody tries out cards on our form, and what is done about it."""

    name = "card_testing"
    template_name = "donations/staff/panel_defence.html"
    order = 117

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """The last hour."""
        return {"watch": defence.watched(at=timezone.now())}


def add_defence_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who may see it."""
    if request.user.has_perm("donations.view_watchedminute"):
        panels.append(DefencePanel())
