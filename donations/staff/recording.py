"""The screen at which a cheque, cash or a bank transfer becomes a donation."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from almoner.accounts.models import person
from almoner.kit.forms import UK_DATES
from almoner.kit.staff.screens import Screen, ScreenSet
from donations.actions import recording
from donations.ledger.exceptions import AlreadyPosted, FundDoesNotServe, LedgerError, PeriodIsSealed
from donations.ledger.forms import AmountField
from donations.ledger.models import Fund, FundPurpose, Purpose
from donations.models import Appeal
from donations.models.donation import Method

METHODS = [Method.CHEQUE, Method.CASH, Method.TRANSFER, Method.LEGACY, Method.OTHER]  # cards come through Stripe
# Where a refusal of the ledger is shown; all others stand above the form.
BESIDE = {PeriodIsSealed: "received_on", FundDoesNotServe: "purpose"}


class UsualPurpose(forms.ModelChoiceField):
    """A purpose; empty means the fund's usual one."""

    def __init__(self) -> None:
        super().__init__(
            Purpose.objects.all(),
            required=False,
            empty_label=_("The fund’s usual purpose"),
            label=_("Purpose"),
        )


class RecordGiftForm(forms.Form):
    """What is written on the cheque, the envelope or the bank statement."""

    amount = AmountField(
        label=_("Amount in pounds"), error_messages={"required": _("Enter the amount, like 25 or 1,000.50.")}
    )
    method = forms.ChoiceField(
        label=_("How it came"),
        choices=[(method.value, method.label) for method in METHODS],
        error_messages={"required": _("Choose how it came."), "invalid_choice": _("Choose one of these.")},
    )
    received_on = forms.DateField(
        label=_("Received on"),
        input_formats=UK_DATES,
        widget=AdminDateInput(format="%d/%m/%Y"),
        help_text=_("The day on which it reached the charity, like 31/03/2026."),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day like 31/03/2026.")},
    )
    appeal = forms.ModelChoiceField(
        Appeal.objects.select_related("fund", "purpose"),
        required=False,
        empty_label=_("None"),
        help_text=_("Where it answers an appeal; its fund is then known."),
    )
    fund = forms.ModelChoiceField(
        Fund.objects.filter(closed__isnull=True), required=False, empty_label=_("Choose a fund")
    )
    purpose = UsualPurpose()
    donor_name = forms.CharField(
        label=_("Donor’s name"),
        max_length=150,
        required=False,
        help_text=_("Empty where nobody is named, as in a tin."),
    )
    donor_email = forms.EmailField(
        label=_("Donor’s email address"),
        required=False,
        error_messages={"invalid": _("Enter an email address like name@example.org, or leave it empty.")},
    )
    receipt = forms.BooleanField(label=_("Send a receipt to this address"), required=False)
    note = forms.CharField(
        label=_("Paying-in reference or note"), max_length=200, required=False, help_text=_("Not seen by the donor.")
    )
    again = forms.BooleanField(label=_("This is another gift: record it too"), required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def clean_received_on(self) -> Any:
        """Nothing is received tomorrow."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return day

    def clean_amount(self) -> Any:
        """More than nothing."""
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(gettext("Enter an amount of more than nothing."))
        return amount

    def clean_donor_name(self) -> str:
        """A name on one line."""
        name: str = self.cleaned_data["donor_name"]
        if not name.isprintable():
            raise forms.ValidationError(gettext("Enter the name on one line, without hidden characters."))
        return name

    def clean(self) -> dict[str, Any]:
        """Fund and purpose fit the appeal and each other; a receipt has somewhere to go; nothing is recorded twice."""
        cleaned = super().clean() or {}
        appeal, fund, purpose = cleaned.get("appeal"), cleaned.get("fund"), cleaned.get("purpose")
        if "appeal" in self.errors or "fund" in self.errors:
            return cleaned
        if appeal is not None:
            if fund is not None and fund != appeal.fund:
                self.add_error("fund", gettext("Gifts to this appeal go into %(fund)s.") % {"fund": appeal.fund})
                return cleaned
            fund = cleaned["fund"] = appeal.fund
            purpose = cleaned["purpose"] = purpose or appeal.purpose
        if fund is None:
            self.add_error("fund", gettext("Choose a fund, or an appeal."))
            return cleaned
        if purpose and not FundPurpose.objects.filter(fund=fund, purpose=purpose).exists():
            self.add_error(
                "purpose", gettext("%(fund)s may not be used for “%(purpose)s”.") % {"fund": fund, "purpose": purpose}
            )
        if cleaned.get("receipt") and not cleaned.get("donor_email"):
            self.add_error("donor_email", gettext("Enter the address that the receipt goes to."))
        if not self.errors and not cleaned.get("again"):
            self._look_for_the_same_gift(cleaned)
        return cleaned

    def _look_for_the_same_gift(self, cleaned: dict[str, Any]) -> None:
        wanted = ("amount", "fund", "received_on", "donor_name", "donor_email")
        same = recording.alike(**{name: cleaned[name] for name in wanted})
        if same is not None and not same.entry.source_key.endswith(str(cleaned.get("token"))):
            self.fields["again"].widget = forms.CheckboxInput()
            self.add_error(
                "again",
                gettext("%(reference)s is for the same amount, day, fund and donor. Is this another?")
                % {"reference": same.reference},
            )

    def beside(self, refusal: LedgerError) -> None:
        """Show the ledger's sentence beside the field that can put it right."""
        field = next((name for kind, name in BESIDE.items() if isinstance(refusal, kind)), None)
        sentence = refusal.sentence
        if isinstance(refusal, AlreadyPosted):
            sentence = gettext(
                "This form has been recorded already, with other amounts. Open a new one for another gift."
            )
        self.add_error(field, sentence)


class RecordGift(Screen):
    """Record one gift."""

    under = (_("Donations"), "donations_list:index")
    permission = "donations.record_gift"
    page_title = _("Record a gift")
    header_icon = "plus"
    template_name = "donations/staff/record_gift.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An empty form, for today."""
        form = RecordGiftForm(initial={"token": uuid.uuid4(), "received_on": timezone.localdate()})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record it, or give the form back with what is wrong beside it and nothing lost."""
        form = RecordGiftForm(request.POST)
        if form.is_valid():
            given = {name: value for name, value in form.cleaned_data.items() if name != "again"}
            try:
                donation = recording.record_by_hand(**{**given, "method": Method(given["method"])}, by=person(request))
            except LedgerError as refusal:
                form.beside(refusal)
            else:
                seen = messages.button(reverse("donations_list:inspect", args=[donation.pk]), gettext("Look at it"))
                messages.success(
                    request,
                    gettext("%(amount)s recorded in %(fund)s as %(reference)s.")
                    % {"amount": donation.amount, "fund": donation.fund, "reference": donation.reference},
                    buttons=[seen],
                )
                return redirect("record_gift:form")
        messages.validation_error(request, gettext("The gift was not recorded. What is wrong is said beside it."), form)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RecordGiftSet(ScreenSet):
    """Record a gift."""

    name = "record_gift"
    url_prefix = "giving/record"
    permission = "donations.record_gift"
    menu_label = _("Record a gift")
    menu_icon = "plus"
    views = {"form": ("", RecordGift)}
