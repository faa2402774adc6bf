"""Gift Aid declarations: a list, a page for each, and what the office does about them."""

import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateInput

from almoner.kit.forms import UK_DATES
from almoner.kit.staff.acting import Act, ActingPage, ActingViewSet, Facts
from almoner.kit.staff.read_only import DayColumn, MoneyList
from almoner.kit.staff.screens import Screen
from donations import letters, paper, reading
from donations.actions import declaring
from donations.exceptions import DeclarationIsCancelled, NotADayForIt
from donations.forms.gift_aid import HomeFields, HomeForm
from donations.models import Declaration, Donor, Wording
from donations.models.declaration import Channel
from donations.promise import Declared
from donations.staff.letters import pdf
from donations.staff.scans import AddScan, ReadScan


class WordingField(forms.ModelChoiceField):
    """A version of the words, each shown in full; empty means those of the day."""

    def __init__(self) -> None:
        super().__init__(
            Wording.objects.filter(about=Wording.About.GIFT_AID),
            label=_("In which words?"),
            required=False,
            blank=True,
            empty_label=_("Those that were in use on that day"),
            help_text=_("Compare them with the paper, where it may be an older one."),
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of these.")},
        )

    def label_from_instance(self, wording: Any) -> str:
        """“Version 2: I want to Gift Aid …”."""
        return gettext("Version %(version)s: “%(shown)s”") % {
            "version": wording.version,
            "shown": reading.of(wording).shown("…"),
        }


class DeclarationForm(HomeFields):
    """What stands on the paper, or what was said."""

    channel = forms.ChoiceField(
        label=_("How was it declared?"),
        choices=[(Channel.PAPER.value, Channel.PAPER.label), (Channel.ORAL.value, Channel.ORAL.label)],
        widget=forms.RadioSelect,
        help_text=_("After a spoken one we write to the donor, who can cancel it for 30 days."),
        error_messages={"required": _("Choose how it was declared."), "invalid_choice": _("Choose one of these.")},
    )
    declared_on = forms.DateField(
        label=_("Declared on"),
        input_formats=UK_DATES,
        widget=AdminDateInput(format="%d/%m/%Y"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day like 31/03/2026.")},
    )

    wording = WordingField()
    token = forms.UUIDField(widget=forms.HiddenInput)

    def clean_declared_on(self) -> Any:
        """Nothing is declared tomorrow."""
        day = self.cleaned_data["declared_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        """The words that were read: those that stand on the paper, or those of the day."""
        cleaned = super().clean()
        chosen, day = cleaned.pop("wording", None), cleaned.get("declared_on")
        if chosen is not None:
            cleaned["words"] = reading.of(chosen)
        elif day is not None and "wording" not in self.errors:
            try:
                cleaned["words"] = reading.declaration(on=day)
            except Wording.DoesNotExist:
                self.add_error(
                    "wording", gettext("No words of ours were in use on that day: choose those that were read.")
                )
        return cleaned


class RecordDeclaration(Act):
    """Record a declaration that came on paper or was spoken."""

    model = Donor
    permission = "donations.record_declaration"
    address = "declaration"
    views = "donors_list"
    title = _("Record a declaration")
    button = _("Record the declaration")
    explains = _("Write what stands on the paper, or what was said: it cannot be edited afterwards, only cancelled.")
    form_class = DeclarationForm

    def initial(self) -> dict[str, Any]:
        """The name as it is known, and a token of its own for each page that is opened."""
        return {**HomeForm.named(self.thing.name), "declared_on": timezone.localdate(), "token": uuid.uuid4()}

    def facts(self) -> Facts:
        """Whose it will be."""
        return [(gettext("Donor"), self.thing.name), (gettext("Email"), self.thing.email or gettext("not known"))]

    def act(self, form: DeclarationForm, by: Any) -> str:
        """Keep it; a spoken one is followed by a letter."""
        said = dict(form.cleaned_data)
        channel, day, token = Channel(said.pop("channel")), said.pop("declared_on"), said.pop("token")
        with transaction.atomic():
            made = declaring.declare(
                declared=Declared(**said), channel=channel, donor=self.thing, by=by, on=day, token=token
            )
            written = channel == Channel.ORAL and letters.send_declaration_record(made)
        if channel == Channel.ORAL and not written and not made.letters.exists():
            return gettext("%(reference)s is recorded. No email address is known: print its record, and post it.") % {
                "reference": made.reference
            }
        if channel == Channel.PAPER:
            return gettext("%(reference)s is recorded. Keep the paper, or add its scan on the declaration’s page.") % {
                "reference": made.reference
            }
        return gettext("%(reference)s is recorded.") % {"reference": made.reference}


class CancelForm(forms.Form):
    """Why, and from when."""

    on = forms.DateField(
        label=_("Cancelled from"),
        input_formats=UK_DATES,
        widget=AdminDateInput(format="%d/%m/%Y"),
        help_text=_("Gifts before this day stay covered."),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day like 31/03/2026.")},
    )
    because = forms.CharField(
        label=_("Why"), max_length=300, error_messages={"required": _("Say why, for whoever reads this in six years.")}
    )


class CancelDeclaration(Act):
    """Cancel a declaration for a donor who asks for it."""

    model = Declaration
    permission = "donations.record_declaration"
    address = "cancel"
    views = "declarations"
    title = _("Cancel this declaration")
    button = _("Cancel it")
    explains = _("No Gift Aid is claimed on gifts from that day on. A spoken one within 30 days is as if never made.")
    form_class = CancelForm
    danger = True
    refusals = (DeclarationIsCancelled, NotADayForIt)

    @classmethod
    def is_offered(cls, thing: Declaration, user: Any) -> bool:
        """Once."""
        return thing.cancelled_on is None

    def initial(self) -> dict[str, Any]:
        """From today."""
        return {"on": timezone.localdate()}

    def facts(self) -> Facts:
        """Whose it is."""
        return [
            (gettext("Declared by"), self.thing.name),
            (gettext("Declared on"), f"{self.thing.declared_on:%-d %B %Y}"),
        ]

    def act(self, form: CancelForm, by: Any) -> str:
        """Cancel it."""
        said = form.cleaned_data
        declaring.cancel(declaration=self.thing, because=said["because"], by=by, on=said["on"])
        return gettext("%(reference)s is cancelled.") % {"reference": self.thing.reference}

    def say(self, form: CancelForm, refusal: Exception) -> None:
        """A day that cannot be is said beside the day."""
        form.add_error("on" if isinstance(refusal, NotADayForIt) else None, str(refusal))


class PostedForm(forms.Form):
    """On which day."""

    on = forms.DateField(
        label=_("Posted on"),
        input_formats=UK_DATES,
        widget=AdminDateInput(format="%d/%m/%Y"),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter a day like 31/03/2026.")},
    )


class RecordWasPosted(Act):
    """The record of a spoken declaration has gone by post, since no email address is known."""

    model = Declaration
    permission = "donations.record_declaration"
    address = "posted"
    views = "declarations"
    title = _("Its record was posted")
    button = _("It was posted")
    explains = _(
        "Print the record from this declaration’s page. From the day it is posted the donor has 30 days to cancel."
    )
    form_class = PostedForm
    refusals = (NotADayForIt,)

    @classmethod
    def is_offered(cls, thing: Declaration, user: Any) -> bool:
        """Of a spoken one whose record has not been sent."""
        return thing.channel == Channel.ORAL and thing.record_sent_on is None and thing.cancelled_on is None

    def initial(self) -> dict[str, Any]:
        """Today."""
        return {"on": timezone.localdate()}

    def act(self, form: PostedForm, by: Any) -> str:
        """Write it down."""
        declaring.record_was_posted(declaration=self.thing, on=form.cleaned_data["on"])
        return gettext("The record of %(reference)s was posted on %(on)s.") % {
            "reference": self.thing.reference,
            "on": f"{form.cleaned_data['on']:%-d %B %Y}",
        }

    def say(self, form: PostedForm, refusal: Exception) -> None:
        """Beside the day."""
        form.add_error("on", str(refusal))


class DeclarationRecord(Screen):
    """The written record of a spoken declaration, to be printed."""

    permission = "donations.record_declaration"
    page_title = _("The record of a declaration")
    under = (_("Declarations"), "declarations:index")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As PDF."""
        declaration = get_object_or_404(Declaration, pk=self.kwargs["pk"], channel=Channel.ORAL)
        return pdf(paper.declaration_record(declaration), f"declaration-{declaration.reference}.pdf")


class DeclarationList(MoneyList):
    """Declarations, the newest first."""

    related = ("donor",)
    title_class = "code"


class DeclarationPage(ActingPage):
    """One declaration, as declared, and the gifts that fall under it."""

    related = ("donor", "pledge", "wording", "recorded_by", "cancelled_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its words, and the newest gifts."""
        declared = self.object
        return {
            **super().get_context_data(**kwargs),
            "donations": declared.donations.select_related("fund", "appeal")[:50],
            "scans": declared.scans.select_related("added_by"),
            "may_read_scans": self.request.user.has_perm(ReadScan.permission),
        }


class DeclarationViewSet(ActingViewSet):
    """Declarations. None is edited."""

    model = Declaration
    name = "declarations"
    url_prefix = "giving/declarations"
    menu_label = _("Declarations")
    icon = "doc-full"
    index_view_class = DeclarationList
    inspect_view_class = DeclarationPage
    inspect_template_name = "donations/staff/declaration.html"
    ordering = ["-declared_on", "-pk"]
    list_display = [
        "reference",
        Column("name", label=_("Declared by")),
        DayColumn("declared_on", label=_("Declared"), sort_key="declared_on"),
        Column("scope", label=_("For"), accessor="get_scope_display"),
        Column("channel", label=_("How"), accessor="get_channel_display"),
        DayColumn("cancelled_on", label=_("Cancelled"), sort_key="cancelled_on"),
    ]
    search_fields = ["reference", "first_name", "last_name", "postcode"]
    acts = (RecordWasPosted, AddScan, CancelDeclaration)

    def get_urlpatterns(self) -> list[URLPattern]:
        """And those of the record and of a scan."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/record/", DeclarationRecord.as_view(), name="record"),
            path("<int:pk>/scan/<int:scan>/", ReadScan.as_view(), name="scan"),
        ]
