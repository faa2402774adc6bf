"""What is said when an award or a payment takes a step."""

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.ledger.forms import AmountField
from donations.ledger.money import NOTHING, Money
from grants.actions.paying import Plan
from grants.forms.staff.fields import DayField, long_text

ROWS = 6  # instalments that can be planned at a time


class OfferForm(forms.Form):
    """Until when."""

    expires_on = DayField(
        label=_("The offer expires on"), required=False, help_text=_("Empty where it does not expire.")
    )

    def clean_expires_on(self) -> date | None:
        """Still to come."""
        day: date | None = self.cleaned_data["expires_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return day


class AcceptForm(forms.Form):
    """Who signed."""

    accepted_by = forms.CharField(
        label=_("Who accepted for the grantee"),
        max_length=150,
        help_text=_("The name and the office, as in “Dr A. Anchor, medical director”."),
        error_messages={"required": _("Enter who accepted for the grantee.")},
    )


class RecoverForm(forms.Form):
    """Money that came back."""

    amount = AmountField(label=_("Amount returned, in pounds"), error_messages={"required": _("Enter the amount.")})
    bank_reference = forms.CharField(
        label=_("The bank’s reference"),
        max_length=40,
        help_text=_("The same line of a statement is recorded once."),
        error_messages={"required": _("Enter the bank’s reference.")},
    )
    because = long_text(_("Why?"), rows=2, required=_("Say why."), help_text=_("An underspend, perhaps."))


class ConfirmForm(forms.Form):
    """A line of the bank statement."""

    paid_on = DayField(label=_("Paid on"), help_text=_("The day on the bank statement."))
    bank_reference = forms.CharField(
        label=_("The bank’s reference"), max_length=40, error_messages={"required": _("Enter the bank’s reference.")}
    )

    def clean_paid_on(self) -> date:
        """Nothing is paid tomorrow."""
        day: date = self.cleaned_data["paid_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return day


class EvidenceForm(forms.Form):
    """What shows that a condition is met."""

    evidence = long_text(_("What shows it?"), rows=3, required=_("Say what shows that the condition is met."))


class DayForm(forms.Form):
    """Another day."""

    due_on = DayField(label=_("Due on"))


class PlanForm(forms.Form):
    """One instalment to be; an empty row is none."""

    amount = AmountField(label=_("Amount in pounds"), required=False)
    due_on = DayField(label=_("Due on"), required=False)
    condition = forms.CharField(
        label=_("Condition"),
        required=False,
        max_length=500,
        help_text=_("What must be shown first. Empty where nothing must."),
    )

    def __init__(self, *args: Any, with_conditions: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_conditions:
            del self.fields["condition"]

    def clean(self) -> dict[str, Any]:
        """An amount with its day, or nothing at all."""
        cleaned = super().clean() or {}
        amount, day = cleaned.get("amount"), cleaned.get("due_on")
        if amount is not None and amount <= NOTHING:
            self.add_error("amount", gettext("Enter an amount of more than nothing."))
        if amount and not day and "due_on" not in self.errors:
            self.add_error("due_on", gettext("Enter the day on which it is due."))
        if not amount and (day or cleaned.get("condition")) and "amount" not in self.errors:
            self.add_error("amount", gettext("Enter the amount."))
        return cleaned


class Plans(BaseFormSet):
    """The rows."""

    left = NOTHING

    def clean(self) -> None:
        """At least one, and together not more than is left to plan."""
        if any(self.errors):
            return
        total = Money(sum(each.amount.pence for each in self.plans()))
        if not total:
            raise forms.ValidationError(gettext("Enter at least one instalment."))
        if total > self.left:
            raise forms.ValidationError(
                gettext("These come to %(total)s; %(left)s is left to plan.")
                % {"total": total.exact, "left": self.left.exact}
            )

    def plans(self) -> list[Plan]:
        """What was typed."""
        typed = [form.cleaned_data for form in self.forms if form.cleaned_data.get("amount")]
        return [Plan(row["amount"], row["due_on"], row.get("condition", "")) for row in typed]


PlanFormSet = formset_factory(PlanForm, formset=Plans, extra=ROWS, max_num=ROWS)
