"""Donations and donors, to look at."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from almoner.kit.staff.acting import ActingPage, ActingViewSet
from almoner.kit.staff.read_only import DayColumn, MoneyColumn, MoneyList
from donations.ledger.models import Fund
from donations.ledger.money import Money
from donations.models import Appeal, Donation
from donations.models.donation import Method, Status
from donations.staff import disputes
from donations.staff.refunds import AskRefund
from donations.staff.resending import SendReceiptAgain


def status(donation: Any) -> str:
    """How it stands, in words; asked of a row that came with its status."""
    return str(Status(donation.status).label)


class DonationFilters(WagtailFilterSet):
    """By status, fund, appeal, method and day."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=Status.choices)
    fund = django_filters.ModelChoiceFilter(queryset=Fund.objects.all())
    appeal = django_filters.ModelChoiceFilter(queryset=Appeal.objects.all())
    method = django_filters.ChoiceFilter(choices=Method.choices)
    received_on = django_filters.DateFromToRangeFilter(label=_("Received"), widget=DateRangePickerWidget)

    class Meta:
        model = Donation
        fields = ["status", "fund", "appeal", "method", "received_on"]


class DonationList(MoneyList):
    """Donations, the newest first."""

    related = ("fund", "appeal")
    title_class = "code"

    def get_base_queryset(self) -> "QuerySet[Donation]":
        """Each with its status, and what is left of it."""
        return super().get_base_queryset().with_status()  # type: ignore[attr-defined] # our own query set

    @cached_property
    def header_buttons(self) -> list[Button]:
        """What may be done about gifts, by those who may."""
        may = self.request.user.has_perm
        wanted = [
            ("donations.record_gift", gettext("Record a gift"), "record_gift:form", "plus"),
            ("donations.import_donation", gettext("Import past gifts"), "import_gifts:upload", "upload"),
            ("donations.export_donation", "Export", "export_gifts:form", "download"),
        ]
        return [
            HeaderButton(label, url=reverse(name), icon_name=icon, priority=order)
            for order, (permission, label, name, icon) in enumerate(wanted)
            if may(permission)
        ]


class DonationPage(ActingPage):
    """One donation, the entry that remembers it, and what came back out of it."""

    related = ("fund", "purpose", "appeal", "donor", "entry", "entry__posted_by", "pledge", "payment", "regular_gift")

    def get_object(self, queryset: Any = None) -> Any:
        """With its status, and what is left of it."""
        return super().get_object(Donation.objects.with_status())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its letters, refunds and disputes too."""
        donation = self.object
        found = list(donation.disputes.all())
        for dispute in found:
            dispute.words = disputes.words(dispute)
        return {
            **super().get_context_data(**kwargs),
            "status": status(donation),
            "refunded": Money(donation.refunded_pence),
            "disputed": Money(donation.disputed_pence),
            "net": Money(donation.net_pence),
            "letters": donation.letters.order_by("pk"),
            "refunds": donation.refunds.select_related("asked_by", "decided_by"),
            "disputes": found,
        }


class DonationViewSet(ActingViewSet):
    """Donations: no way to change one, for anybody. What goes back is a refund, with a row of its own."""

    model = Donation
    name = "donations_list"
    url_prefix = "giving/donations"
    menu_label = _("Donations")
    icon = "tag"
    index_view_class = DonationList
    inspect_view_class = DonationPage
    inspect_template_name = "donations/staff/donation.html"
    ordering = ["-received_on", "-pk"]
    list_display = [
        "reference",
        DayColumn("received_on", label=_("Received"), sort_key="received_on"),
        MoneyColumn("amount", amount=lambda donation: donation.amount, label=_("Amount"), sort_key="pence"),
        Column("status", label=_("Status"), accessor=status),
        MoneyColumn("net", amount=lambda donation: Money(donation.net_pence), label=_("Net")),
        Column("donor_name", label=_("Donor"), sort_key="donor_name"),
        Column("fund", label=_("Fund")),
        Column("appeal", label=_("Appeal")),
        Column("method", label=_("Method"), accessor="get_method_display"),
    ]
    search_fields = ["reference", "donor_name", "donor__email", "external_id", "payment__payment_intent"]
    filterset_class = DonationFilters
    acts = (AskRefund, SendReceiptAgain)
