"""Gift Aid, declared without a gift."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.kit import postcodes
from almoner.kit.forms import SometimesNeeded
from donations.models.declaration import Home, Scope
from donations.models.wording import Words
from donations.own.forms.lines import on_one_line


class DeclarationForm(forms.Form):
    """A Gift Aid declaration that is made without a gift. Each choice is the declaration itself, word for word."""

    words = forms.CharField(required=False, widget=forms.HiddenInput)  # the mark of those that were read
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    scope = forms.ChoiceField(
        label=_("What I declare"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you declare."), "invalid_choice": _("Choose one of these.")},
    )
    first_name = forms.CharField(
        label=_("First name"),
        max_length=35,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Enter your first name."), "max_length": _("This can have up to 35 letters.")},
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=35,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Enter your last name."), "max_length": _("This can have up to 35 letters.")},
    )
    home = forms.ChoiceField(
        label=_("Where is your home?"),
        choices=Home.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where your home is."), "invalid_choice": _("Choose one of these.")},
    )
    address = forms.CharField(
        label=_("House and street"),
        max_length=200,
        help_text=_("Your home address, as HMRC asks for it: not a place of work."),
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={
            "required": _("Enter your house and street."),
            "max_length": _("This can have up to 200 letters."),
        },
    )
    town = forms.CharField(
        label=_("Town"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"max_length": _("This can have up to 60 letters.")},
    )
    postcode = SometimesNeeded(
        label=_("Postcode"),
        max_length=12,
        help_text=_("If your home is in the UK."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10}),
        error_messages={"max_length": _("A postcode can have up to 12 letters.")},
    )

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = words
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)
        scope.choices = [(each.value, words.shown(each.gifts_without_one)) for each in (Scope.FUTURE, Scope.PAST)]

    def clean(self) -> dict[str, Any]:
        """The words as they are today; a postcode for a home in the UK, and none for any other."""
        cleaned = on_one_line(self)
        if cleaned.get("words") != self.shown.mark:
            self.data = {**dict(self.data.items()), "scope": ""}
            self.add_error(
                "scope", gettext("The words have changed since you opened this page: please read them again.")
            )
        cleaned["words"] = self.shown
        if cleaned.get("home") != Home.UK:
            return {**cleaned, "postcode": ""}
        typed = cleaned.get("postcode", "")
        if "postcode" in self.errors:
            return cleaned
        if not typed:
            self.add_error("postcode", gettext("Enter your postcode."))
        elif postcodes.is_of_the_islands(typed):
            self.add_error(
                "home", gettext("That is a postcode of the Channel Islands or the Isle of Man: choose this, please.")
            )
        elif not postcodes.tidied(typed):
            self.add_error("postcode", gettext("Enter a postcode like TR18 4AB."))
        return {**cleaned, "postcode": postcodes.tidied(typed)}
