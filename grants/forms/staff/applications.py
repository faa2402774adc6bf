"""Applications, the papers that put them before the board, and what programmes and boards are made of."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminTimeInput

from donations.ledger import balances
from donations.ledger.forms import AmountField
from donations.ledger.models import Fund, FundPurpose, Purpose
from donations.ledger.money import NOTHING, Money
from donations.ledger.posting import Share
from grants import rights
from grants.forms.staff.fields import DayField, long_text
from grants.models import Application, Board, Paper, Programme


class ApplicationForm(forms.Form):
    """What somebody asks the charity to pay for."""

    programme = forms.ModelChoiceField(
        Programme.objects.all(),
        empty_label=_("Choose a programme"),
        error_messages={"required": _("Choose a programme.")},
    )
    title = forms.CharField(max_length=150, error_messages={"required": _("Enter a title.")})
    organisation = forms.CharField(
        max_length=150,
        label=_("Organisation that asks"),
        error_messages={"required": _("Enter the organisation that asks.")},
    )
    organisation_number = forms.CharField(
        max_length=40,
        required=False,
        label=_("Register number"),
        help_text=_("Of a charity or company, where there is one."),
    )
    requested = AmountField(label=_("Amount asked for, in pounds"), error_messages={"required": _("Enter the amount.")})
    summary = long_text(
        _("Summary"), rows=5, required=_("Enter a summary."), help_text=_("Trustees read it above the paper.")
    )

    def clean_requested(self) -> Money:
        """More than nothing."""
        amount: Money = self.cleaned_data["requested"]
        if amount <= NOTHING:
            raise forms.ValidationError(gettext("Enter an amount of more than nothing."))
        return amount


class CorrectionForm(ApplicationForm):
    """The same, without the programme: another programme is another application."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["programme"]


class PaperForm(forms.Form):
    """The paper, what each fund would bear, and when voting ends. One box for every fund that serves the purpose."""

    text = long_text(
        _("The paper"),
        rows=14,
        required=_("Write the paper."),
        help_text=_("What is asked, the choices, and the reasons. It cannot be changed once it is before the board."),
    )
    deadline_day = DayField(label=_("Voting ends on"))
    deadline_time = forms.TimeField(
        label=_("at"),
        initial=time(18, 0),
        widget=AdminTimeInput(format="%H:%M"),
        error_messages={"required": _("Enter a time."), "invalid": _("Enter a time like 18:00.")},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.funds: dict[str, Fund] = {}
        served = FundPurpose.objects.filter(purpose=application.programme.purpose).values("fund")
        serving = set(Fund.objects.filter(pk__in=served, closed=None).values_list("pk", flat=True))
        for fund, numbers in balances.of_funds():
            if fund.pk in serving:
                self.funds[f"fund_{fund.pk}"] = fund
                self.fields[f"fund_{fund.pk}"] = AmountField(
                    label=gettext("From %(fund)s, in pounds") % {"fund": fund},
                    required=False,
                    help_text=gettext("%(remaining)s is free.") % {"remaining": numbers.remaining.exact},
                )
        self.order_fields(["text", *self.funds, "deadline_day", "deadline_time"])

    @staticmethod
    def starting_with(paper: Paper, deadline: datetime) -> dict[str, Any]:
        """What the last version said, for the next."""
        local = timezone.localtime(deadline)
        shares = {f"fund_{share.fund_id}": share.amount.exact.removeprefix("£") for share in paper.shares.all()}
        return {"text": paper.text, "deadline_day": local.date(), "deadline_time": local.time(), **shares}

    def clean(self) -> dict[str, Any]:
        """At least one fund pays; the deadline is still to come."""
        cleaned = super().clean() or {}
        cleaned["shares"] = [Share(fund, cleaned[name]) for name, fund in self.funds.items() if cleaned.get(name)]
        if self.funds and not cleaned["shares"] and not any(name in self.errors for name in self.funds):
            self.add_error(next(iter(self.funds)), gettext("Say how much at least one fund pays."))
        if not self.funds:
            self.add_error(None, gettext("No open fund may be used for this purpose."))
        if cleaned.get("deadline_day") and cleaned.get("deadline_time"):
            cleaned["deadline"] = timezone.make_aware(
                datetime.combine(cleaned["deadline_day"], cleaned["deadline_time"])
            )
            if cleaned["deadline"] <= timezone.now():
                self.add_error("deadline_day", gettext("The deadline is still to come."))
        return cleaned


class ProgrammeForm(WagtailAdminModelForm):
    """A programme. Its purpose stands once there are applications to it."""

    class Meta:
        model = Programme
        fields = ["name", "slug", "purpose", "fund", "description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.instance
        if programme.pk and (programme.applications.exists() or programme.awards.exists()):
            self.fields["purpose"].disabled = True
            self.fields["purpose"].help_text = gettext("There are applications to it: its purpose stands.")

    def clean(self) -> dict[str, Any]:
        """The usual fund serves the purpose."""
        cleaned = super().clean() or {}
        fund: Fund | None = cleaned.get("fund")
        purpose: Purpose | None = cleaned.get("purpose")
        if fund and purpose and not FundPurpose.objects.filter(fund=fund, purpose=purpose).exists():
            self.add_error(
                "fund",
                gettext("%(fund)s may not be used for %(purpose)s.") % {"fund": fund, "purpose": purpose.name.lower()},
            )
        return cleaned


class BoardForm(WagtailAdminModelForm):
    """The rules of decision. The chair is one who votes."""

    class Meta:
        model = Board
        fields = ["name", "quorum", "chair", "casting_vote"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chair = self.fields["chair"]
        assert isinstance(chair, forms.ModelChoiceField)
        chair.queryset = rights.voters()

    def clean_quorum(self) -> int:
        """Not more than there are trustees."""
        quorum: int = self.cleaned_data["quorum"]
        voters = rights.voters().count()
        if quorum < 1:
            raise forms.ValidationError(gettext("A quorum is at least one."))
        if quorum > voters:
            raise forms.ValidationError(gettext("There are %(voters)s trustees who can vote.") % {"voters": voters})
        return quorum
