"""Applications: entered, corrected, withdrawn, and put into a paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from almoner.accounts.models import User, person
from almoner.kit.staff.read_only import DayColumn, MoneyColumn, MoneyList
from almoner.kit.staff.screens import Screen, ScreenSet
from grants import rights, transitions
from grants.actions import applying, proposing
from grants.exceptions import GrantsError, NotComplete
from grants.forms.staff.applications import ApplicationForm, CorrectionForm, PaperForm
from grants.forms.staff.fields import ReasonForm
from grants.models import Application, ApplicationState, ResolutionState
from grants.views.staff.acting import Act, ActingViewSet, Facts, NotForVoters, ThingPage


def asked(application: Application) -> Facts:
    """Who asks for what."""
    return [
        (gettext("Asked by"), application.organisation),
        (gettext("Asked for"), application.requested.exact),
        (gettext("Programme"), application.programme),
        (gettext("Purpose"), application.programme.purpose),
    ]


def is_before_the_board(application: Application) -> bool:
    """Whether a resolution about it is being written or is open."""
    live = [ResolutionState.DRAFTING, ResolutionState.OPEN]
    return application.resolutions.filter(state__in=live).exists()


class Correct(Act):
    """Put a mistake right."""

    model, views, action, address = Application, "applications", "correct", "correct"
    title, button = _("Correct the application"), _("Save")
    form_class = CorrectionForm
    explains = _("Once the application has been before the board it stands as it is.")

    @classmethod
    def is_offered(cls, thing: Application, user: User) -> bool:
        """Until it has been before the board."""
        return super().is_offered(thing, user) and not thing.resolutions.exclude(opened_at=None).exists()

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        thing = self.thing
        return {
            "title": thing.title, "organisation": thing.organisation, "summary": thing.summary,
            "organisation_number": thing.organisation_number, "requested": thing.requested.exact.removeprefix("£"),
        }  # fmt: skip

    def act(self, form: Any, by: User) -> str:
        """Correct it."""
        applying.correct(application=self.thing, by=by, **form.cleaned_data)
        return "Corrected."


class Withdraw(Act):
    """The applicant no longer asks."""

    model, views, action, address = Application, "applications", "withdraw", "withdraw"
    title, button, danger = _("Withdraw the application"), _("Withdraw it"), True
    form_class = ReasonForm

    @classmethod
    def is_offered(cls, thing: Application, user: User) -> bool:
        """Not while it is before the board: the resolution is withdrawn first."""
        return super().is_offered(thing, user) and not is_before_the_board(thing)

    def act(self, form: Any, by: User) -> str:
        """Withdraw it."""
        applying.withdraw(application=self.thing, because=form.cleaned_data["because"], by=by)
        return gettext("%(reference)s is withdrawn.") % {"reference": self.thing.reference}


class WriteResolution(Act):
    """Begin a resolution."""

    model, views, action, address = Application, "applications", "draft", "resolution"
    title, button = _("Write a resolution"), _("Save the draft")
    explains = _("A draft is seen by nobody on the board. You open it on its own page.")

    @classmethod
    def permission_needed(cls) -> str:
        """That of resolutions."""
        return transitions.OPEN

    @classmethod
    def is_offered(cls, thing: Application, user: User) -> bool:
        """While it is undecided and nothing about it is before the board."""
        return thing.state == ApplicationState.SUBMITTED and not is_before_the_board(thing)

    def facts(self) -> Facts:
        """Who asks for what."""
        return asked(self.thing)

    def make_form(self, data: Any) -> PaperForm:
        """A box for every fund that may be used."""
        return PaperForm(data, application=self.thing)

    def act(self, form: PaperForm, by: User) -> str:
        """Write it, and go on there."""
        typed = form.cleaned_data
        resolution = proposing.draft(
            application=self.thing, text=typed["text"], shares=typed["shares"], deadline=typed["deadline"], by=by
        )
        self.written = resolution.pk
        return gettext("%(reference)s is drafted. Read it once more, then open it.") % {
            "reference": resolution.reference
        }

    @property
    def back(self) -> str:
        """To the draft, once there is one."""
        if hasattr(self, "written"):
            return reverse("resolutions:inspect", args=[self.written])
        return super().back


class ApplicationPage(ThingPage):
    """What is asked, and what became of it."""

    related = ("programme__purpose", "entered_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its resolutions beneath it."""
        resolutions = self.object.resolutions.order_by("pk")
        return {**super().get_context_data(**kwargs), "asked": asked(self.object), "resolutions": resolutions}


class ApplicationList(MoneyList):
    """Applications, the newest first."""

    related = ("programme",)
    title_class = "code"


class ApplicationViewSet(ActingViewSet):
    """Applications."""

    model = Application
    name = "applications"
    url_prefix = "grants/applications"
    menu_label = _("Applications")
    icon = "doc-full"
    index_view_class = ApplicationList
    inspect_view_class = ApplicationPage
    inspect_template_name = "grants/staff/application.html"
    ordering = ["-pk"]
    list_display = [
        "reference",
        Column("title", label=_("Title"), sort_key="title"),
        Column("organisation", label=_("Organisation"), sort_key="organisation"),
        Column("programme", label=_("Programme")),
        MoneyColumn("requested", amount=lambda row: row.requested, label=_("Asked for"), sort_key="requested_pence"),
        Column("state", label=_("Standing"), accessor="get_state_display", sort_key="state"),
        DayColumn("entered_at", label=_("Entered"), sort_key="entered_at"),
    ]
    list_filter = ["state", "programme"]
    search_fields = ["reference", "title", "organisation"]
    acts = (Correct, Withdraw, WriteResolution)

    @cached_property
    def permission_policy(self) -> NotForVoters:
        """Looking only, and not for trustees."""
        return NotForVoters(self.model)


class EnterApplication(Screen):
    """Enter an application that came to the office."""

    permission = transitions.ENTER
    page_title = _("Enter an application")
    header_icon = "plus"
    template_name = "grants/staff/enter.html"
    under = ("Applications", "applications:index")

    def admits(self, user: Any) -> bool:
        """Those whose role says so, and who do not vote."""
        return rights.may(user, self.permission)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An empty form."""
        return self.render_to_response(self.get_context_data(form=ApplicationForm()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Enter it and lead to its page; or give the form back, nothing lost."""
        form = ApplicationForm(request.POST)
        if form.is_valid():
            try:
                application = applying.enter(by=person(request), **form.cleaned_data)
            except GrantsError as refusal:
                field = refusal.field if isinstance(refusal, NotComplete) else ""
                form.add_error(field or None, refusal.sentence)
            else:
                messages.success(request, gettext("%(reference)s is entered.") % {"reference": application.reference})
                return redirect("applications:inspect", application.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class EnterApplicationSet(ScreenSet):
    """Enter an application."""

    name = "enter_application"
    url_prefix = "grants/enter"
    permission = transitions.ENTER
    menu_label = _("Enter an application")
    menu_icon = "plus"
    views = {"form": ("", EnterApplication)}
