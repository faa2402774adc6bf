"""The same gift on one page, for whoever chose an amount on an appeal's page or on a partner's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from almoner.kit.same_site import same_site_only
from donations import totals
from donations.actions import drafting, matching
from donations.forms import AmountForm, AtOnceForm, CheckForm
from donations.forms.at_once import PARTS
from donations.forms.gift_aid import with_gift_aid
from donations.journey import CHECK, Journey
from donations.ledger.money import Money
from donations.models import Appeal, Draft
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
        asked = asked_by_link(request)
        form = AtOnceForm(appeal, initial=AmountForm.starting(appeal, **asked))
        return _show(request, appeal, form, amount=asked["amount"])
    form = AtOnceForm(appeal, request.POST)
    if not form.is_valid():
        return _show(request, appeal, form, amount=form.cleaned_data.get("amount"), status=422)
    amount = form.cleaned_data["amount"]
    check = CheckForm(appeal, request.POST, amount=amount)
    answers = {**form.answers, "tribute": {"kind": "nobody"}, CHECK: check.typed}
    token = form.cleaned_data["token"]
    last = reverse("donations:question", args=[appeal.slug, token, CHECK])
    if not form.is_fee_told:  # the sum is seen before it is paid
        draft = drafting.keep(appeal=appeal, token=token, answers=answers)
        return already_given(draft) or remembering(redirect(last), request, token)
    journey = Journey(appeal, answers, answered={**dict.fromkeys(PARTS, form), CHECK: check})
    draft = Draft(appeal=appeal, token=token, answers=answers)
    answer = leave_for_stripe(request, journey, draft=draft, check=last)
    answer = answer or _show(request, appeal, form, amount=amount, status=503, unavailable=True)
    return remembering(answer, request, token)


def _show(
    request: HttpRequest, appeal: Appeal, form: AtOnceForm, *, amount: Money | None, status: int = 200, **said: Any
) -> HttpResponse:
    """The page. What it knows of the amount, by a link or from what was typed, it reckons with; else by example."""
    if amount is not None and not appeal.minimum <= amount <= appeal.maximum:
        amount = None
    form.say_the_sums(amount)
    context: dict[str, Any] = {"appeal": appeal, "form": form, "raised": totals.raised_for(appeal)}
    context["champion"] = matching.champion_of(appeal)
    for_example = amount or Money(1000)
    context |= {"amount": amount, "for_example": for_example, "becomes": with_gift_aid(for_example)}
    answer = render(request, "donations/at_once.html", {**context, **words_for(form), **said}, status=status)
    if request.method == "POST":  # what somebody typed stands in it
        add_never_cache_headers(answer)
    return answer
