"""Forms: one renderer, so that a plain {{ form }} is right everywhere."""

from typing import Any

from django.forms import CharField, ChoiceField, RadioSelect, TextInput
from django.forms.renderers import DjangoTemplates

UK_DATES = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class Renderer(DjangoTemplates):
    """Label above, hint under it, error beside the field; summary of errors first."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class MoneyInput(TextInput):
    """An amount in pounds. A text box: number boxes lose “£1,000” and change under the mouse wheel."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "transaction-amount", "size": 10, **(attrs or {})})


class SometimesNeeded(CharField):
    """A text that another answer may make necessary: its label does not call it optional."""

    sometimes_needed = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class SometimesChosen(ChoiceField):
    """A choice among radios that another answer may make necessary."""

    sometimes_needed = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=RadioSelect, **kwargs)
