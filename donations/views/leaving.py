"""What both ways of filling in the form share: the appeal, whether it is closed, and the way to Stripe's page."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from donations import defence, totals
from donations.actions import matching, pledging
from donations.exceptions import AlreadyGiven, AppealIsClosed, NotKnownToStripe, PaymentsError
from donations.forms import CheckForm
from donations.journey import CHECK, Journey
from donations.models import Appeal, Draft, Pledge


def appeal_at(slug: str) -> Appeal | None:
    """The appeal of an address."""
    return (
        Appeal.objects.select_related("fund", "purpose").prefetch_related("suggested_amounts").filter(slug=slug).first()
    )


def closed(request: HttpRequest, appeal: Appeal | None) -> HttpResponse:
    """An appeal that takes no gifts says so, and what its money did."""
    if appeal is None:
        raise Http404
    context = {"appeal": appeal, "raised": totals.raised_for(appeal)}
    return render(request, "donations/closed.html", context, status=410)


def thanks_for(pledge: Pledge) -> str:
    """Where somebody is thanked who has paid."""
    return f"{reverse('donations:thanks', args=[pledge.reference])}?session={pledge.checkout_session}"


def already_given(draft: Draft) -> HttpResponse | None:
    """A form that has been paid for leads to its thanks, however often it is opened or sent again."""
    if draft.pledge is not None and draft.pledge.state in pledging.PAID:
        return redirect(thanks_for(draft.pledge))
    return None


def leave_for_stripe(request: HttpRequest, journey: Journey, *, draft: Draft, check: str) -> HttpResponse | None:
    """Make the pledge and lead the donor to Stripe's page; None where that cannot be reached just now.

    `check` is the address of the last page, to which a donor comes back who does not pay, or who must be told first
    that a match has been used up meanwhile. A page that was opened for earlier answers is closed; if it has been paid
    on meanwhile, that was the gift.
    """
    stopped = defence.stop(request, email=journey.details["email"], browser=str(draft.token), gift=_all_of(draft))
    if stopped is not None:
        return stopped
    form = journey.answered(CHECK)
    assert isinstance(form, CheckForm)
    assert form.is_valid()
    assert journey.amount is not None
    earlier = draft.pledge
    try:
        pledge = pledging.make_pledge(
            appeal=journey.appeal,
            amount=journey.amount,
            every=journey.every,
            name=journey.details["name"],
            email=journey.details["email"],
            token=draft.token,
            fee_cover=form.added,
            wishes=journey.wishes,
            instead_of=earlier,
        )
        if earlier is not None and earlier != pledge:
            _close(earlier)
        if earlier != pledge:
            Draft.objects.filter(pk=draft.pk).update(pledge=pledge)
        if matching.held_for(pledge) < min(form.told, journey.amount):
            return redirect(f"{check}?doubled=less")
        site = f"{request.scheme}://{request.get_host()}"
        return redirect(pledging.open_checkout(pledge=pledge, site=site, back=f"{check}?back=1"))
    except AppealIsClosed:
        return closed(request, journey.appeal)
    except AlreadyGiven:
        assert earlier is not None
        return redirect(thanks_for(earlier))
    except PaymentsError:
        return None


def _all_of(draft: Draft) -> str:
    """All that is asked for: the same again leads to the same payment page."""
    return f"{draft.token} {json.dumps(draft.answers, sort_keys=True)}"


def _close(earlier: Pledge) -> None:
    try:
        pledging.close_earlier(pledge=earlier)
    except NotKnownToStripe:  # a page that Stripe has forgotten takes no money
        return
