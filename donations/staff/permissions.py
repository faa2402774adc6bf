"""What donors say about being contacted, recorded by the office."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.kit.staff.acting import Act, Facts
from donations.actions import permitting
from donations.models import Donor
from donations.models.contact import Basis, ContactBy


class PermissionForm(forms.Form):
    """What was said, about which channel."""

    channel = forms.ChoiceField(
        label=_("About what?"),
        choices=ContactBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )
    basis = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[(Basis.CONSENT.value, _("Yes, contact me so")), (Basis.NONE.value, _("No, do not"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no."), "invalid_choice": _("Choose yes or no.")},
    )
    source = forms.CharField(
        label=_("Where did they say it?"),
        max_length=60,
        help_text=_("“By telephone”, “letter of 3 May”."),
        error_messages={"required": _("Say where: somebody may ask us to show it.")},
    )


class RecordPermission(Act):
    """Record what a donor says about being contacted."""

    model = Donor
    permission = "donations.record_contactpermission"
    address = "contact"
    views = "donors_list"
    title = _("Record what they say about being contacted")
    button = _("Record it")
    explains = _(
        "It is added to what they said before; the newest holds. After a no, the address or number is never contacted "
        "again: only a yes of their own, on a form or on their page, lifts that."
    )
    form_class = PermissionForm

    def facts(self) -> Facts:
        """Who says it."""
        return [(gettext("Donor"), self.thing.name), (gettext("Email"), self.thing.email or gettext("not known"))]

    def act(self, form: PermissionForm, by: Any) -> str:
        """Add it."""
        said = form.cleaned_data
        kept = permitting.record(
            channel=said["channel"], basis=said["basis"], source=said["source"], donor=self.thing, by=by
        )
        if kept.granted and said["channel"] in permitting.never(donor=self.thing):
            return gettext(
                "Recorded. %(kept)s. But they refused before: only they themselves can lift it, on their own page."
            ) % {"kept": kept}
        return gettext("Recorded. %(kept)s.") % {"kept": kept}
