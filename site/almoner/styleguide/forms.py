"""A form with every kind of field, to look at."""

from django import forms

from almoner.kit.forms import MoneyInput


class FormSample(forms.Form):
    """Every kind of field, once."""

    name = forms.CharField(label="Your full name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="Your email address", help_text="We send your receipt there.")
    amount = forms.CharField(label="Amount in pounds", help_text="For example, 25 or 12.50.", widget=MoneyInput)
    day = forms.DateField(label="Date of the decision", widget=forms.DateInput(attrs={"type": "date"}))
    topic = forms.ChoiceField(
        label="What is it about?", choices=[("", "Choose one"), ("give", "Giving"), ("grant", "A grant")]
    )
    frequency = forms.ChoiceField(
        label="How often?", choices=[("once", "Just once"), ("month", "Every month")], widget=forms.RadioSelect
    )
    channels = forms.MultipleChoiceField(
        label="How may we write to you?",
        help_text="Choose as many as you like.",
        choices=[("email", "By email"), ("post", "By post")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    message = forms.CharField(label="Your message", widget=forms.Textarea(attrs={"rows": 5}), required=False)
    paper = forms.FileField(label="A paper to send with it", help_text="PDF, up to 5 MB.", required=False)
    agrees = forms.BooleanField(label="I have read the privacy notice", help_text="It says what we keep, and why.")
    token = forms.CharField(widget=forms.HiddenInput, required=False, initial="kept")


class AmountSample(forms.Form):
    """The amounts of a gift."""

    choice = forms.ChoiceField(
        label="How much would you like to give?",
        widget=forms.RadioSelect,
        choices=[
            ("1000", "£10 pays for a telephone call that answers everything"),
            ("2500", "£25 pays for an hour of a specialist nurse"),
            ("10000", "£100"),
            ("other", "Another amount"),
        ],
    )
    other = forms.CharField(label="Another amount in pounds", required=False, widget=MoneyInput)

    def clean_other(self) -> str:
        """For the sample, whatever is typed is wrong."""
        if typed := self.cleaned_data["other"]:
            raise forms.ValidationError(f"“{typed}” is no amount. Enter an amount in pounds, like 25 or 12.50.")
        return typed


def filled_wrongly() -> FormSample:
    """The form as it comes back when nearly everything is wrong."""
    return FormSample({"wrong-name": "Wren", "wrong-email": "wren at home", "wrong-topic": "none"}, prefix="wrong")
