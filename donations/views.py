"""The pages on which the public gives: the form, the thanks, and where a regular gift is mended."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from almoner.kit.same_site import same_site_only
from donations import defence, links, totals
from donations.actions import following, pledging, renewing
from donations.exceptions import AppealIsClosed, NotInOurWords, PaymentIsNotOurs, PaymentsError, PaymentsUnavailable
from donations.forms import GiveForm
from donations.ledger.money import Money, NotAnAmount
from donations.models import Appeal, Pledge
from donations.models.pledge import Every, PledgeState
from donations.models.regular_gift import Ender


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of one appeal; sent rightly, it leads to Stripe's page.

    `?amount=25` fills in an amount; `?again=…` fills in what a donor typed who came back without paying. Until somebody
    has typed something it is the same for everybody, and may be remembered.
    """
    appeal = get_object_or_404(Appeal.objects.select_related("fund", "purpose"), slug=slug)
    if not appeal.is_open(timezone.localdate()):
        return closed(request, appeal)
    if request.method != "POST":
        returned = "again" in request.GET
        page = show(request, appeal, starting_form(request, appeal), returned=returned)
        if returned:
            add_never_cache_headers(page)
        return page
    form = GiveForm(appeal, request.POST)
    if not form.is_valid():
        return show(request, appeal, form, status=422)
    typed = form.cleaned_data
    gift = f"{slug} {typed['amount'].pence} {typed['every']} {typed['name']} {typed['token']}"
    stopped = defence.stop(request, email=typed["email"], browser=str(typed["token"]), gift=gift)
    if stopped is not None:
        return stopped
    try:
        pledge = pledging.make_pledge(
            appeal=appeal,
            amount=typed["amount"],
            every=typed["every"],
            name=typed["name"],
            email=typed["email"],
            token=typed["token"],
        )
        return redirect(pledging.open_checkout(pledge=pledge, site=f"{request.scheme}://{request.get_host()}"))
    except AppealIsClosed:
        return closed(request, appeal)
    except PaymentsError:
        return show(request, appeal, form, status=503, unavailable=True)


@never_cache
@require_safe
def thanks(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the donor lands after paying. Only Stripe's own word makes a gift: until then the page says “confirming”.

    The page is found through the payment page's number, which only this donor's browser was given.
    """
    session = request.GET.get("session", "")
    found = Pledge.objects.select_related("appeal__fund", "donation").filter(
        reference=reference, checkout_session=session
    )
    pledge = found.first()
    if not session or pledge is None:
        raise Http404
    if not hasattr(pledge, "donation"):
        with suppress(PaymentsUnavailable, PaymentIsNotOurs, NotInOurWords):  # the worker will hear of it
            following.checkout(session)
        pledge = get_object_or_404(found)
    told = {"pledge": pledge, "donation": getattr(pledge, "donation", None), "raised": totals.raised_for(pledge.appeal)}
    return render(request, "donations/thanks.html", {**told, "on_its_way": pledge.state == PledgeState.PROCESSING})


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
        with suppress(PaymentsUnavailable, PaymentIsNotOurs, NotInOurWords):
            following.checkout(named)
        return render(request, "donations/mended.html", {"gift": gift})
    if request.method == "POST":
        site = f"{request.scheme}://{request.get_host()}"
        try:
            return redirect(renewing.ask_for_card(gift=gift, site=site, back=request.path, asked_by=Ender.DONOR))
        except PaymentsError:
            return render(request, "donations/mend.html", {"gift": gift, "unavailable": True}, status=503)
    return render(request, "donations/mend.html", {"gift": gift})


def starting_form(request: HttpRequest, appeal: Appeal) -> GiveForm:
    """The form before it is sent, with what the link knows."""
    again = pledging.pledge_to_give_again(signed=request.GET.get("again", ""))
    if again is not None and again.appeal_id == appeal.pk:
        return GiveForm.starting_with(appeal, again.amount, every=again.every, name=again.name, email=again.email)
    asked = request.GET.get("every", "")
    every = {"every": asked} if asked in Every.values else {}
    try:
        return GiveForm.starting_with(appeal, Money.pounds(request.GET["amount"]), **every)
    except (KeyError, NotAnAmount):
        return GiveForm.starting_with(appeal, None, **every)


def show(request: HttpRequest, appeal: Appeal, form: GiveForm, *, status: int = 200, **said: bool) -> HttpResponse:
    """The form's page."""
    context = {"appeal": appeal, "form": form, "raised": totals.raised_for(appeal), **said}
    return render(request, "donations/give.html", context, status=status)


def closed(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """An appeal that takes no gifts says so, and what its money did."""
    return render(request, "donations/closed.html", {"appeal": appeal, "raised": totals.raised_for(appeal)}, status=410)
