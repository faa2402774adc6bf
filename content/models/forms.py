"""Forms for contact and volunteering. Never for money or health; what people write is kept for twelve months."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import BaseForm, FormBuilder, WagtailAdminFormPageForm
from wagtail.contrib.forms.models import AbstractFormField, AbstractFormSubmission, FormMixin
from wagtail.fields import RichTextField

from content.models.base import BasePage

KEPT = timedelta(days=365)
MOST_IN_AN_HOUR = 60  # messages on one page: far more than people send, far fewer than a machine does
LONGEST = 4000  # letters
TRAP = "leave_this_empty"  # seen by machines only
NOT_ASKED = {
    "money": r"card number|sort code|account number|\biban\b|\bcvv\b|bank|salary|income|amount",
    "health": r"diagnos|symptom|illness|medic|\bnhs\b|hospital number|health|treatment|date of birth|disab",
}
KINDS = (
    ("singleline", _("One line of text")),
    ("multiline", _("Several lines of text")),
    ("email", _("Email address")),
    ("checkbox", _("One box to tick")),
    ("checkboxes", _("Several boxes to tick")),
    ("dropdown", _("A list to choose from")),
    ("radio", _("A few answers, of which one is chosen")),
)


class QuestionsForm(WagtailAdminFormPageForm):
    """Refuses questions about money and health."""

    def clean(self) -> dict[str, Any]:
        """Beside the question that asks too much."""
        cleaned: dict[str, Any] = super().clean()
        for form in self.formsets["form_fields"].forms if "form_fields" in self.formsets else ():
            if form.is_valid() and not form.cleaned_data.get("DELETE"):
                asked = " ".join(str(form.cleaned_data.get(name) or "") for name in ("label", "help_text", "choices"))
                for subject, words in NOT_ASKED.items():
                    if re.search(words, asked, re.IGNORECASE):
                        form.add_error("label", self.refusal(subject))
        return cleaned

    def refusal(self, subject: str) -> str:
        """Why, and what to do instead."""
        if subject == "money":
            return now_in_words("A form never asks about money: gifts have a form of their own.")
        return now_in_words("A form never asks about health: people may tell us on the telephone.")


class Builder(FormBuilder):
    """Makes the form that people see, out of an editor's questions."""

    def get_form_class(self) -> type[forms.Form]:
        """With a trap for machines."""
        return type("MessageForm", (MessageForm,), self.formfields)

    def get_field_options(self, field: Any) -> dict[str, Any]:
        """What is left empty is asked for by its name."""
        missing = now_in_words("Please answer: %(question)s") % {"question": field.label}
        return {**super().get_field_options(field), "error_messages": {"required": missing}}

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """A name or a telephone number is filled in by the browser."""
        says = field.label.lower()
        known = "tel" if "phone" in says else "name" if "name" in says else "off"
        return forms.CharField(max_length=255, widget=forms.TextInput(attrs={"autocomplete": known}), **options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """Room for a letter, not for a book."""
        return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}), **options)

    def create_dropdown_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """Nothing is chosen beforehand."""
        choices = [("", now_in_words("Choose one")), *self.get_formatted_field_choices(field)]
        return forms.ChoiceField(**{**options, "choices": choices})

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """Filled in by the browser, too."""
        widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        return forms.EmailField(max_length=254, widget=widget, **options)


class MessageForm(BaseForm):
    """What somebody writes to us."""

    def trapped(self) -> bool:
        """Whether a field was filled in that people do not see."""
        return bool(self.data.get(TRAP))

    def clean(self) -> dict[str, Any]:
        """Not a card's number, and not the sixtieth message in an hour."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and holds_a_card_number(value):
                self.add_error(name, now_in_words("This looks like the number of a card. Please never send us one."))
        since = timezone.now() - timedelta(hours=1)
        if (
            self.page is not None
            and self.page.get_submissions().filter(submit_time__gte=since).count() >= MOST_IN_AN_HOUR
        ):
            self.add_error(None, now_in_words("Many people are writing to us just now. Please try again in an hour."))
        return cleaned


def holds_a_card_number(text: str) -> bool:
    """Whether thirteen to nineteen digits in it have the check digit of a card."""
    for found in re.findall(r"\d(?:[ -]?\d){12,18}", text):
        digits = [int(digit) for digit in reversed(re.sub(r"\D", "", found))]
        doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
        if (sum(digits[::2]) + sum(doubled)) % 10 == 0:
            return True
    return False


class FormMessage(AbstractFormSubmission):
    """What one person wrote; gone after twelve months."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("message")


class FormPage(FormMixin, BasePage):  # type: ignore[django-manager-missing]  # Wagtail publishes no types
    """A form with questions of the editor's, and what is said when it was sent."""

    standfirst = models.TextField(max_length=300, blank=True)
    button = models.CharField(max_length=40, default="Send")
    thanks_title = models.CharField(max_length=100, default="Thank you, your message has reached us")
    thanks = RichTextField(features=["bold", "link"], help_text=_("What happens next, and when."))

    base_form_class = QuestionsForm
    form_builder = Builder
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        HelpPanel(
            _("Ask only for what you need to answer. Never for money or health. Messages go after twelve months.")
        ),
        InlinePanel("form_fields", heading=_("Questions"), label=_("Question")),
        FieldPanel("button"),
        MultiFieldPanel([FieldPanel("thanks_title"), FieldPanel("thanks")], heading=_("When it was sent")),
    ]
    template = "content/form_page.html"
    landing_page_template = "content/form_page_sent.html"
    parent_page_types = ["content.HomePage"]
    subpage_types: list[str] = []

    def get_submission_class(self) -> type[FormMessage]:
        """A table of our own."""
        return FormMessage

    def get_submissions_list_view_class(self) -> Any:
        """A list to read, and nothing to take away."""
        from content.staff.messages import MessagesView

        return MessagesView

    def process_form_submission(self, form: forms.Form) -> Any:
        """Kept, and the office told that a message waits."""
        from content.actions import messaging

        return messaging.keep(page=self, answers=form.cleaned_data)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; sent, it leads to thanks, so that loading that page again sends nothing."""
        if request.method != "POST":
            if "sent" in request.GET:
                return self.render_landing_page(request)
            return self.shown(request, self.get_form(page=self))
        form = self.get_form(request.POST, page=self)
        if not form.trapped():
            if not form.is_valid():
                return self.shown(request, form)
            self.process_form_submission(form)
        return redirect(f"{self.get_url(request)}?sent=yes")

    def shown(self, request: HttpRequest, form: forms.Form) -> HttpResponse:
        """The page with this form."""
        return TemplateResponse(request, self.get_template(request), {**self.get_context(request), "form": form})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the name of the field that people do not see."""
        return {**super().get_context(request, *args, **kwargs), "trap": TRAP}


class FormField(AbstractFormField):
    """One question."""

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind of answer"), max_length=16, choices=KINDS)

    panels = [
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldPanel("required"),
        FieldPanel("field_type", classname="formbuilder-type"),
        FieldPanel("choices", classname="formbuilder-choices"),
    ]


def purge_old_messages() -> int:
    """Take out what is older than twelve months; how many that were."""
    return FormMessage.objects.filter(submit_time__lt=timezone.now() - KEPT).delete()[0]
