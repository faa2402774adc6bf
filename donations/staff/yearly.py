"""The statements of a tax year: written by a button, one for each donor; who has no email address is listed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from almoner.kit import jobs
from almoner.kit.staff.screens import Screen, ScreenSet
from donations import paper, statements
from donations.models import Letter
from donations.staff.letters import pdf
from donations.statements import TaxYear

PERMISSION = "donations.write_statements"
YEARS = 5  # as far back as a statement is written
SHOWN = 500  # of those without an address


class YearForm(forms.Form):
    """Which tax year."""

    year = forms.TypedChoiceField(
        coerce=int, label=_("Tax year"), error_messages={"invalid_choice": _("Choose one of these.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = statements.last_year_over(timezone.localdate())
        years = [TaxYear(newest.ending - back) for back in range(YEARS)]
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (each.ending, gettext("%(each)s, to 5 April %(ending)s") % {"each": each, "ending": each.ending})
            for each in years
        ]
        self.initial.setdefault("year", newest.ending)


class Statements(Screen):
    """The statements of a tax year."""

    permission = PERMISSION
    under = (_("Letters"), "letters:index")
    page_title = _("Statements of a tax year")
    header_icon = "doc-full"
    template_name = "donations/staff/statements.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """How it stands with one year."""
        form = YearForm(request.GET if "year" in request.GET else None)
        if form.is_bound and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return self.show(form, form.cleaned_data["year"] if form.is_bound else form.initial["year"])

    def post(self, request: HttpRequest) -> HttpResponse:
        """Leave the writing to the worker: thousands of donors may have given."""
        form = YearForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        year = TaxYear(form.cleaned_data["year"])
        if jobs.enqueue_once("donations.write_statements", year_ending=year.ending):
            messages.success(
                request, gettext("The statements of %(year)s are being written, one for each donor.") % {"year": year}
            )
        else:
            messages.warning(request, gettext("Statements have been asked for already, and are about to be written."))
        return redirect(f"{reverse('statements:form')}?year={year.ending}")

    def show(self, form: YearForm, ending: int) -> HttpResponse:
        """Who gave, who was written to, and who cannot be."""
        year = TaxYear(ending)
        donors = statements.donors_of(year)
        written = Letter.objects.filter(kind=Letter.Kind.STATEMENT, facts__year_ending=ending)
        told = {
            "year": year,
            "donors": donors.count(),
            "written": written.count(),
            "sent": written.filter(sent_at__isnull=False).count(),
            "unreached": donors.filter(email="").count(),
            "without_address": donors.filter(email="").order_by("name", "pk")[:SHOWN],
        }
        return self.render_to_response(self.get_context_data(form=form, **told))


class StatementPaper(Screen):
    """One donor's statement, to be printed and posted."""

    permission = PERMISSION
    under = (_("Letters"), "letters:index")
    page_title = _("A statement as paper")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As PDF, of somebody who gave in that year."""
        ending = self.kwargs["year"]
        donor = get_object_or_404(statements.donors_of(TaxYear(ending)), pk=self.kwargs["pk"])
        return pdf(paper.statement(donor, year_ending=ending), f"gifts-{ending - 1}-{ending}-{donor.pk}.pdf")


class StatementSet(ScreenSet):
    """The statements of a tax year."""

    name = "statements"
    url_prefix = "giving/statements"
    permission = PERMISSION
    menu_label = _("Yearly statements")
    menu_icon = "doc-full"
    views = {"form": ("", Statements), "paper": ("<int:year>/<int:pk>/", StatementPaper)}
