"""What trustees fill in. A mistake meets a sentence beside the field, and nothing is lost."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from almoner.kit.forms import SometimesNeeded
from grants import rights
from grants.models import Choice


class SignInForm(AuthenticationForm):
    """Name and password, of somebody who votes."""

    error_messages = {
        "invalid_login": _("The name or the password is not right. Both mind capital letters."),
        "inactive": _("This account is closed."),
        "not_a_trustee": _("These pages are for trustees. Staff sign in at /admin/."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = gettext("User name")
        self.fields["username"].error_messages["required"] = gettext("Enter your user name.")
        self.fields["password"].error_messages["required"] = gettext("Enter your password.")
        self.fields["username"].widget.attrs.pop("autofocus", None)  # it would skip the words above the form

    def confirm_login_allowed(self, user: Any) -> None:
        """Said only after the right password, so that nobody learns which names exist."""
        super().confirm_login_allowed(user)
        if not rights.may(user, rights.VOTE):
            raise forms.ValidationError(self.error_messages["not_a_trustee"], code="not_a_trustee")


class DeclareForm(forms.Form):
    """No conflict, or one described."""

    answer = forms.ChoiceField(
        label=_("Do you have a conflict of interest?"),
        choices=[("no", _("No, I have none")), ("yes", _("Yes, I have one"))],
        widget=forms.RadioSelect,
        help_text=_(
            "You or somebody close to you could gain or lose by this decision, or you owe loyalty to another "
            "body that could. If in doubt, say yes."
        ),
        error_messages={"required": _("Say whether you have a conflict.")},
    )
    nature = SometimesNeeded(
        label=_("If yes, what is it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is recorded in the minute."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A conflict is described; a description without one is a question."""
        cleaned = super().clean() or {}
        answer, nature = cleaned.get("answer"), (cleaned.get("nature") or "").strip()
        if answer == "yes" and not nature:
            self.add_error("nature", gettext("Say what the conflict is."))
        if answer == "no" and nature:
            self.add_error("answer", gettext("You describe a conflict below. Say yes, or empty the box."))
        return cleaned


class VoteForm(forms.Form):
    """One of four, with a reason."""

    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )
    reason = SometimesNeeded(
        label=_("Your reason"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed unless you approve. It is recorded in the minute, and nobody reads it before the close."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A reason is required except to approve."""
        cleaned = super().clean() or {}
        choice = cleaned.get("choice")
        if choice and choice != Choice.APPROVE and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", gettext("Give your reason: only a vote to approve needs none."))
        return cleaned


class CastForm(VoteForm):
    """The chair's casting vote: one way or the other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.label = gettext("Your casting vote")
        choice.choices = [(each.value, each.label) for each in (Choice.APPROVE, Choice.REJECT)]
        choice.error_messages["required"] = gettext("Choose one of the two.")
        del self.fields["version"]
