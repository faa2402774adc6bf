"""The same gift on one page, for whoever chose an amount on an appeal's page or on a partner's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from almoner.kit.same_site import same_site_only
from donations import totals
from donations.actions import drafting, matching
from donations.forms import AmountForm, AtOnceForm, CheckForm
from donations.forms.at_once import PARTS
from donations.journey import CHECK, Journey
from donations.models import Appeal
from donations.views.leaving import already_given, appeal_at, closed, leave_for_stripe, remembering
from donations.views.saying import asked_by_link, words_for


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def give_at_once(request: HttpRequest, slug: str) -> HttpResponse:
    """Amount, details, Gift Aid and contact on one page; sent rightly, it leads to Stripe's."""
    appeal = appeal_at(slug)
    if appeal is None or not appeal.takes_gifts:
        return closed(request, appeal)
    if request.method != "POST":
        initial = AmountForm.starting(appeal, **asked_by_link(request))
        return _show(request, appeal, AtOnceForm(appeal, initial=initial))
    form = AtOnceForm(appeal, request.POST)
    if not form.is_valid():
        return _show(request, appeal, form, status=422)
    check = CheckForm(appeal, request.POST, amount=form.cleaned_data["amount"])
    answers = {**form.answers, "tribute": {"kind": "nobody"}, CHECK: check.typed}
    draft = drafting.keep(appeal=appeal, token=form.cleaned_data["token"], answers=answers)
    if thanked := already_given(draft):
        return thanked
    journey = Journey(appeal, draft.answers, answered={**dict.fromkeys(PARTS, form), CHECK: check})
    last = reverse("donations:question", args=[appeal.slug, draft.token, CHECK])
    answer = leave_for_stripe(request, journey, draft=draft, check=last)
    return remembering(answer or _show(request, appeal, form, status=503, unavailable=True), request, draft.token)


def _show(request: HttpRequest, appeal: Appeal, form: AtOnceForm, *, status: int = 200, **said: Any) -> HttpResponse:
    context = {"appeal": appeal, "form": form, "raised": totals.raised_for(appeal)}
    context["champion"] = matching.champion_of(appeal)
    answer = render(request, "donations/at_once.html", {**context, **words_for(form), **said}, status=status)
    if request.method == "POST":  # what somebody typed stands in it
        add_never_cache_headers(answer)
    return answer
