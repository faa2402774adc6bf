"""What donors ask about their data: seen by those who look after donors, answered by an administrator."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.accounts.models import User
from almoner.kit.staff.acting import Act, ActingPage, ActingViewSet, Facts
from almoner.kit.staff.read_only import DayColumn, MoneyList
from donations.actions import answering
from donations.exceptions import AlreadyAnswered
from donations.models import DataRequest


class AnswerForm(forms.Form):
    """What was done."""

    answer = forms.CharField(
        label=_("What was done?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The donor reads it: what was deleted, what the law has us keep, and until when."),
        error_messages={"required": _("Say what was done.")},
    )


class AnswerRequest(Act):
    """Write down that it is done, and what."""

    model, views, address = DataRequest, "data_requests", "answer"
    permission = "donations.answer_datarequest"
    title = button = _("Answered")
    explains = _("Write this when it is done. The donor reads it on their page; it cannot be changed afterwards.")
    header_icon = "check"
    form_class = AnswerForm
    refusals = (AlreadyAnswered,)

    @classmethod
    def is_offered(cls, thing: DataRequest, user: User) -> bool:
        """Once."""
        return thing.answered_at is None

    def facts(self) -> Facts:
        """Who asks what, and until when it is answered."""
        asked = self.thing
        return [
            (gettext("Donor"), asked.donor),
            (gettext("Email"), asked.donor.email or gettext("not known")),
            (gettext("Asks"), asked.get_kind_display()),
            (gettext("To be answered by"), date_format(asked.due_on, "j F Y")),
        ]

    def act(self, form: Any, by: User) -> str:
        """Write it down."""
        answering.answer(request=self.thing, answer=form.cleaned_data["answer"], by=by)
        return gettext("It is answered.")


class DataRequestFilters(WagtailFilterSet):
    """Those that wait, or those that are answered."""

    answered_at = django_filters.BooleanFilter(label=_("Answered"), method="by_answer", field_name="answered_at")

    class Meta:
        model = DataRequest
        fields = ["kind"]

    def by_answer(self, requests: "QuerySet[DataRequest]", name: str, answered: bool) -> "QuerySet[DataRequest]":
        """Of one sort."""
        return requests.filter(answered_at__isnull=not answered)


class DataRequestList(MoneyList):
    """Requests, the newest first."""

    related = ("donor", "answered_by")


class DataRequestPage(ActingPage):
    """One request, and its answer."""

    related = ("donor", "answered_by")


class DataRequestViewSet(ActingViewSet):
    """Requests about data. A donor makes them; nobody edits one."""

    model = DataRequest
    name = "data_requests"
    url_prefix = "giving/data-requests"
    menu_label = _("Requests about data")
    icon = "mail"
    index_view_class = DataRequestList
    inspect_view_class = DataRequestPage
    inspect_template_name = "donations/staff/data_request.html"
    ordering = ["-pk"]
    list_display = [
        "__str__",
        Column("donor", label=_("Donor"), sort_key="donor__name"),
        Column("kind", label=_("Asks"), accessor="get_kind_display"),
        DayColumn("asked_at", label=_("Asked"), sort_key="asked_at"),
        DayColumn("due_on", label=_("To be answered by")),
        DayColumn("answered_at", label=_("Answered"), sort_key="answered_at"),
        Column("answered_by", label=_("By")),
    ]
    search_fields = ["donor__name", "donor__email"]
    filterset_class = DataRequestFilters
    acts = (AnswerRequest,)
