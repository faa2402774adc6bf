"""After Stripe's page: only Stripe's own word makes a gift."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from donations import totals
from donations.actions import following
from donations.exceptions import NotInOurWords, PaymentIsNotOurs, PaymentsError
from donations.models import Pledge
from donations.models.pledge import PledgeState


@never_cache
@require_safe
def thanks(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the donor lands after paying. Only Stripe's own word makes a gift: until then the page says “confirming”.

    The page is found through the payment page's number, which only this donor's browser was given.
    """
    session = request.GET.get("session", "")
    found = Pledge.objects.select_related("appeal__fund", "donation__fund", "donation__declaration", "tribute").filter(
        reference=reference, checkout_session=session
    )
    pledge = found.first()
    if not session or pledge is None:
        raise Http404
    if not hasattr(pledge, "donation"):
        with suppress(PaymentsError, PaymentIsNotOurs, NotInOurWords):  # the worker will hear of it
            following.checkout(session)
        pledge = get_object_or_404(found)
    donation = getattr(pledge, "donation", None)
    told = {
        "pledge": pledge,
        "donation": donation,
        "becomes": donation.amount + donation.gift_aid if donation is not None and donation.gift_aid else None,
        "raised": totals.raised_for(pledge.appeal),
    }
    return render(request, "donations/thanks.html", {**told, "on_its_way": pledge.state == PledgeState.PROCESSING})
