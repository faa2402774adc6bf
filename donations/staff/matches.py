"""Matches: who doubles gifts to which appeal, up to how much. What is promised to gifts cannot be taken back."""

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from almoner.kit.staff.read_only import DayColumn, InspectView, ListView, MoneyColumn
from donations.actions import matching
from donations.ledger.forms import AmountField
from donations.ledger.money import NOTHING, Money
from donations.models import Match, MatchedGift
from donations.models.match import MatchState


class MatchPolicy(ModelPermissionPolicy):
    """A match is opened and edited, and closed by a date; it is never deleted: gifts were promised it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the role says, but never “delete”."""
        return action != "delete" and super().user_has_permission(user, action)


class MatchForm(WagtailAdminModelForm):
    """A match in pounds."""

    amount = AmountField(label=_("How much in all, in pounds"), error_messages={"required": _("Enter an amount.")})

    class Meta:
        model = Match
        fields = ["appeal", "champion", "amount", "opens_on", "closes_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["amount"] = str(self.instance.amount).removeprefix("£")
            self.fields["appeal"].disabled = True
            self.fields["appeal"].help_text = gettext("Gifts to this appeal have been promised it: it stays.")

    def clean_amount(self) -> Money:
        """More than nothing, and no less than is promised already."""
        amount: Money = self.cleaned_data["amount"]
        if amount <= NOTHING:
            raise forms.ValidationError(gettext("Enter an amount of more than nothing."))
        if self.instance.pk and amount < self.instance.promised:
            raise forms.ValidationError(
                gettext("%(promised)s is promised to gifts already.") % {"promised": self.instance.promised.exact}
            )
        return amount

    def clean(self) -> dict[str, Any]:
        """It closes after it opens; a new one is all there."""
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("A match closes after it opens."))
        if "amount" in cleaned and not self.instance.pk:
            self.instance.pence = self.instance.available_pence = cleaned["amount"].pence
        return cleaned

    def save(self, commit: bool = True) -> Match:
        """The words as usual; the amount of one that gifts draw on in one statement, as they do."""
        match: Match = self.instance
        if not match.pk:
            made: Match = super().save(commit=commit)
            return made
        facts = {name: self.cleaned_data[name] for name in ("champion", "opens_on", "closes_on")}
        Match.objects.filter(pk=match.pk).update(**facts)
        matching.change(match=match, amount=self.cleaned_data["amount"])
        match.refresh_from_db()
        return match


def held(match: Match) -> Money:
    """What donors who are paying just now have been promised."""
    return Money(sum(gift.pence for gift in match.gifts.all()))  # the list brings those alone


class MatchList(ListView):
    """Matches with their appeals."""

    related = ("appeal",)

    def get_base_queryset(self) -> "QuerySet[Any]":
        """With what is held just now, which is little."""
        now = Prefetch("gifts", MatchedGift.objects.filter(state=MatchState.HELD))
        return super().get_base_queryset().prefetch_related(now)


class MatchPage(InspectView):
    """One match: what is left, held and used."""

    related = ("appeal",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is held, and until when."""
        of_it = matching.held_of(self.object)
        used = self.object.promised - of_it.at_a_page - of_it.on_its_way
        now = timezone.now()
        return {**super().get_context_data(**kwargs), "held": of_it, "used": used, "now": now}


class MatchViewSet(ModelViewSet):
    """Matches."""

    model = Match
    name = "matches"
    url_prefix = "giving/matches"
    menu_label = _("Matches")
    icon = "copy"
    index_view_class = MatchList
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["-opens_on"]
    list_display = [
        "champion",
        Column("appeal", label=_("Appeal")),
        MoneyColumn("amount", label=_("In all"), amount=lambda match: match.amount),
        MoneyColumn("available", label=_("Left"), amount=lambda match: match.available),
        MoneyColumn("held", label=_("Held for donors who are paying"), amount=held),
        MoneyColumn("used", label=_("Used"), amount=lambda match: match.promised - held(match)),
        DayColumn("opens_on", label=_("Opens"), sort_key="opens_on"),
        DayColumn("closes_on", label=_("Closes"), sort_key="closes_on"),
    ]
    search_fields = ["champion"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_class = MatchPage
    inspect_template_name = "donations/staff/match.html"

    @cached_property
    def permission_policy(self) -> MatchPolicy:
        """No deleting."""
        return MatchPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> type[MatchForm]:
        """One form for both."""
        return MatchForm
