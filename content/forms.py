"""The forms of public pages. Nothing that is typed into them is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.models.centre import Nation
from content.models.subjects import CancerSite
from content.nearby import Place, place_of


class FindCentre(forms.Form):
    """Where somebody lives, and what they need."""

    place = forms.CharField(
        label=_("Your postcode"),
        help_text=_("The first part is enough, such as PO1."),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10}),
    )
    nation = forms.ChoiceField(label=_("Nation"), choices=[("", _("All nations")), *Nation.choices], required=False)
    site = forms.ModelChoiceField(
        label=_("Where the cancer began"),
        queryset=CancerSite.objects.filter(live=True),
        empty_label=_("Anywhere"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.sometimes_needed = True  # type: ignore[attr-defined]  # read by the template: it says “optional” to none of them

    def clean_place(self) -> Place | None:
        """A place, if one was named."""
        typed = self.cleaned_data["place"]
        place = place_of(typed) if typed else None
        if typed and place is None:
            raise forms.ValidationError(_("Enter a postcode, or the first part of one, such as PO1."))
        return place
