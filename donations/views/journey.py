"""A gift, one question a page. Each page is sent, kept, and followed by the next, so Back and refresh do no harm."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from almoner.kit.same_site import same_site_only
from donations import totals
from donations.actions import drafting, matching
from donations.forms import AmountForm, Asked
from donations.forms.gift_aid import with_gift_aid
from donations.journey import BY_NAME, CHECK, Journey
from donations.models import Draft
from donations.views.leaving import already_given, appeal_at, closed, is_theirs, leave_for_stripe, remembering
from donations.views.saying import answers_in_words, asked_by_link, words_for


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """The first page of an appeal's form: how often and how much. `?amount=25&every=month` fills it in.

    It is the same for everybody, so it may be kept for a moment: the draft begins when it is sent.
    """
    appeal = appeal_at(slug)
    if appeal is None or not appeal.takes_gifts:
        return closed(request, appeal)
    if request.method != "POST":
        initial = AmountForm.starting(appeal, **asked_by_link(request))
        return _show(request, Journey(appeal, {}), "amount", AmountForm(appeal, initial=initial))
    form = AmountForm(appeal, request.POST)
    if not form.is_valid():
        return _show(request, Journey(appeal, {}), "amount", form)
    draft = drafting.keep(appeal=appeal, token=uuid.uuid4(), answers={"amount": form.typed})
    return remembering(_to(draft, Journey(appeal, draft.answers).next_after("amount")), request, draft.token)


@same_site_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, slug: str, token: uuid.UUID, name: str) -> HttpResponse:
    """Any page of the journey. What was typed there before is there again; what is sent is kept at once."""
    appeal = appeal_at(slug)
    if appeal is None or not appeal.takes_gifts:
        return closed(request, appeal)
    if name not in BY_NAME:
        raise Http404
    theirs = is_theirs(request, token)
    draft = drafting.open_draft(appeal=appeal, token=token) if theirs else None
    if draft is not None and (thanked := already_given(draft)):
        return thanked
    journey = Journey(appeal, draft.answers if draft else {})
    if request.method == "POST":
        token = token if theirs else uuid.uuid4()  # a browser that has lost its cookie loses nothing of this page
        return remembering(_answer(request, journey, name, draft=draft, token=token), request, token)
    if draft is None:
        return redirect("donations:give", appeal.slug)
    if name not in [each.name for each in journey.asked]:
        return _to(draft, journey.first_open())
    if name == CHECK and journey.first_open() != CHECK:
        return _to(draft, journey.first_open())
    return _show(request, journey, name, journey.form(name), draft=draft, returned="back" in request.GET)


def _answer(
    request: HttpRequest, journey: Journey, name: str, *, draft: Draft | None, token: uuid.UUID
) -> HttpResponse:
    """A page that was sent: kept and followed by the next, or given back with what is wrong."""
    form = journey.form(name, request.POST)
    if not form.is_valid():
        return _show(request, journey, name, form, draft=draft)
    kept = drafting.keep(appeal=journey.appeal, token=token, answers={name: form.typed})
    journey = Journey(journey.appeal, kept.answers)
    if name != CHECK:
        return _to(kept, journey.next_after(name))
    if journey.first_open() != CHECK:
        return _to(kept, journey.first_open())
    check = reverse("donations:question", args=[journey.appeal.slug, kept.token, CHECK])
    answer = leave_for_stripe(request, journey, draft=kept, check=check)
    return answer or _show(request, journey, CHECK, journey.form(CHECK), draft=kept, status=503, unavailable=True)


def _to(draft: Draft, name: str) -> HttpResponse:
    return redirect("donations:question", draft.appeal.slug, draft.token, name)


def _show(
    request: HttpRequest,
    journey: Journey,
    name: str,
    form: Asked,
    *,
    draft: Draft | None = None,
    status: int = 0,
    **said: Any,
) -> HttpResponse:
    """One page of the journey."""
    appeal, asked = journey.appeal, BY_NAME[name]
    context = {
        "appeal": appeal,
        "journey": journey,
        "form": form,
        "draft": draft,
        "name": name,
        "steps": list(enumerate(journey.steps, start=1)),
        "current": journey.steps.index(asked.step) + 1 if asked.step in journey.steps else 1,
        **words_for(form),
        "becomes": with_gift_aid(journey.amount) if journey.amount else None,
        "back": _before(journey, name, draft),
        **said,
    }
    if name == "amount":
        context["raised"] = totals.raised_for(appeal)
        context["champion"] = matching.champion_of(appeal)
    if name == CHECK and draft is not None:
        context["answers"] = answers_in_words(journey, draft)
        context["doubled"] = matching.would_double(appeal, journey.amount, draft.pledge)
        context["champion"] = matching.champion_of(appeal)
        context["used_up"] = request.GET.get("doubled") == "less"
    answer = render(request, f"donations/journey/{name}.html", context, status=status or (422 if form.errors else 200))
    if request.method == "POST":  # what somebody typed stands in it
        add_never_cache_headers(answer)
    return answer


def _before(journey: Journey, name: str, draft: Draft | None) -> str:
    """The address of the page before this one."""
    names = [each.name for each in journey.asked]
    if draft is None or name not in names or name == "amount":
        return ""
    return reverse("donations:question", args=[journey.appeal.slug, draft.token, names[names.index(name) - 1]])
