"""Comparisons of the books with Stripe: three pairs of sums, what was off, what was put right; and “compare now”."""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from almoner.accounts.models import person
from almoner.kit import jobs
from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyList, ReadOnlyViewSet
from almoner.kit.staff.screens import Screen
from donations.ledger.money import Money
from donations.models import Reconciliation

INDEX = "comparisons:index"


def sums_of(found: Reconciliation) -> list[dict[str, Any]]:
    """The pairs of sums as people read them."""
    return [
        {
            "what": pair["what"][:1].upper() + pair["what"][1:],
            "ours": pair["ours"],
            "our_sum": Money(pair["our_pence"]),
            "theirs": pair["theirs"],
            "their_sum": Money(pair["their_pence"]),
            "off": Money(abs(pair["our_pence"] - pair["their_pence"])),
        }
        for pair in found.sums
    ]


def findings_of(found: Reconciliation) -> list[dict[str, Any]]:
    """What was off, what still stands first."""
    rows = [{**each, "amount": Money(each["pence"]) if each["pence"] else None} for each in found.findings]
    return sorted(rows, key=lambda row: row["repaired"])


def said(found: Reconciliation) -> str:
    """What came of a comparison, in a few words."""
    if not found.holds:
        return gettext("%(differences)s off") % {"differences": found.differences}
    return (
        gettext("Agrees; %(repaired)s put right") % {"repaired": found.repaired}
        if found.repaired
        else gettext("Agrees")
    )


class ComparisonList(MoneyList):
    """Comparisons, the newest first."""

    related = ("by",)

    @cached_property
    def header_buttons(self) -> list[Button]:
        """“Compare now”, for those who may."""
        if not self.request.user.has_perm(CompareNow.permission):
            return []
        return [HeaderButton(gettext("Compare now"), url=reverse("comparisons:now"), icon_name="rotate")]


class ComparisonPage(InspectView):
    """One comparison."""

    def get_page_title(self) -> str:
        """What it is."""
        return gettext("Comparison with Stripe")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As people read it."""
        counted = self.object.looked_at.items()
        return {
            **super().get_context_data(**kwargs),
            "sums": sums_of(self.object),
            "findings": findings_of(self.object),
            "said": said(self.object),
            "counts": [(what, count) for what, count in counted if not what.endswith(".")],
            "remarks": [what for what, _ in counted if what.endswith(".")],
        }


class CompareNow(Screen):
    """Ask for a comparison."""

    permission = "donations.reconcile"
    page_title = _("Compare the books with Stripe now")
    header_icon = "rotate"
    template_name = "donations/staff/compare_now.html"
    under = (_("Comparisons"), INDEX)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Leave it to the worker: a comparison reads thirty-five days of lines."""
        if jobs.enqueue_once("donations.reconcile", timestamp=int(time.time()), by=person(request).pk):
            messages.success(request, gettext("The comparison has been asked for. It stands here when it is done."))
        else:
            messages.warning(request, gettext("A comparison has been asked for already, and is about to begin."))
        return redirect(INDEX)


class ComparisonViewSet(ReadOnlyViewSet):
    """What each comparison found."""

    model = Reconciliation
    name = "comparisons"
    url_prefix = "giving/comparisons"
    menu_label = _("Comparisons with Stripe")
    icon = "check"
    index_view_class = ComparisonList
    inspect_view_class = ComparisonPage
    inspect_template_name = "donations/staff/comparison.html"
    ordering = ["-pk"]
    list_display = [
        "__str__",
        Column("said", label=_("Result"), accessor=said),
        Column("differences", label=_("Off"), classname="figure"),
        Column("repaired", label=_("Put right"), classname="figure"),
        Column("strict", label=_("Kind"), accessor=lambda row: "strict: repairs nothing" if row.strict else "usual"),
        Column("by", label=_("Asked for by"), accessor=lambda row: row.by or gettext("the clock")),
        DayColumn("mailed_at", label=_("Finance was written to")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """And the button's page."""
        return [*super().get_urlpatterns(), path("now/", CompareNow.as_view(), name="now")]
