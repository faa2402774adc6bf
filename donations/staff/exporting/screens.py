"""The one way out for donors' data: a form that asks what, which and why, and a log that remembers."""

import logging
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateInput

from almoner.accounts.models import person
from almoner.kit.staff.read_only import DayColumn, MoneyList, ReadOnlyViewSet
from almoner.kit.staff.screens import Screen, ScreenSet
from almoner.kit.words import Words
from donations.ledger.models import Fund
from donations.models import Appeal, Donation, ExportLog
from donations.models.donation import Method
from donations.models.export_log import ExportOutcome
from donations.staff.exporting import columns, writing
from donations.staff.recording import UK_DATES

log = logging.getLogger(__name__)

MAX_XLSX = 50_000  # rows; a workbook is written before its first byte leaves
PERMISSION = "donations.export_donation"


class Day(forms.DateField):
    """A day in the British way; may be empty."""

    def __init__(self, label: Words) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=UK_DATES,
            widget=AdminDateInput(format="%d/%m/%Y"),
            error_messages={"invalid": _("Enter a day like 31/03/2026, or leave it empty.")},
        )


class ExportForm(forms.Form):
    """Which donations, which of their columns, and what for."""

    fund = forms.ModelChoiceField(Fund.objects.all(), required=False, empty_label=_("Every fund"))
    appeal = forms.ModelChoiceField(Appeal.objects.all(), required=False, empty_label=_("Every appeal, and none"))
    method = forms.ChoiceField(required=False, choices=[("", _("Every method")), *Method.choices])
    first = Day(_("Received from"))
    last = Day(_("to"))
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[
            (each.name, format_lazy(_("{label} (personal)"), label=each.label) if each.personal else each.label)
            for each in columns.ALL
        ],
        initial=columns.FIRST_CHOICE,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Take only what the purpose needs."),
        error_messages={"required": _("Choose at least one column.")},
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        min_length=10,
        max_length=300,
        help_text=_("Kept with your name: “Thank-you letters for the autumn appeal”."),
        error_messages={
            "required": _("Say what the list is for."),
            "min_length": _("Say in a few more words what the list is for."),
        },
    )

    def __init__(self, *args: Any, only_counting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].required = not only_counting
        self.fields["columns"].required = not only_counting

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("This day is before the first."))
        return cleaned

    def gifts(self) -> "QuerySet[Donation]":
        """The donations that are meant, the oldest first."""
        asked = self.cleaned_data
        wanted: dict[str, Any] = {
            "fund": asked["fund"],
            "appeal": asked["appeal"],
            "method": asked["method"],
            "received_on__gte": asked["first"],
            "received_on__lte": asked["last"],
        }
        return Donation.objects.filter(**{name: value for name, value in wanted.items() if value}).order_by(
            "received_on", "pk"
        )

    def filters(self) -> dict[str, str]:
        """The same for the log: it names no donor."""
        asked = self.cleaned_data
        told = {
            "fund": asked["fund"] and asked["fund"].code,
            "appeal": asked["appeal"] and asked["appeal"].slug,
            "method": asked["method"],
            "from": asked["first"] and asked["first"].isoformat(),
            "to": asked["last"] and asked["last"].isoformat(),
        }
        return {name: value for name, value in told.items() if value}


class Export(Screen):
    """Export donations."""

    under = (_("Donations"), "donations_list:index")
    permission = PERMISSION
    page_title = _("Export donations")
    header_icon = "download"
    template_name = "donations/staff/export.html"

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """403; whoever asked for the file itself is written down."""
        if request.method == "POST":
            ExportLog.objects.create(asked_by=person(request), outcome=ExportOutcome.REFUSED)
        log.warning("Export refused to user %s", request.user.pk)
        return super().refuse(request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; every donation is meant until something is chosen."""
        return self.page(ExportForm(), Donation.objects.count())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Count, or hand over the file."""
        form_of_file = request.POST.get("do", "count")
        form = ExportForm(request.POST, only_counting=form_of_file not in writing.KINDS)
        if not form.is_valid():
            return self.page(form, None, status=422)
        gifts = form.gifts()
        count = gifts.count()
        if form_of_file not in writing.KINDS:
            return self.page(form, count)
        if form_of_file == "xlsx" and count > MAX_XLSX:
            form.add_error(
                None,
                gettext("%(count)s rows are too many for XLSX. Choose fewer, or take CSV.") % {"count": f"{count:,}"},
            )
            return self.page(form, count, status=422)
        chosen = [columns.BY_NAME[name] for name in form.cleaned_data["columns"]]
        written = ExportLog.objects.create(
            asked_by=person(request),
            purpose=form.cleaned_data["purpose"],
            form=form_of_file,
            filters=form.filters(),
            columns=[column.name for column in chosen],
            rows=count,
            outcome=ExportOutcome.BEGUN,
        )
        write = {"csv": writing.as_csv, "xlsx": writing.as_xlsx}[form_of_file]
        answer = StreamingHttpResponse(write(gifts, chosen, written), content_type=writing.KINDS[form_of_file])
        name = f"donations-{timezone.localdate():%Y-%m-%d}.{form_of_file}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def page(self, form: ExportForm, count: int | None, status: int = 200) -> HttpResponse:
        """The form, with how many donations it means."""
        return self.render_to_response(self.get_context_data(form=form, count=count), status=status)


class ExportSet(ScreenSet):
    """Export donations."""

    name = "export_gifts"
    url_prefix = "giving/export"
    permission = PERMISSION
    menu_label = _("Export donations")
    menu_icon = "download"
    views = {"form": ("", Export)}


class ExportLogList(MoneyList):
    """Who took what, the newest first."""

    related = ("asked_by",)


class ExportLogViewSet(ReadOnlyViewSet):
    """The log of exports."""

    model = ExportLog
    name = "export_log"
    url_prefix = "giving/export-log"
    menu_label = _("Export log")
    icon = "history"
    index_view_class = ExportLogList
    ordering = ["-pk"]
    list_display = [
        "purpose",
        Column("asked_by", label=_("Who")),
        DayColumn("asked_at", label=_("When"), sort_key="asked_at"),
        Column("form", label=_("File"), accessor="get_form_display"),
        Column("rows", label=_("Rows"), classname="figure", sort_key="rows"),
        Column("outcome", label=_("Outcome"), accessor="get_outcome_display"),
    ]
