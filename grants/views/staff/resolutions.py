"""Resolutions: drafted, opened, put in a new version, withdrawn, tried again. Staff see who voted, never how."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from almoner.accounts.models import User
from almoner.kit.staff.read_only import DayColumn, MoneyList
from donations.ledger import balances
from grants import counting, minutes
from grants.actions import deciding, proposing
from grants.forms.staff.applications import PaperForm
from grants.forms.staff.fields import ReasonForm
from grants.models import Award, Resolution
from grants.views.board_papers import FundLine
from grants.views.staff.acting import Act, ActingViewSet, Facts, NotForVoters, ThingPage
from grants.views.staff.applications import asked


def funds_of(resolution: Resolution) -> list[FundLine]:
    """Each fund before and after, from the ledger's positions."""
    free = {fund.pk: numbers.remaining for fund, numbers in balances.of_funds()}
    paper = resolution.papers.get(version=resolution.version)
    return [FundLine(share.fund, share.amount, free[share.fund.pk]) for share in paper.asked_of_funds()]


class Rewrite(Act):
    """What changing a draft and writing a new version share."""

    model, views = Resolution, "resolutions"

    def facts(self) -> Facts:
        """Who asks for what."""
        return asked(self.thing.application)

    def make_form(self, data: Any) -> PaperForm:
        """As the present version stands."""
        paper = self.thing.papers.get(version=self.thing.version)
        initial = PaperForm.starting_with(paper, self.thing.deadline)
        return PaperForm(data, application=self.thing.application, initial=initial)

    @staticmethod
    def said(form: PaperForm) -> dict[str, Any]:
        """What the action wants to know."""
        return {name: form.cleaned_data[name] for name in ("text", "shares", "deadline")}


class EditDraft(Rewrite):
    """Change the draft."""

    action, address = "redraft", "edit"
    title, button = _("Change the draft"), _("Save the draft")

    def act(self, form: PaperForm, by: User) -> str:
        """Save it."""
        proposing.redraft(resolution=self.thing, by=by, **self.said(form))
        return gettext("The draft is saved.")


class NewVersion(Rewrite):
    """The next version."""

    action, address = "revise", "new-version"
    title, button = _("Write a new version"), _("Put it before the board")
    explains = _(
        "Declarations and votes on the present version count no more: every trustee is asked again. Where a fund is "
        "short, ask for less, or share it among several funds."
    )

    def act(self, form: PaperForm, by: User) -> str:
        """Put it before the board."""
        revised = proposing.revise(resolution=self.thing, by=by, **self.said(form))
        return gettext("Version %(version)s is before the board.") % {"version": revised.version}


class Open(Act):
    """Put it before the board."""

    model, views, action, address = Resolution, "resolutions", "open", "open"
    title, button = _("Open the resolution"), _("Open it")
    explains = _(
        "The paper stands from now on, and the quorum is that of today. To change a word is to write a new version."
    )

    def facts(self) -> Facts:
        """What the trustees will be asked."""
        lines = [
            (
                gettext("From %(fund)s") % {"fund": line.fund},
                gettext("%(asked)s of %(before)s free") % {"asked": line.asked.exact, "before": line.before.exact},
            )
            for line in funds_of(self.thing)
        ]
        deadline = (gettext("Voting ends"), minutes.moment(self.thing.deadline))
        return [*asked(self.thing.application), *lines, deadline, (gettext("Quorum"), self.thing.board.quorum)]

    def act(self, form: Any, by: User) -> str:
        """Open it."""
        deciding.open_resolution(resolution=self.thing, by=by)
        return gettext("%(reference)s is before the board.") % {"reference": self.thing.reference}


class Withdraw(Act):
    """Take it back."""

    model, views, action, address = Resolution, "resolutions", "withdraw", "withdraw"
    title, button, danger = _("Withdraw the resolution"), _("Withdraw it"), True
    explains = _("The application can be put before the board again, with another resolution.")
    form_class = ReasonForm

    def act(self, form: Any, by: User) -> str:
        """Withdraw it."""
        proposing.withdraw(resolution=self.thing, because=form.cleaned_data["because"], by=by)
        return gettext("%(reference)s is withdrawn.") % {"reference": self.thing.reference}


class TryAgain(Act):
    """Money has come: try to reserve again."""

    model, views, action, address = Resolution, "resolutions", "reconsider", "try-again"
    title, button = _("Try again to reserve the money"), _("Try again")
    explains = _("The votes stand as they were cast. If every fund can bear its share now, the resolution is carried.")

    @classmethod
    def is_offered(cls, thing: Resolution, user: User) -> bool:
        """While it waits."""
        return thing.is_waiting

    def facts(self) -> Facts:
        """Why it waits, and what is free now."""
        lines = [
            (
                gettext("From %(fund)s") % {"fund": line.fund},
                gettext("%(asked)s of %(before)s free") % {"asked": line.asked.exact, "before": line.before.exact},
            )
            for line in funds_of(self.thing)
        ]
        return [(gettext("It waits"), self.thing.waiting_for), *lines]

    def act(self, form: Any, by: User) -> str:
        """Try."""
        again = deciding.reconsider(resolution=self.thing, by=by)
        return (
            gettext("Still waiting: %(waiting_for)s") % {"waiting_for": again.waiting_for}
            if again.is_waiting
            else gettext("%(reference)s is %(state)s.") % {"reference": again.reference, "state": again.state}
        )


class ResolutionPage(ThingPage):
    """The paper, the funds, who has voted; after the close the minute."""

    related = ("application__programme__purpose", "board__chair", "drafted_by", "opened_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """No choice is among them before the close."""
        resolution = self.object
        return {
            **super().get_context_data(**kwargs),
            "asked": asked(resolution.application),
            "paper": resolution.papers.get(version=resolution.version),
            "funds": funds_of(resolution),
            "attendance": counting.attendance(resolution),
            "minute": minutes.sections(resolution.minute) if resolution.minute else [],
            "award": Award.objects.filter(resolution=resolution).first(),
        }


class ResolutionList(MoneyList):
    """Resolutions, the newest first."""

    related = ("application", "board")
    title_class = "code"


class ResolutionViewSet(ActingViewSet):
    """Resolutions."""

    model = Resolution
    name = "resolutions"
    url_prefix = "grants/resolutions"
    menu_label = _("Resolutions")
    icon = "clipboard-list"
    index_view_class = ResolutionList
    inspect_view_class = ResolutionPage
    inspect_template_name = "grants/staff/resolution.html"
    ordering = ["-pk"]
    list_display = [
        "reference",
        Column("title", label=_("Title"), accessor="application.title"),
        Column("organisation", label=_("Organisation"), accessor="application.organisation"),
        Column("state", label=_("Standing"), accessor="get_state_display", sort_key="state"),
        Column("waiting_for", label=_("Waits for"), accessor="waiting_for"),
        DayColumn("deadline", label=_("Voting ends"), sort_key="deadline"),
        DayColumn("closed_at", label=_("Closed"), sort_key="closed_at"),
    ]
    list_filter = ["state"]
    search_fields = ["reference", "application__title", "application__organisation"]
    acts = (EditDraft, Open, NewVersion, TryAgain, Withdraw)

    @cached_property
    def permission_policy(self) -> NotForVoters:
        """Looking only, and not for trustees."""
        return NotForVoters(self.model)
