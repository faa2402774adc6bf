"""Where a letter about a failed payment leads."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from donations import links
from donations.actions import following, renewing
from donations.exceptions import NotInOurWords, PaymentIsNotOurs, PaymentsError
from donations.models.regular_gift import Ender


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, signed: str) -> HttpResponse:
    """Where a letter about a failed payment leads: one button on, Stripe's page takes another card or account.

    Opening the link changes nothing, since mail programs open links too.
    """
    gift = links.gift_to_mend(signed)
    if gift is None:
        return render(request, "donations/mend_too_late.html", status=410)
    named = request.GET.get("card", "")
    if named:
        with suppress(PaymentsError, PaymentIsNotOurs, NotInOurWords):
            following.checkout(named)
        return render(request, "donations/mended.html", {"gift": gift})
    if request.method == "POST":
        site = f"{request.scheme}://{request.get_host()}"
        try:
            return redirect(renewing.ask_for_card(gift=gift, site=site, back=request.path, asked_by=Ender.DONOR))
        except PaymentsError:
            return render(request, "donations/mend.html", {"gift": gift, "unavailable": True}, status=503)
    return render(request, "donations/mend.html", {"gift": gift})
