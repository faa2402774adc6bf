"""What the office puts right about a donor, who has telephoned or written: with a reason, and under a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.accounts.models import User
from almoner.kit.staff.acting import Act, Facts
from donations.actions import correcting
from donations.exceptions import AddressIsNeeded, AddressIsTaken
from donations.models import Donor
from donations.own.forms.details import AddressForm


class CorrectForm(AddressForm):
    """All that is known of a donor, and why it is changed."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        required=False,
        help_text=_("Letters go there, and the way to their giving page. Make sure that it is they who ask."),
        error_messages={
            "invalid": _("Enter an email address like name@example.org."),
            "max_length": _("An email address can have up to 254 letters."),
        },
    )
    because = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who asked for it, and how it reached you. It stays on record."),
        error_messages={"required": _("Say why."), "max_length": _("This can have up to 300 letters.")},
    )
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext("Full name")
        self.fields["name"].error_messages["required"] = gettext("Enter the full name.")


class CorrectDonor(Act):
    """Put right how a donor is called and reached."""

    model = Donor
    permission = "donations.correct_donor"
    address, views = "correct", "donors_list"
    title, button, header_icon = _("Correct name, email or address"), _("Save"), "edit"
    explains = _(
        "Every later letter follows, those about regular gifts too, and Stripe is told. Gifts and Gift Aid "
        "declarations keep what was said then. An old email address gets a last letter that says so."
    )
    form_class = CorrectForm
    refusals = (AddressIsTaken, AddressIsNeeded)

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        return {name: getattr(self.thing, name) for name in CorrectForm.base_fields if name != "because"}

    def facts(self) -> Facts:
        """Whose."""
        return [(gettext("Donor"), self.thing.name), (gettext("Email"), self.thing.email or gettext("not known"))]

    def act(self, form: CorrectForm, by: User) -> str:
        """Write it down."""
        made = correcting.correct(donor=self.thing, by=by, **form.cleaned_data)
        return (
            gettext("Corrected: %(names)s.") % {"names": made.names}
            if made
            else gettext("Nothing was different: nothing is changed.")
        )

    def say(self, form: Any, refusal: Exception) -> None:
        """Beside the address."""
        form.add_error("email", str(refusal))
