"""Payouts: what reached the bank, explained line by line, gift by gift, by fund and fee. What is unexplained is red."""

from collections import defaultdict
from typing import Any

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyColumn, MoneyList, ReadOnlyViewSet
from donations.actions import paying_out
from donations.ledger import balances
from donations.ledger.models import Fund
from donations.ledger.money import Money
from donations.ledger.posting import Via
from donations.models import BalanceLine, DisputeMovement, Donation, Payout, Refund
from donations.models.payout import PayoutState

AT_A_TIME = 100  # lines on one page
# Stripe's reporting categories in our words; a new one is shown as it comes.
CATEGORIES = {
    "charge": _("Gift"),
    "refund": _("Refund"),
    "refund_failure": _("Refund that failed"),
    "dispute": _("Dispute"),
    "dispute_reversal": _("Dispute, given back"),
    "fee": _("Stripe’s fee"),
    "payout": _("Payout"),
    "payout_reversal": _("Payout that failed"),
}
COLUMNS = ("gifts", "refunds", "disputes", "fees")
COLUMN_OF = {"gift": "gifts", "refund": "refunds", "reverse": "refunds", "dispute": "disputes", "fee": "fees"}


def off(payout: Payout) -> Money:
    """What neither our books nor another system on the same account explains."""
    return Money(payout.unexplained_pence or 0)


def standing(payout: Payout) -> str:
    """Whether it is explained, in words."""
    if payout.state in paying_out.GONE and payout.entry_id is None:
        return gettext("never in the books")
    if payout.explained_at is None:
        return gettext("not yet")
    differs = gettext("differs by %(amount)s") % {"amount": Money(abs(off(payout).pence)).exact}
    return differs if off(payout) else gettext("to the penny")


def with_what_is_not_ours(payouts: "QuerySet[Payout]") -> "QuerySet[Payout]":
    """Each with how many lines it has, what they come to, and how much of that another system brought."""
    counted = ~Q(lines__category__in=paying_out.OWN)
    return payouts.annotate(
        line_count=Count("lines", filter=counted),
        lines_pence=Coalesce(Sum("lines__net_pence", filter=counted), 0),
        not_ours_pence=Coalesce(Sum("lines__net_pence", filter=counted & Q(lines__ours=False)), 0),
    )


def by_fund(payout: Payout) -> list[tuple[Fund, dict[str, Money]]]:
    """What the payout is made of, by fund: gifts, refunds, disputes, fees and what is left of them, from the books."""
    found: dict[Fund, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*COLUMNS, "net"), 0))
    for cause, sums in paying_out.parts_of(payout).items():
        column = COLUMN_OF.get(cause.partition(":")[0], "fees")
        for fund, pence in sums.items():
            found[fund][column] += pence
            found[fund]["net"] += pence
    rows = sorted(found.items(), key=lambda row: row[0].name)
    return [(fund, {name: Money(pence) for name, pence in sums.items()}) for fund, sums in rows]


def together(rows: list[tuple[Fund, dict[str, Money]]]) -> dict[str, Money]:
    """All funds."""
    return {name: Money(sum(sums[name].pence for _, sums in rows)) for name in (*COLUMNS, "net")}


class PayoutFilters(WagtailFilterSet):
    """By how far it has come."""

    state = django_filters.ChoiceFilter(label=_("Standing"), choices=PayoutState.choices)
    automatic = django_filters.BooleanFilter(label=_("Started by Stripe itself"))

    class Meta:
        model = Payout
        fields = ["state", "automatic"]


class PayoutList(MoneyList):
    """Payouts, the newest first."""

    title_class = "code"

    def get_base_queryset(self) -> "QuerySet[Payout]":
        """Each with what its lines come to."""
        return with_what_is_not_ours(super().get_base_queryset())


class PayoutPage(InspectView):
    """One payout, explained."""

    related = ("entry", "turned")

    def get_object(self, queryset: Any = None) -> Payout:
        """With what its lines come to."""
        found: Payout = super().get_object(with_what_is_not_ours(Payout.objects.all()))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A few queries, however many lines there are."""
        payout = self.object
        rows = by_fund(payout)
        keys = [f"payout:{payout.payout}", f"reverse:payout:{payout.payout}"]
        in_the_bank = sum(sum(sums.values()) for sums in balances.on_account(Via.BANK, keys=keys).values())
        taken = balances.on_account(Via.STRIPE, keys=keys[:1]).get(keys[0], {})
        return {
            **super().get_context_data(**kwargs),
            "standing": standing(payout),
            "off": off(payout),
            "lines_come_to": Money(payout.lines_pence),
            "not_ours": Money(payout.not_ours_pence),
            "in_the_bank": Money(in_the_bank),
            "funds": rows,
            "total": together(rows),
            "taken_from": [(fund, Money(-pence)) for fund, pence in taken.items()],
            "page_of_lines": self.page_of_lines(),
            "gone": payout.state in paying_out.GONE,
        }

    def page_of_lines(self) -> "Page[BalanceLine]":
        """Some of its lines, each with the gift that it is of."""
        lines = self.object.lines.exclude(category__in=paying_out.OWN).order_by("created", "pk")
        page = Paginator(lines, AT_A_TIME).get_page(self.request.GET.get("p"))
        shown = list(page.object_list)
        gifts = gifts_of(shown)
        for line in shown:
            line.words = CATEGORIES.get(line.category, line.category.replace("_", " ").capitalize())
            line.gift = gifts.get(line.line)
            line.amount, line.fee = Money(line.pence), Money(line.fee_pence)
        page.object_list = shown
        return page


def gifts_of(lines: list[BalanceLine]) -> dict[str, Donation]:
    """The gift that each line is of, by the line: directly, or through its refund or dispute. Three queries."""
    sources, numbers = [line.source for line in lines], [line.line for line in lines]
    given = Donation.objects.select_related("fund", "payment").filter(payment__charge__in=sources)
    refunds = Refund.objects.select_related("donation__fund").filter(refund__in=sources)
    moved = DisputeMovement.objects.select_related("dispute__donation__fund").filter(line__in=numbers)
    by_source = {gift.payment.charge: gift for gift in given if gift.payment is not None}
    by_source |= {refund.refund: refund.donation for refund in refunds if refund.refund}
    by_line = {movement.line: movement.dispute.donation for movement in moved}
    found = {line.line: by_line.get(line.line) or by_source.get(line.source) for line in lines}
    return {number: gift for number, gift in found.items() if gift is not None}


class PayoutViewSet(ReadOnlyViewSet):
    """Payouts."""

    model = Payout
    name = "payouts"
    url_prefix = "giving/payouts"
    menu_label = _("Payouts")
    icon = "download"
    index_view_class = PayoutList
    inspect_view_class = PayoutPage
    inspect_template_name = "donations/staff/payout.html"
    ordering = ["-created", "-pk"]
    list_display = [
        "payout",
        DayColumn("arrives_on", label=_("In the bank on"), sort_key="arrives_on"),
        MoneyColumn("amount", amount=lambda payout: payout.amount, label=_("Amount"), sort_key="pence"),
        Column("state", label=_("Standing"), accessor="get_state_display", sort_key="state"),
        Column("line_count", label=_("Lines"), classname="figure"),
        Column("explained", label=_("Explained"), accessor=standing),
        Column(
            "automatic",
            label=_("Started by"),
            accessor=lambda payout: gettext("Stripe") if payout.automatic else gettext("somebody"),
        ),
        Column("trace", label=_("The bank’s reference")),
    ]
    search_fields = ["payout", "trace"]
    search_backend_name = None
    filterset_class = PayoutFilters
