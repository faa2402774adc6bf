"""What both ways of filling in the form share: the appeal, whether it is closed, and the way to Stripe's page."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from almoner.kit.briefly import briefly
from donations import defence, totals
from donations.actions import drafting, matching, pledging
from donations.exceptions import AlreadyGiven, AppealIsClosed, PaymentsError, SentBefore
from donations.forms import CheckForm
from donations.journey import CHECK, Journey
from donations.models import Appeal, Draft, Pledge
from donations.models.pledge import PledgeState

COOKIE = "gifts"
SEVERAL = 4


@briefly
def appeal_at(slug: str) -> Appeal | None:
    """The appeal of an address, as it was at most a moment ago."""
    return (
        Appeal.objects.select_related("fund", "purpose").prefetch_related("suggested_amounts").filter(slug=slug).first()
    )


def closed(request: HttpRequest, appeal: Appeal | None) -> HttpResponse:
    """An appeal that takes no gifts says so, and what its money did."""
    if appeal is None:
        raise Http404
    to_come = appeal.opens_on > timezone.localdate()
    context = {"appeal": appeal, "raised": totals.raised_for(appeal), "is_to_come": to_come}
    return render(request, "donations/closed.html", context, status=410)


def thanks_for(pledge: Pledge) -> str:
    """Where somebody is thanked who has paid."""
    return f"{reverse('donations:thanks', args=[pledge.reference])}?session={pledge.checkout_session}"


def already_given(draft: Draft) -> HttpResponse | None:
    """A form that has been paid for leads to its thanks, however often it is opened or sent again."""
    if draft.pledge is not None and draft.pledge.state in pledging.PAID:
        return redirect(thanks_for(draft.pledge))
    return None


def is_theirs(request: HttpRequest, token: UUID) -> bool:
    """Whether this browser began the draft: an address that is passed on shows nobody's answers to anybody."""
    return str(token) in request.COOKIES.get(COOKIE, "").split(".")


def remembering(response: HttpResponse, request: HttpRequest, token: UUID) -> HttpResponse:
    """The answer, with which the browser keeps the token of its draft beside those of the last few."""
    before = [each for each in request.COOKIES.get(COOKIE, "").split(".") if each and each != str(token)]
    response.set_cookie(
        COOKIE,
        ".".join([*before[-SEVERAL:], str(token)]),
        max_age=drafting.KEPT_FOR,
        path="/donate/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",  # who comes back from Stripe's page brings it
    )
    return response


def leave_for_stripe(request: HttpRequest, journey: Journey, *, draft: Draft, check: str) -> HttpResponse | None:
    """Make the pledge and lead the donor to Stripe's page; None where that cannot be reached just now.

    `check` is the address of the last page, to which a donor comes back who does not pay, or who must be told first
    that a match has been used up meanwhile. A page that was opened for earlier answers is closed; if it has been paid
    on meanwhile, that was the gift. The draft of a form that is sent whole is kept with its pledge.
    """
    if thanked := already_given(draft):
        return thanked
    earlier = draft.pledge
    gift = _all_of(draft, earlier)
    stopped = defence.stop(request, email=journey.details["email"], browser=str(draft.token), gift=gift)
    if stopped is not None:
        return stopped
    form, amount = journey.answered(CHECK), journey.amount
    if not isinstance(form, CheckForm) or not form.is_valid() or amount is None:
        return redirect(check)
    asked: dict[str, Any] = {
        "appeal": journey.appeal,
        "amount": amount,
        "every": journey.every,
        "name": journey.details["name"],
        "email": journey.details["email"],
        "token": draft.token,
        "fee_cover": form.added,
        "wishes": journey.wishes,
    }
    told = min(form.told, amount)
    try:
        pledge = pledging.make_pledge(**asked, draft=draft, instead_of=earlier)
        if told and pledge == earlier and matching.held_for(pledge) < told:  # more has come back to the match since
            pledging.close_earlier(pledge=pledge)
            pledge = pledging.make_pledge(**asked)
        is_its = pledge == earlier or pledge.draft_is_this
        if not is_its and not drafting.become(draft=draft, pledge=pledge, instead_of=earlier):
            pledging.close_earlier(pledge=pledge)
            return redirect(check)
        if pledge.state in pledging.PAID:
            return redirect(thanks_for(pledge))
        if told and matching.held_for(pledge) < told:
            return redirect(f"{check}?doubled=less")
        site = f"{request.scheme}://{request.get_host()}"
        return HttpResponseRedirect(pledging.open_checkout(pledge=pledge, site=site, back=f"{check}?back=1"))
    except SentBefore:
        kept = drafting.keep(appeal=journey.appeal, token=draft.token, answers=draft.answers)
        return leave_for_stripe(request, journey, draft=kept, check=check)
    except AppealIsClosed:
        return closed(request, journey.appeal)
    except AlreadyGiven as given:
        return redirect(thanks_for(given.pledge))
    except PaymentsError:
        return None


def _all_of(draft: Draft, earlier: Pledge | None) -> str:
    """All that is asked for: the same again leads to the same payment page, unless that has closed."""
    closed_page = earlier.reference if earlier is not None and earlier.state == PledgeState.LEFT else ""
    return f"{draft.token} {json.dumps(draft.answers, sort_keys=True)} {closed_page}"
