"""Funds with their numbers, the statement of one fund, and the books: all asked of the ledger, nothing summed here."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.kit.staff.read_only import DayColumn, InspectView, MoneyColumn, MoneyList, ReadOnlyViewSet
from donations.ledger import balances
from donations.ledger.balances import Numbers
from donations.ledger.models import AwardPosition, Entry, Fund, Kind, Line

NEWEST = 50  # lines on a fund's statement; the books hold the rest


def with_sides(lines: Iterable[Line]) -> list[Line]:
    """The lines, each with its amount as a debit or as a credit, as people write them."""
    found = list(lines)
    for line in found:
        line.debit, line.credit = (line.money, None) if line.amount > 0 else (None, -line.money)  # type: ignore[attr-defined] # for the template only
    return found


class FundList(MoneyList):
    """Every fund with its numbers, which come in one query."""

    @cached_property
    def numbers(self) -> dict[int, Numbers]:
        """Each fund's numbers."""
        return {fund.pk: numbers for fund, numbers in balances.of_funds()}

    def of(self, fund: Fund) -> Numbers:
        """One fund's numbers; a fund that nothing ever moved has none."""
        return self.numbers.get(fund.pk, Numbers())

    @cached_property
    def columns(self) -> list[Column]:
        """The fund's name and class, then the public numbers."""
        return [
            self._get_title_column("name"),
            Column("fund_class", label=gettext("Class"), accessor="get_fund_class_display", sort_key="fund_class"),
            MoneyColumn("raised", amount=lambda fund: self.of(fund).raised, label=gettext("Raised")),
            MoneyColumn("allocated", amount=lambda fund: self.of(fund).allocated, label=gettext("Allocated")),
            MoneyColumn("paid", amount=lambda fund: self.of(fund).paid, label=gettext("Paid")),
            MoneyColumn("still_to_pay", amount=lambda fund: self.of(fund).still_to_pay, label=gettext("Still to pay")),
            MoneyColumn("remaining", amount=lambda fund: self.of(fund).remaining, label=gettext("Remaining")),
        ]


class FundStatement(InspectView):
    """One fund: its wording, its numbers, its purposes and awards, its newest lines."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each part is one query, however long the fund's history."""
        fund = self.object
        lines = Line.objects.filter(fund=fund).select_related("entry", "account", "purpose").order_by("-pk")
        return {
            **super().get_context_data(**kwargs),
            "numbers": balances.of_fund(fund),
            "purposes": balances.of_purposes_in(fund),
            "awards": AwardPosition.objects.filter(fund=fund).order_by("award"),
            "lines": with_sides(lines[:NEWEST]),
            "may_see_entries": self.request.user.has_perm("ledger.view_entry"),
        }


class FundViewSet(ReadOnlyViewSet):
    """Funds. A fund is opened when it is agreed with donors; its meaning then stands still."""

    model = Fund
    name = "funds"
    url_prefix = "funds/funds"
    menu_label = _("Funds")
    icon = "folder-open-inverse"
    index_view_class = FundList
    inspect_view_class = FundStatement
    inspect_template_name = "donations/staff/fund.html"
    ordering = ["pk"]
    search_fields = ["name", "code"]
    search_backend_name = None
    list_filter = ["fund_class"]


def with_a_line_in(entries: "QuerySet[Entry]", name: str, fund: Fund | None) -> "QuerySet[Entry]":
    """The entries that touch this fund."""
    if fund is None:
        return entries
    return entries.filter(Exists(Line.objects.filter(entry=OuterRef("pk"), fund=fund)))


class EntryFilters(WagtailFilterSet):
    """By fund, kind and day."""

    fund = django_filters.ModelChoiceFilter(queryset=Fund.objects.all(), method=with_a_line_in, label=_("Fund"))
    kind = django_filters.ModelChoiceFilter(queryset=Kind.objects.all())
    effective = django_filters.DateFromToRangeFilter(label=_("Dated"), widget=DateRangePickerWidget)

    class Meta:
        model = Entry
        fields = ["fund", "kind", "effective"]


class EntryList(MoneyList):
    """The books, the newest entry first."""

    related = ("posted_by",)


class EntryPage(InspectView):
    """One entry with its lines."""

    related = ("posted_by", "reverses")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its lines, in the order in which they were written."""
        lines = self.object.lines.select_related("account", "fund", "purpose").order_by("pk")
        reversal = Entry.objects.filter(reverses=self.object).first()
        return {**super().get_context_data(**kwargs), "lines": with_sides(lines), "reversal": reversal}


class EntryViewSet(ReadOnlyViewSet):
    """Entries: PostgreSQL itself refuses to change them; here nobody is even offered to."""

    model = Entry
    name = "entries"
    url_prefix = "funds/entries"
    menu_label = _("Books")
    icon = "list-ul"
    index_view_class = EntryList
    inspect_view_class = EntryPage
    inspect_template_name = "donations/staff/entry.html"
    ordering = ["-pk"]
    list_display = [
        "source_key",
        DayColumn("effective", label=_("Dated"), sort_key="effective"),
        Column("kind", label=_("Kind"), accessor="kind_id"),
        Column("narrative", label=_("Narrative")),
        Column("posted_by", label=_("Posted by")),
        DayColumn("posted_at", label=_("Posted")),
    ]
    search_fields = ["source_key", "narrative"]
    search_backend_name = None
    filterset_class = EntryFilters
