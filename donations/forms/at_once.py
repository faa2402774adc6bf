"""All questions on one page, for whoever knows what they want."""

import uuid
from typing import Any

from django import forms

from almoner.kit.per_visitor import FORM_TOKEN
from donations.forms.amount import AmountForm
from donations.forms.contact import ContactForm
from donations.forms.details import DetailsForm
from donations.forms.gift_aid import YES, GiftAidForm, HomeForm
from donations.models import Appeal

# Which page of the journey asks for what stands on this one.
PARTS: dict[str, type[AmountForm | DetailsForm | GiftAidForm | HomeForm | ContactForm]] = {
    "amount": AmountForm,
    "details": DetailsForm,
    "gift-aid": GiftAidForm,
    "home": HomeForm,
    "contact": ContactForm,
}


class AtOnceForm(ContactForm, HomeForm, GiftAidForm, DetailsForm, AmountForm):
    """Amount, details, Gift Aid and contact together. `token` makes one form one pledge, however often it is sent."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, appeal: Appeal, *args: Any, **kwargs: Any) -> None:
        initial = {"token": FORM_TOKEN, **(kwargs.pop("initial", None) or {})}
        super().__init__(appeal, *args, **{**kwargs, "initial": initial})
        if not appeal.gift_aid:
            for name in (*GiftAidForm.base_fields, *HomeForm.base_fields):
                del self.fields[name]

    def is_needed(self, cleaned: dict[str, Any]) -> bool:
        """A home only where Gift Aid is claimed."""
        return cleaned.get("gift_aid") == YES

    def knows_home(self, cleaned: dict[str, Any]) -> bool:
        """As it was typed on this very page."""
        return self.is_needed(cleaned) and bool(cleaned.get("address"))

    def clean_token(self) -> uuid.UUID:
        """The form's own token; one that got lost, or was never put in its place, is made anew."""
        token: uuid.UUID | None = self.cleaned_data.get("token")
        return uuid.uuid4() if token is None or token == FORM_TOKEN else token

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What was typed, by the page of the journey that asks for it."""
        typed = self.typed
        return {page: {name: typed[name] for name in form.base_fields if name in typed} for page, form in PARTS.items()}
