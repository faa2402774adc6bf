"""What all the questions of a gift have in common."""

import copy
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from almoner.kit.words import Words
from donations.ledger.money import Money
from donations.models import Appeal

LONGEST = 200  # of what a field without a length of its own keeps
Typed = dict[str, str]  # what was typed into a form, by the names of its fields


class Everybodys(dict[str, forms.Field]):
    """The fields that a form declares. Django copies them all for each donor; these are handed out as they are."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class Asked(forms.Form):
    """A question about a gift to one appeal. `amount` is what will be given, once that is known.

    Its fields are everybody's: whoever changes one asks for a copy (`own`).
    """

    def __init__(
        self, appeal: Appeal, data: Any = None, *, amount: Money | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        kind = type(self)
        if not isinstance(kind.base_fields, Everybodys):
            kind.base_fields = Everybodys(kind.base_fields)
        super().__init__(data, initial=initial)
        self.appeal = appeal
        self.amount = amount

    def own(self, name: str) -> forms.Field:
        """A field of this form alone, to be changed."""
        field: forms.Field = copy.deepcopy(self.fields[name])
        self.fields[name] = field
        return field

    @property
    def typed(self) -> Typed:
        """What was sent, as it was typed: kept, so that it can be shown again. Never more than its field can hold."""
        most = {name: getattr(field, "max_length", None) or LONGEST for name, field in self.fields.items()}
        return {
            name: str(self.data[name]).replace("\0", "")[:length] for name, length in most.items() if name in self.data
        }


def forget(form: forms.Form, *names: str) -> None:
    """What was typed into these is not asked after all: neither wrong nor kept."""
    for name in names:
        form.errors.pop(name, None)
        form.cleaned_data.pop(name, None)


def on_one_line(text: str, sentence: str) -> str:
    """The text, if it has only characters that can be printed, on one line; else the sentence is raised."""
    if not text.isprintable():
        raise forms.ValidationError(sentence)
    return text


def lines(label: Words, *, most: int, complete: str = "off", **more: Any) -> dict[str, Any]:
    """What a text box of a form about a person is made of: its label, its length, what a browser may fill in."""
    said = {
        "max_length": format_lazy(_("This can have up to {most} letters."), most=most),
        **more.pop("error_messages", {}),
    }
    return {
        "label": label,
        "max_length": most,
        "widget": forms.TextInput(attrs={"autocomplete": complete}),
        "error_messages": said,
        **more,
    }
