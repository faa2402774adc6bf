"""Awards: what was promised and what has become of it, asked of the ledger; offered, accepted, planned, closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from almoner.accounts.models import User, person
from almoner.kit.staff.read_only import DayColumn, MoneyColumn, MoneyList
from donations.ledger import balances
from donations.ledger.balances import Numbers
from donations.ledger.exceptions import LedgerError
from donations.ledger.models import AwardPosition
from grants import publishing
from grants.actions import awarding, paying
from grants.exceptions import GrantsError
from grants.forms.staff.awards import AcceptForm, OfferForm, PlanFormSet, RecoverForm
from grants.forms.staff.fields import ReasonForm
from grants.models import Award, AwardState
from grants.transitions import REQUEST
from grants.views.staff.acting import Act, ActingViewSet, Facts, ThingPage


class AwardAct(Act):
    """What the actions on an award share."""

    model, views = Award, "awards"

    def facts(self) -> Facts:
        """To whom, how much, from which fund."""
        shares = [
            (gettext("From %(fund)s") % {"fund": share.fund}, share.amount.exact) for share in self.thing.borne_by()
        ]
        return [(gettext("To"), self.thing.organisation), (gettext("Amount"), self.thing.amount.exact), *shares]


class PlanInstalments(AwardAct):
    """Plan how it is paid."""

    template_name = "grants/staff/plan.html"
    action, address = "plan", "plan"
    title, button = _("Plan instalments"), _("Plan them")
    explains = _("Each is shared among the funds in the award’s own proportions. Rows that stay empty are none.")

    @classmethod
    def permission_needed(cls) -> str:
        """That of instalments."""
        return REQUEST

    @classmethod
    def is_offered(cls, thing: Award, user: User) -> bool:
        """While something is left to plan."""
        return thing.state not in (AwardState.CLOSED, AwardState.LAPSED) and bool(paying.left_to_plan(thing))

    def make_form(self, data: Any) -> Any:
        """Six rows; a condition can be set until the award is offered."""
        rows: Any = PlanFormSet(data, form_kwargs={"with_conditions": self.thing.state == AwardState.RESOLVED})
        rows.left = paying.left_to_plan(self.thing)
        return rows

    def facts(self) -> Facts:
        """What is left."""
        return [*super().facts(), (gettext("Left to plan"), paying.left_to_plan(self.thing).exact)]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """All rows together, or none."""
        rows = self.make_form(request.POST)
        if rows.is_valid():
            try:
                planned = paying.plan(award=self.thing, instalments=rows.plans(), by=person(request))
            except (GrantsError, LedgerError) as refusal:
                rows.non_form_errors().append(refusal.sentence)
            else:
                messages.success(request, "Planned: " + ", ".join(each.amount.exact for each in planned) + ".")
                return redirect(self.back)
        return self.show(rows, status=422)


class Offer(AwardAct):
    """Tell the grantee."""

    action, address = "offer", "offer"
    title, button = _("Offer the award"), _("Offer it")
    explains = _(
        "Record that the grantee has been told. What waits for no condition is owed from today; instalments with "
        "conditions are planned before."
    )
    form_class = OfferForm

    def act(self, form: Any, by: User) -> str:
        """Offer it."""
        awarding.offer(award=self.thing, expires_on=form.cleaned_data["expires_on"], by=by)
        return gettext("%(reference)s is offered.") % {"reference": self.thing.reference}


class Accept(AwardAct):
    """The grantee agreed."""

    action, address = "accept", "accept"
    title, button = _("Record the acceptance"), _("It is accepted")
    form_class = AcceptForm

    def act(self, form: Any, by: User) -> str:
        """Accept it."""
        awarding.accept(award=self.thing, accepted_by=form.cleaned_data["accepted_by"], by=by)
        return gettext("%(reference)s is accepted.") % {"reference": self.thing.reference}


class Lapse(AwardAct):
    """Not taken up."""

    action, address = "lapse", "lapse"
    title, button, danger = _("Let the award lapse"), _("Let it lapse"), True
    explains = _("All of its money is free again, in the funds that it came from.")
    form_class = ReasonForm

    def act(self, form: Any, by: User) -> str:
        """Let it lapse."""
        awarding.lapse(award=self.thing, because=form.cleaned_data["because"], by=by)
        return gettext("%(reference)s has lapsed.") % {"reference": self.thing.reference}


class Recover(AwardAct):
    """Money came back."""

    action, address = "recover", "recover"
    title, button = _("Record money returned"), _("Record it")
    explains = _("It goes back to the funds that paid, and keeps their restriction.")
    form_class = RecoverForm

    def act(self, form: Any, by: User) -> str:
        """Record it, once for each line of the statement."""
        typed = form.cleaned_data
        key = f"recover:{self.thing.reference}:{typed['bank_reference'].strip()}"
        awarding.recover(award=self.thing, amount=typed["amount"], because=typed["because"], key=key, by=by)
        return gettext("%(amount)s is back.") % {"amount": typed["amount"].exact}


class Close(AwardAct):
    """All is paid."""

    action, address = "close", "close"
    title, button = _("Close the award"), _("Close it")
    explains = _("Nothing of it is reserved or owed any more.")

    @classmethod
    def is_offered(cls, thing: Award, user: User) -> bool:
        """Once nothing is left to pay."""
        return super().is_offered(thing, user) and not balances.of_award(thing.reference).still_to_pay

    def act(self, form: Any, by: User) -> str:
        """Close it."""
        awarding.close(award=self.thing, by=by)
        return gettext("%(reference)s is closed.") % {"reference": self.thing.reference}


class AwardPage(ThingPage):
    """One award: its numbers by fund, its instalments, and how its programme stands."""

    related = ("programme__purpose", "purpose", "resolution")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything about money is asked of the ledger."""
        award = self.object
        held = AwardPosition.objects.filter(award=award.reference).select_related("fund").order_by("fund")
        return {
            **super().get_context_data(**kwargs),
            "numbers": balances.of_award(award.reference),
            "by_fund": held,
            "instalments": award.instalments.order_by("number"),
            "left_to_plan": paying.left_to_plan(award),
            "programme_rows": publishing.of_programme(award.programme),
            "purpose_numbers": dict(balances.of_purposes()).get(award.purpose),
        }


class AwardList(MoneyList):
    """Awards with their numbers, which come in one query."""

    related = ("purpose", "programme")
    title_class = "code"

    @cached_property
    def numbers(self) -> dict[str, Numbers]:
        """Each award's numbers."""
        return balances.of_awards()

    def of(self, award: Award) -> Numbers:
        """One award's numbers."""
        return self.numbers.get(award.reference, Numbers())

    @cached_property
    def columns(self) -> list[Column]:
        """What was promised to whom, and what of it is paid."""
        return [
            self._get_title_column("reference"),
            Column("title", label=gettext("Title"), sort_key="title"),
            Column("organisation", label=gettext("Organisation"), sort_key="organisation"),
            Column("state", label=gettext("Standing"), accessor="get_state_display", sort_key="state"),
            DayColumn("decided_on", label=gettext("Decided"), sort_key="decided_on"),
            MoneyColumn("allocated", amount=lambda award: self.of(award).allocated, label=gettext("Allocated")),
            MoneyColumn("paid", amount=lambda award: self.of(award).paid, label=gettext("Paid")),
            MoneyColumn(
                "still_to_pay", amount=lambda award: self.of(award).still_to_pay, label=gettext("Still to pay")
            ),
        ]


class AwardViewSet(ActingViewSet):
    """Awards."""

    model = Award
    name = "awards"
    url_prefix = "grants/awards"
    menu_label = _("Awards")
    icon = "success"
    index_view_class = AwardList
    inspect_view_class = AwardPage
    inspect_template_name = "grants/staff/award.html"
    ordering = ["-decided_on", "-pk"]
    list_filter = ["state", "programme", "purpose"]
    search_fields = ["reference", "title", "organisation"]
    acts = (PlanInstalments, Offer, Accept, Recover, Close, Lapse)
