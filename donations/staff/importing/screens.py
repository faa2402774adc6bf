"""The pages of an import: choose a file, look at what it would do, confirm."""

import csv
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from almoner.accounts.models import person
from almoner.kit.staff.screens import Screen, ScreenSet
from donations.ledger.models import Fund
from donations.ledger.money import Money
from donations.models import ImportRun
from donations.models.donation import Method
from donations.models.import_run import ImportState
from donations.staff.importing import reading, running
from donations.staff.importing.limits import MAX_BYTES, MAX_ROWS, CannotRead

ENVELOPE = 20_000  # bytes of a form around its file


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        allow_empty_file=True,  # so that our own sentence is said
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        help_text=format_lazy(
            _("CSV or XLSX, up to {most} lines. You see what it would do before anything is done."),
            most=f"{MAX_ROWS:,}",
        ),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
            "max_length": _("This file’s name is too long."),
        },
    )

    def clean_file(self) -> Any:
        """Not too large: looked at before the file is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                gettext("This file is larger than %(most)s MB. Split it.") % {"most": MAX_BYTES // 1_000_000}
            )
        return file


class Import(Screen):
    """What the pages of an import share."""

    under = (_("Donations"), "donations_list:index")
    permission = "donations.import_donation"
    page_title = _("Import past gifts")
    header_icon = "upload"


@method_decorator(csrf_exempt, name="dispatch")  # checked below, once the size is known: checking reads the whole body
class Upload(Import):
    """Choose a file."""

    template_name = "donations/staff/import_upload.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, unread, what is far too large; then all as usual."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + ENVELOPE:
            return HttpResponse(
                gettext("This file is larger than %(most)s MB. Go back, split it, and bring in the parts.")
                % {"most": MAX_BYTES // 1_000_000},
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, the columns explained, and what was brought in before."""
        return self.render_to_response(self.get_context_data(form=UploadForm()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Check the file and lead to what was found; or say beside the field why it cannot be read."""
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = running.check(content=file.read(), filename=file.name, by=person(request))
            except CannotRead as why:
                form.add_error("file", str(why))
            else:
                return redirect("import_gifts:run", run.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words that the cells may hold, and earlier runs."""
        return {
            **super().get_context_data(**kwargs),
            "funds": Fund.objects.all(),
            "methods": Method.values,
            "runs": ImportRun.objects.select_related("uploaded_by", "confirmed_by")[:20],
        }


class Run(Import):
    """What the file would do, or what it did."""

    template_name = "donations/staff/import_run.html"
    under = (_("Import past gifts"), "import_gifts:upload")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The run, its rows by standing, and what it holds by fund."""
        run = get_object_or_404(ImportRun.objects.select_related("uploaded_by", "confirmed_by"), pk=kwargs["pk"])
        summary = run.summary
        funds = [{**sums, "code": code, "amount": Money(sums["pence"])} for code, sums in summary["funds"].items()]
        kinds = [(standing, summary[standing], self._rows(run, standing)) for standing in running.SHOWN]
        may = run.state == ImportState.CHECKED and bool(run.file) and summary["new"] > 0
        earlier = ImportRun.objects.filter(digest=run.digest, state=ImportState.CONFIRMED).exclude(pk=run.pk).first()
        return {
            **super().get_context_data(**kwargs),
            "run": run,
            "columns": reading.COLUMNS,
            "funds": funds,
            "kinds": kinds,
            "may_confirm": may,
            "earlier": earlier,
        }

    def _rows(self, run: ImportRun, standing: str) -> list[dict[str, Any]]:
        """The kept rows of one standing, each cell with its sentence."""
        return [
            {
                **row,
                "cells": [
                    {"text": text, "wrong": row["wrong"].get(column, "")}
                    for column, text in zip(reading.COLUMNS, row["cells"], strict=True)
                ],
            }
            for row in run.rows
            if row["standing"] == standing
        ]


@method_decorator(require_POST, name="dispatch")
class Confirm(Import):
    """Bring in the file that was checked."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All new lines or none; then the run's page says which."""
        run = get_object_or_404(ImportRun, pk=pk)
        before = run.state
        try:
            run = running.confirm(run=run, digest=request.POST.get("digest", ""), by=person(request))
        except (running.CannotConfirm, CannotRead) as why:
            messages.error(request, str(why))
            return redirect("import_gifts:run", pk)
        if run.state != ImportState.CONFIRMED:
            messages.error(
                request, gettext("The books have changed since the check. Nothing was brought in; see below.")
            )
        elif before == ImportState.CONFIRMED:
            messages.warning(request, gettext("This file was brought in already. Nothing was recorded twice."))
        else:
            log(instance=run, action="donations.import", user=request.user)
            seen = messages.button(reverse("donations_list:index"), gettext("Look at the donations"))
            messages.success(
                request, gettext("%(new)s gifts were brought in.") % {"new": f"{run.summary['new']:,}"}, buttons=[seen]
            )
        return redirect("import_gifts:run", pk)


class Template(Import):
    """An empty sheet with the right columns."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As CSV; its mark tells spreadsheets that it is UTF-8."""
        answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="past-gifts.csv"'
        csv.writer(answer).writerow(reading.COLUMNS)
        return answer


class ImportSet(ScreenSet):
    """Import past gifts."""

    name = "import_gifts"
    url_prefix = "giving/import"
    permission = "donations.import_donation"
    menu_label = _("Import past gifts")
    menu_icon = "upload"
    views = {
        "upload": ("", Upload),
        "template": ("template/", Template),
        "run": ("<int:pk>/", Run),
        "confirm": ("<int:pk>/confirm/", Confirm),
    }
