"""/review/<secret>/: a page as it would be published, read by somebody without an account, and their one answer."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from almoner.kit.forms import SometimesNeeded
from content.actions import answering
from content.exceptions import LinkIsOfNoUse
from content.models.review_link import ReviewLink, Verdict


class AnswerForm(forms.Form):
    """The verdict, who gives it, and what else there is to say."""

    verdict = forms.ChoiceField(
        label=_("What is your answer?"),
        widget=forms.RadioSelect,
        choices=[
            (Verdict.APPROVED, _("I have read the whole page, and it can be published as it is")),
            (Verdict.COMMENTED, _("Something should be changed first")),
        ],
        error_messages={"required": _("Say whether it can be published as it is.")},
    )
    comment = SometimesNeeded(
        label=_("What should be changed, or what else you would like to say"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("Your name and title"),
        help_text=_("It is kept in the history of the page, with your answer and the time."),
        max_length=120,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever wants a change says which."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verdict") == Verdict.COMMENTED and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say what should be changed."))
        return cleaned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """The page with a form at its end. Looking at it answers nothing."""
    form = AnswerForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            answering.answer(token=token, **form.cleaned_data)
            return private(redirect("review_thanks"))
        link = answering.open_link(token)
    except LinkIsOfNoUse as reason:
        context = {"title": _("This link"), "reason": reason.said}
        return private(render(request, "content/review/closed.html", context, status=reason.status))
    return private(shown(request, link, form))


def shown(request: HttpRequest, link: ReviewLink, form: AnswerForm) -> HttpResponse:
    """The revision as it would be published."""
    page = link.revision.as_object()
    context = {**page.get_context(request), "reviewing": link, "form": form}
    answer = TemplateResponse(request, page.get_template(request), context, status=422 if form.errors else 200)
    return answer.render()


def private(answer: HttpResponse) -> HttpResponse:
    """Not found by search engines; and no other site learns the address from which somebody came."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return private(render(request, "content/review/thanks.html", {"title": _("Thank you")}))


urlpatterns = [
    path("thank-you/", thanks, name="review_thanks"),
    path("<str:token>/", review, name="review"),
]
