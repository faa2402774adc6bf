"""Refunds: asked for on a donation's page; above the limit somebody else approves. Those that wait come first."""

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from almoner.accounts.models import User, system_user
from almoner.kit.staff.acting import Act, ActingPage, ActingViewSet, Facts
from almoner.kit.staff.read_only import DayColumn, MoneyColumn, MoneyList
from donations.actions import refunding
from donations.exceptions import AlreadyDecided, RefundIsTooLarge, SecondPersonIsNeeded
from donations.ledger.forms import AmountField
from donations.ledger.money import NOTHING, Money
from donations.models import Donation, Refund
from donations.models.refund import RefundState
from donations.staff.at_once import try_it


def send_now(refund: Refund) -> str:
    """Ask Stripe at once; the sentence for what came of it."""
    return try_it(
        lambda: refunding.send(refund_id=refund.pk, by=system_user("stripe")),
        done=gettext("%(amount)s goes back.") % {"amount": refund.amount.exact},
    )


class RefundForm(forms.Form):
    """How much, and why."""

    amount = AmountField(label=_("Amount in pounds"), error_messages={"required": _("Enter the amount.")})
    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stays on record. The donor does not see it."),
        error_messages={"required": _("Say why.")},
    )

    def clean_amount(self) -> Money:
        """More than nothing."""
        amount: Money = self.cleaned_data["amount"]
        if amount <= NOTHING:
            raise forms.ValidationError(gettext("Enter an amount of more than nothing."))
        return amount


class AskRefund(Act):
    """Give a gift back, or a part of it."""

    model, views = Donation, "donations_list"
    permission = "donations.ask_refund"
    address, title, button, danger = "refund", _("Refund it"), _("Ask for the refund"), True
    header_icon = "arrow-left"
    form_class = RefundForm
    refusals = (RefundIsTooLarge,)

    @classmethod
    def is_offered(cls, thing: Donation, user: User) -> bool:
        """Where it came through Stripe and something is left of it."""
        return thing.payment_id is not None and bool(refunding.refundable(thing))

    @property
    def explains(self) -> str:  # type: ignore[override] # the limit is a setting
        """What will happen."""
        limit = Money(settings.REFUND_NEEDS_TWO_ABOVE_PENCE)
        return gettext(
            "It goes back to the card or account that it came from. Above %(limit)s somebody else "
            "approves it first. The donor gets a letter once it is made. Stripe keeps its fee."
        ) % {"limit": limit}

    def facts(self) -> Facts:
        """The gift, and what can be given back of it."""
        gift = self.thing
        return [
            (gettext("Given by"), gift.donor_name or gettext("not named")),
            (gettext("Given"), gift.amount.exact),
            (gettext("Can be refunded"), refunding.refundable(gift).exact),
        ]

    def initial(self) -> dict[str, Any]:
        """All that is left."""
        return {"amount": refunding.refundable(self.thing).exact.removeprefix("£")}

    def act(self, form: Any, by: User) -> str:
        """Ask, and send it where one person is enough."""
        refund = refunding.ask(donation=self.thing, by=by, **form.cleaned_data)
        if refund.needs_two:
            return gettext("The refund of %(amount)s waits until somebody else approves it.") % {
                "amount": refund.amount.exact
            }
        return send_now(refund)

    def say(self, form: Any, refusal: Exception) -> None:
        """Beside the amount."""
        form.add_error("amount", str(refusal))


class Decide(Act):
    """What the two answers share."""

    model, views = Refund, "refunds"
    permission = "donations.approve_refund"
    header_icon = "arrow-left"
    refusals = (AlreadyDecided, RefundIsTooLarge, SecondPersonIsNeeded)

    @classmethod
    def is_offered(cls, thing: Refund, user: User) -> bool:
        """While it waits. Whoever asked for it is told in words that somebody else decides."""
        return thing.state == RefundState.ASKED

    def facts(self) -> Facts:
        """Who asked for what, and why."""
        refund = self.thing
        return [
            (
                gettext("Gift"),
                gettext("%(donation)s of %(amount)s, %(donor_name)s")
                % {
                    "donation": refund.donation,
                    "amount": refund.donation.amount.exact,
                    "donor_name": refund.donation.donor_name,
                },
            ),
            (gettext("Refund"), refund.amount.exact),
            (gettext("Asked for by"), refund.asked_by),
            (gettext("Because"), refund.because),
        ]


class Approve(Decide):
    """Yes."""

    address, title, button = "approve", _("Approve the refund"), _("Approve it")
    explains = _("It is sent to Stripe at once. Whoever asked for it cannot approve it.")

    def act(self, form: Any, by: User) -> str:
        """Approve it, and send it."""
        return send_now(refunding.approve(refund=self.thing, by=by))


class Refuse(Decide):
    """No."""

    address, title, button, danger = "refuse", _("Refuse the refund"), _("Refuse it"), True
    explains = _("Nothing goes back. Another one may be asked for.")

    def act(self, form: Any, by: User) -> str:
        """Refuse it."""
        refunding.refuse(refund=self.thing, by=by)
        return gettext("It is refused; nothing goes back.")


class RefundFilters(WagtailFilterSet):
    """By how it stands."""

    state = django_filters.ChoiceFilter(label=_("Standing"), choices=RefundState.choices)

    class Meta:
        model = Refund
        fields = ["state"]


class RefundList(MoneyList):
    """Refunds: those that wait for somebody, then the newest."""

    related = ("donation", "asked_by", "decided_by")
    title_class = "code"

    def get_base_queryset(self) -> "QuerySet[Refund]":
        """Each with whether it waits."""
        waits = Case(When(state=RefundState.ASKED, then=Value(0)), default=Value(1))
        return super().get_base_queryset().annotate(waits=waits)


class RefundPage(ActingPage):
    """One refund, and the hands it went through."""

    related = ("donation", "donation__fund", "asked_by", "decided_by", "entry", "turned")

    def buttons(self) -> list[Any]:
        """None for whoever asked for it."""
        return [] if self.is_mine() else super().buttons()

    def is_mine(self) -> bool:
        """Whether this person asked for it."""
        return bool(self.object.asked_by_id == self.request.user.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether somebody else must decide."""
        waits = self.object.state == RefundState.ASKED
        return {**super().get_context_data(**kwargs), "waits_for_another": waits and self.is_mine()}


class RefundViewSet(ActingViewSet):
    """Refunds, ours and those made in Stripe's dashboard."""

    model = Refund
    name = "refunds"
    url_prefix = "giving/refunds"
    menu_label = _("Refunds")
    icon = "arrow-left"
    index_view_class = RefundList
    inspect_view_class = RefundPage
    inspect_template_name = "donations/staff/refund.html"
    ordering = ["waits", "-pk"]
    list_display = [
        "reference",
        Column("state", label=_("Standing"), accessor="get_state_display", sort_key="state"),
        MoneyColumn("amount", amount=lambda refund: refund.amount, label=_("Amount"), sort_key="pence"),
        Column("donation", label=_("Gift")),
        Column("donor_name", label=_("Donor"), accessor="donation.donor_name"),
        DayColumn("asked_at", label=_("Asked for"), sort_key="asked_at"),
        Column("asked_by", label=_("By"), accessor=lambda refund: refund.asked_by or gettext("Stripe’s dashboard")),
        Column("decided_by", label=_("Decided by")),
    ]
    search_fields = ["reference", "refund", "donation__reference", "donation__donor_name"]
    filterset_class = RefundFilters
    acts = (Approve, Refuse)
