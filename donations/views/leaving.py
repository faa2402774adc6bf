"""What both ways of filling in the form share: the appeal, whether it is closed, and the way to Stripe's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from donations import totals
from donations.actions import pledging
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


def leave_for_stripe(request: HttpRequest, journey: Journey, *, draft: Draft, back: str) -> HttpResponse | None:
    """Make the pledge and lead the donor to Stripe's page; None where that cannot be reached just now.

    A page that was opened for earlier answers is closed first; if it has been paid on meanwhile, that was the gift.
    """
    check = journey.answered(CHECK)
    assert isinstance(check, CheckForm)
    assert check.is_valid()
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
            fee_cover=check.added,
            wishes=journey.wishes,
        )
        if earlier is not None and earlier != pledge:
            _close(earlier)
        if earlier != pledge:
            Draft.objects.filter(pk=draft.pk).update(pledge=pledge)
        return redirect(
            pledging.open_checkout(pledge=pledge, site=f"{request.scheme}://{request.get_host()}", back=back)
        )
    except AppealIsClosed:
        return closed(request, journey.appeal)
    except AlreadyGiven:
        assert earlier is not None
        return redirect(thanks_for(earlier))
    except PaymentsError:
        return None


def _close(earlier: Pledge) -> None:
    try:
        pledging.close_earlier(pledge=earlier)
    except NotKnownToStripe:  # a page that Stripe has forgotten takes no money
        return
