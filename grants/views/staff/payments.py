"""Payments: requested by one, authorised by two others, confirmed from the bank statement."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from almoner.accounts.models import User
from almoner.kit.staff.read_only import DayColumn, MoneyColumn, MoneyList
from grants.actions import paying
from grants.forms.staff.awards import ConfirmForm, DayForm, EvidenceForm
from grants.forms.staff.fields import ReasonForm
from grants.models import AwardState, Instalment, InstalmentState
from grants.views.staff.acting import Act, ActingViewSet, Facts, ThingPage


class PaymentAct(Act):
    """What the actions on an instalment share."""

    model, views = Instalment, "instalments"

    def facts(self) -> Facts:
        """To whom, how much, from which fund, and whose hands it went through."""
        thing = self.thing
        shares = [(gettext("From %(fund)s") % {"fund": share.fund}, share.amount.exact) for share in thing.borne_by()]
        hands = [
            (gettext("Requested by"), thing.requested_by),
            (gettext("Authorised by"), thing.first_authoriser),
            ("and by", thing.second_authoriser),
        ]
        return [
            (gettext("To"), thing.award.organisation),
            (gettext("For"), thing.award),
            (gettext("Amount"), thing.amount.exact),
            *shares,
            *((label, whom) for label, whom in hands if whom),
        ]


class Request(PaymentAct):
    """Ask for the payment."""

    action, address = "request", "request"
    title, button = _("Request the payment"), _("Request it")
    explains = _("Two other people authorise it.")

    @classmethod
    def is_offered(cls, thing: Instalment, user: User) -> bool:
        """Once the award is accepted and no condition is live."""
        ready = thing.award.state in paying.PAYABLE and not thing.waits_for_a_condition
        return super().is_offered(thing, user) and ready

    def act(self, form: Any, by: User) -> str:
        """Request it."""
        paying.request(instalment=self.thing, by=by)
        return gettext("The payment is requested. Two other people authorise it.")


class Authorise(PaymentAct):
    """Say that it may be paid."""

    action, address = "authorise", "authorise"
    title, button = _("Authorise the payment"), _("Authorise it")
    explains = _("Whoever requested it does not authorise it, and nobody authorises it twice.")

    @classmethod
    def is_offered(cls, thing: Instalment, user: User) -> bool:
        """Not to those whose hands it has been through."""
        hands = {thing.requested_by_id, thing.first_authoriser_id}
        return super().is_offered(thing, user) and user.pk not in hands

    def act(self, form: Any, by: User) -> str:
        """Authorise it."""
        held = paying.authorise(instalment=self.thing, by=by)
        return (
            gettext("It is ready to pay.")
            if held.state == InstalmentState.AUTHORISED_TWICE
            else gettext("Somebody else is the second.")
        )


class SendBack(PaymentAct):
    """Something is wrong."""

    action, address = "send_back", "send-back"
    title, button, danger = _("Send the request back"), _("Send it back"), True
    explains = _("It is planned again, and requested and authorised from the start.")
    form_class = ReasonForm

    def act(self, form: Any, by: User) -> str:
        """Send it back."""
        paying.send_back(instalment=self.thing, because=form.cleaned_data["because"], by=by)
        return gettext("It is sent back.")


class Confirm(PaymentAct):
    """The bank has paid."""

    action, address = "confirm", "confirm"
    title, button = _("Confirm the payment"), _("It is paid")
    explains = _("From the bank statement. It is then paid in the books, and on the public page.")
    form_class = ConfirmForm

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"paid_on": timezone.localdate()}

    def act(self, form: Any, by: User) -> str:
        """Confirm it."""
        typed = form.cleaned_data
        paying.confirm(instalment=self.thing, bank_reference=typed["bank_reference"], on=typed["paid_on"], by=by)
        return gettext("%(amount)s is paid.") % {"amount": self.thing.amount.exact}


class Bounce(PaymentAct):
    """The bank sent it back."""

    action, address = "bounce", "bounce"
    title, button, danger = _("The payment came back"), _("It came back"), True
    explains = _("The entry in the books is reversed: the money is owed again, and requested again from the start.")
    form_class = ReasonForm

    def act(self, form: Any, by: User) -> str:
        """Reverse it."""
        paying.bounce(instalment=self.thing, because=form.cleaned_data["because"], by=by)
        return gettext("It is owed again.")


class Hold(PaymentAct):
    """Something is missing."""

    action, address = "hold", "hold"
    title, button = _("Hold the instalment back"), _("Hold it back")
    explains = _("Nobody can request it until it is freed.")
    form_class = ReasonForm

    def act(self, form: Any, by: User) -> str:
        """Hold it."""
        paying.hold_back(instalment=self.thing, because=form.cleaned_data["because"], by=by)
        return gettext("It is held back.")


class Free(PaymentAct):
    """What was missing has come."""

    action, address = "free", "free"
    title, button = _("Free the instalment"), _("Free it")

    def facts(self) -> Facts:
        """Why it was held."""
        return [*super().facts(), (gettext("Held back for"), self.thing.held_for)]

    def act(self, form: Any, by: User) -> str:
        """Free it."""
        paying.free(instalment=self.thing, by=by)
        return gettext("It can be requested.")


class MeetCondition(PaymentAct):
    """The evidence is there."""

    action, address = "meet_condition", "condition"
    title, button = _("Accept the evidence"), _("The condition is met")
    explains = _("The instalment is owed from today. Whoever wrote the condition does not accept the evidence.")
    form_class = EvidenceForm

    @classmethod
    def is_offered(cls, thing: Instalment, user: User) -> bool:
        """While the condition is live, after the offer, and not to its author."""
        live = thing.waits_for_a_condition and thing.award.state != AwardState.RESOLVED
        return super().is_offered(thing, user) and live and user.pk != thing.planned_by_id

    def facts(self) -> Facts:
        """The condition."""
        return [
            *super().facts(),
            (gettext("Condition"), self.thing.condition),
            (gettext("Written by"), self.thing.planned_by),
        ]

    def act(self, form: Any, by: User) -> str:
        """Accept it."""
        paying.meet_condition(instalment=self.thing, evidence=form.cleaned_data["evidence"], by=by)
        return gettext("The condition is met; the instalment is owed.")


class Reschedule(PaymentAct):
    """Another day."""

    action, address = "reschedule", "reschedule"
    title, button = _("Change the day"), _("Save")
    form_class = DayForm

    @classmethod
    def is_offered(cls, thing: Instalment, user: User) -> bool:
        """While it is only planned."""
        return thing.state == InstalmentState.PLANNED

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        return {"due_on": self.thing.due_on}

    def act(self, form: Any, by: User) -> str:
        """Save it."""
        paying.reschedule(instalment=self.thing, due_on=form.cleaned_data["due_on"], by=by)
        return gettext("The day is changed.")


class Cancel(PaymentAct):
    """Out of the plan."""

    action, address = "cancel", "cancel"
    title, button, danger = _("Cancel the instalment"), _("Cancel it"), True
    explains = _("Its amount can be planned again.")
    form_class = ReasonForm

    def act(self, form: Any, by: User) -> str:
        """Cancel it."""
        paying.cancel(instalment=self.thing, because=form.cleaned_data["because"], by=by)
        return gettext("It is cancelled.")


class InstalmentPage(ThingPage):
    """One instalment and the hands it went through."""

    related = (
        *("award__programme", "planned_by", "requested_by", "first_authoriser", "second_authoriser"),
        *("confirmed_by", "condition_accepted_by"),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its shares."""
        return {**super().get_context_data(**kwargs), "shares": self.object.borne_by()}


class InstalmentList(MoneyList):
    """Instalments, the next due first."""

    related = ("award", "requested_by")


class InstalmentViewSet(ActingViewSet):
    """Instalments."""

    model = Instalment
    name = "instalments"
    url_prefix = "grants/instalments"
    menu_label = _("Instalments")
    icon = "calendar-check"
    index_view_class = InstalmentList
    inspect_view_class = InstalmentPage
    inspect_template_name = "grants/staff/instalment.html"
    ordering = ["due_on", "pk"]
    list_display = [
        "__str__",
        Column("organisation", label=_("To"), accessor="award.organisation"),
        MoneyColumn("amount", amount=lambda row: row.amount, label=_("Amount"), sort_key="pence"),
        DayColumn("due_on", label=_("Due"), sort_key="due_on"),
        Column("state", label=_("Standing"), accessor="get_state_display", sort_key="state"),
        Column("requested_by", label=_("Requested by")),
        DayColumn("paid_on", label=_("Paid"), sort_key="paid_on"),
    ]
    list_filter = ["state", "award"]
    search_fields = ["award__reference", "award__title", "award__organisation", "bank_reference"]
    acts = (Request, Authorise, Confirm, MeetCondition, Free, Reschedule, Hold, SendBack, Bounce, Cancel)
