"""The facts of an appeal, written by fundraisers; what an amount pays for is said only once Finance has approved it."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms import inlineformset_factory
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from almoner.kit.staff.read_only import DayColumn, InspectView, ListView
from donations.ledger.forms import AmountField
from donations.ledger.models import FundPurpose
from donations.ledger.money import Money
from donations.models import Appeal, SuggestedAmount

APPROVE = "donations.approve_suggestedamount"


class AppealPolicy(ModelPermissionPolicy):
    """An appeal is opened and edited, and closed by a date; it is never deleted, because gifts point to it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the role says, but never “delete”."""
        return action != "delete" and super().user_has_permission(user, action)


def typed(amount: Money | None) -> str:
    """An amount as somebody would type it into the form."""
    return str(amount).removeprefix("£") if amount else ""


class SuggestedAmountForm(forms.ModelForm):
    """One amount. Words that were changed are no longer approved, unless Finance approves them again at once."""

    amount = AmountField(label=_("Amount in pounds"), error_messages={"required": _("Enter an amount, like 25.")})

    class Meta:
        model = SuggestedAmount
        fields = ["every", "amount", "pays_for", "approved"]

    def __init__(self, *args: Any, may_approve: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_approve = may_approve
        self.fields["approved"].disabled = not may_approve
        if self.instance.pk:
            self.initial["amount"] = typed(self.instance.money)

    def clean_amount(self) -> Money:
        """At least a pound."""
        amount: Money = self.cleaned_data["amount"]
        if amount < Money(100):
            raise forms.ValidationError(gettext("The smallest amount to suggest is £1."))
        return amount

    def clean(self) -> dict[str, Any]:
        """The amount in pence; approval lapses with the words that it was given for."""
        cleaned = super().clean() or {}
        if "amount" in cleaned:
            before = (self.instance.pence, self.instance.pays_for)
            self.instance.pence = cleaned["amount"].pence
            if before != (self.instance.pence, cleaned.get("pays_for")) and not self.may_approve:
                cleaned["approved"] = False
        if cleaned.get("approved") and not cleaned.get("pays_for"):
            self.add_error("pays_for", gettext("Say what the amount pays for, or take the approval away."))
        return cleaned


class SuggestedAmounts(forms.BaseInlineFormSet):
    """The amounts of one appeal."""

    def clean(self) -> None:
        """Each amount once for a frequency."""
        super().clean()
        seen = set()
        for form in self.forms:
            amount = form.cleaned_data.get("amount") if hasattr(form, "cleaned_data") else None
            if amount is None or form.cleaned_data.get("DELETE"):
                continue
            named = (form.cleaned_data.get("every"), amount)
            if named in seen:
                form.add_error("amount", gettext("%(amount)s is suggested twice.") % {"amount": amount})
            seen.add(named)


SuggestedFormSet = inlineformset_factory(
    Appeal, SuggestedAmount, form=SuggestedAmountForm, formset=SuggestedAmounts, extra=2, max_num=15
)


class AppealForm(WagtailAdminModelForm):
    """An appeal with its suggested amounts: saved together or not at all."""

    target = AmountField(
        label=_("Target in pounds"), required=False, help_text=_("What is hoped for. Empty where none is.")
    )
    minimum = AmountField(label=_("Smallest gift taken online, in pounds"))
    maximum = AmountField(
        label=_("Largest gift taken online, in pounds"), help_text=_("Larger gifts deserve a conversation.")
    )

    class Meta:
        model = Appeal
        fields = [
            *("name", "slug", "fund", "purpose", "secondary_purpose", "target", "minimum", "maximum"),
            *("opens_on", "closes_on", "afterwards", "thanks", "gift_aid", "tributes", "fee_cover"),
            *("by_card", "by_debit", "fees_from"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appeal = self.instance
        self.may_approve = bool(self.for_user and self.for_user.has_perm(APPROVE))
        for name in ("target", "minimum", "maximum"):
            self.initial[name] = typed(getattr(appeal, name))
        if appeal.pk and appeal.pledges.exists():
            self._stand_still("slug", gettext("Printed on letters by now: it stays."))
        if appeal.pk and appeal.donations.exists() and not self.may_approve:
            for name in ("fund", "purpose"):
                self._stand_still(name, gettext("Gifts have been made: only Finance changes where new ones go."))
        self.suggested = SuggestedFormSet(
            self.data if self.is_bound else None,
            instance=appeal,
            prefix="suggested",
            form_kwargs={"may_approve": self.may_approve},
        )

    def _stand_still(self, name: str, why: str) -> None:
        self.fields[name].disabled = True
        self.fields[name].help_text = why

    def clean(self) -> dict[str, Any]:
        """The amounts in pence; a purpose that the fund serves; the smallest gift is not above the largest."""
        cleaned = super().clean() or {}
        for name in ("target", "minimum", "maximum"):
            if name in cleaned:
                amount = cleaned[name]
                setattr(self.instance, f"{name}_pence", amount.pence if amount else None)
        minimum, maximum = cleaned.get("minimum"), cleaned.get("maximum")
        if minimum is not None and not minimum:
            self.add_error("minimum", gettext("Enter an amount of more than nothing."))
        elif minimum and maximum is not None and maximum < minimum:
            self.add_error("maximum", gettext("Enter at least %(minimum)s, the smallest gift.") % {"minimum": minimum})
        fund, purpose = cleaned.get("fund"), cleaned.get("purpose")
        if fund and purpose and not FundPurpose.objects.filter(fund=fund, purpose=purpose).exists():
            self.add_error(
                "purpose", gettext("%(fund)s may not be used for “%(purpose)s”.") % {"fund": fund, "purpose": purpose}
            )
        if not cleaned.get("by_card") and not cleaned.get("by_debit"):
            self.add_error("by_debit", gettext("Choose at least one way of paying."))
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("An appeal closes after it opens."))
        return cleaned

    def is_valid(self) -> bool:
        """Both the appeal and each of its amounts."""
        return all([super().is_valid(), self.suggested.is_valid()])

    def has_changed(self) -> bool:
        """Either."""
        return super().has_changed() or self.suggested.has_changed()

    def save(self, commit: bool = True) -> Appeal:
        """The appeal first, then its amounts."""
        appeal: Appeal = super().save(commit=commit)
        self.suggested.instance = appeal
        self.suggested.save(commit=commit)
        return appeal


class AppealList(ListView):
    """Appeals with the funds that their gifts go into."""

    related = ("fund",)


class AppealPage(InspectView):
    """One appeal, and what its partners may put on their own sites."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The addresses, as the world sees them."""
        slug = self.object.slug
        return {
            **super().get_context_data(**kwargs),
            "form_address": settings.BASE_URL + reverse("donations:give_at_once", args=[slug]),
            "button_address": settings.BASE_URL + reverse("donations:button", args=[slug]),
        }


class AppealViewSet(ModelViewSet):
    """Appeals: facts only. The story is told on a page, which points here."""

    model = Appeal
    name = "appeals"
    url_prefix = "giving/appeals"
    menu_label = _("Appeals")
    icon = "openquote"
    index_view_class = AppealList
    copy_view_enabled = False
    add_to_reference_index = False
    create_template_name = edit_template_name = "donations/staff/appeal.html"
    ordering = ["name"]
    list_display = [
        "name",
        Column("fund", label=_("Fund")),
        DayColumn("opens_on", label=_("Opens"), sort_key="opens_on"),
        DayColumn("closes_on", label=_("Closes"), sort_key="closes_on"),
        Column("target", label=_("Target"), classname="figure", accessor=lambda appeal: appeal.target or ""),
    ]
    search_fields = ["name", "slug"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_class = AppealPage
    inspect_template_name = "donations/staff/appeal_looked_at.html"
    inspect_view_fields = [
        *("name", "slug", "fund", "purpose", "secondary_purpose", "target", "minimum", "maximum"),
        *("opens_on", "closes_on", "afterwards", "thanks", "gift_aid", "tributes", "fee_cover", "by_card", "by_debit"),
        *("fees_from", "suggested_amounts"),
    ]

    @cached_property
    def permission_policy(self) -> AppealPolicy:
        """No deleting."""
        return AppealPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> type[AppealForm]:
        """One form for both."""
        return AppealForm
