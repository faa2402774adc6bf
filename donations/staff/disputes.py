"""Disputes: how each stands, until when evidence can be sent, and the money that it took or gave back."""

from typing import Any

import django_filters
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyColumn, MoneyList, ReadOnlyViewSet
from donations.ledger.money import Money
from donations.models import Dispute

# Stripe's words in ours; a new one is shown as it comes.
WORDS = {
    "warning_needs_response": _("A question from the donor’s bank: answer it"),
    "warning_under_review": _("A question from the donor’s bank: answered"),
    "warning_closed": _("A question from the donor’s bank: closed"),
    "needs_response": _("Evidence is wanted"),
    "under_review": _("The bank is looking at the evidence"),
    "won": _("Won: the money came back"),
    "lost": _("Lost"),
    "charge_refunded": _("Refunded"),
    "prevented": _("Prevented: settled before it began"),
}
WANTS_EVIDENCE = ("warning_needs_response", "needs_response")


def words(dispute: Dispute) -> str:
    """How it stands, in words."""
    return str(WORDS.get(dispute.status, dispute.status.replace("_", " ").capitalize()))


class DisputeFilters(WagtailFilterSet):
    """By how it stands."""

    status = django_filters.ChoiceFilter(label=_("Standing"), choices=list(WORDS.items()))

    class Meta:
        model = Dispute
        fields = ["status"]


class DisputeList(MoneyList):
    """Disputes, the newest first."""

    related = ("donation",)
    title_class = "code"

    def get_base_queryset(self) -> "QuerySet[Dispute]":
        """Each with what it took or gave back so far."""
        return super().get_base_queryset().annotate(moved_pence=Coalesce(Sum("movements__pence"), 0))


class DisputePage(InspectView):
    """One dispute and its movements of money."""

    related = ("donation", "donation__fund")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was taken, what came back, and the fees."""
        movements = list(self.object.movements.select_related("entry"))
        for movement in movements:
            movement.fee = Money(movement.fee_pence)
        return {
            **super().get_context_data(**kwargs),
            "words": words(self.object),
            "wants_evidence": self.object.status in WANTS_EVIDENCE,
            "movements": movements,
            "taken": Money(-sum(each.pence for each in movements if each.pence < 0)),
            "given_back": Money(sum(each.pence for each in movements if each.pence > 0)),
            "fees": Money(sum(each.fee_pence for each in movements)),
        }


class DisputeViewSet(ReadOnlyViewSet):
    """Disputes. Evidence is sent in Stripe's dashboard."""

    model = Dispute
    name = "disputes"
    url_prefix = "giving/disputes"
    menu_label = _("Disputes")
    icon = "warning"
    index_view_class = DisputeList
    inspect_view_class = DisputePage
    inspect_template_name = "donations/staff/dispute.html"
    ordering = ["-opened_at", "-pk"]
    list_display = [
        "dispute",
        DayColumn("opened_at", label=_("Opened"), sort_key="opened_at"),
        Column("status", label=_("Standing"), accessor=words, sort_key="status"),
        MoneyColumn("amount", amount=lambda dispute: dispute.amount, label=_("Disputed"), sort_key="pence"),
        MoneyColumn("moved", amount=lambda dispute: Money(dispute.moved_pence), label=_("Money moved")),
        DayColumn("evidence_due", label=_("Evidence due"), sort_key="evidence_due"),
        Column("donation", label=_("Gift")),
        Column("donor_name", label=_("Donor"), accessor="donation.donor_name"),
    ]
    search_fields = ["dispute", "donation__reference", "donation__donor_name"]
    search_backend_name = None
    filterset_class = DisputeFilters
