"""The pages on which the public gives: the form, and the thanks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from almoner.accounts.models import system_user
from donations import gateway, totals
from donations.actions import pledging, receiving
from donations.exceptions import AppealIsClosed, PaymentsError, PaymentsUnavailable
from donations.forms import GiveForm
from donations.ledger.money import Money, NotAnAmount
from donations.models import Appeal, Pledge


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of one appeal; sent rightly, it leads to Stripe's page.

    `?amount=25` fills in an amount; `?again=…` fills in what a donor typed who came back without paying.
    """
    appeal = get_object_or_404(Appeal.objects.select_related("fund", "purpose"), slug=slug)
    if not appeal.is_open(timezone.localdate()):
        return closed(request, appeal)
    if request.method != "POST":
        return show(request, appeal, starting_form(request, appeal), returned="again" in request.GET)
    form = GiveForm(appeal, request.POST)
    if not form.is_valid():
        return show(request, appeal, form, status=422)
    typed = form.cleaned_data
    try:
        pledge = pledging.make_pledge(
            appeal=appeal, amount=typed["amount"], name=typed["name"], email=typed["email"], token=typed["token"]
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
    pledge = Pledge.objects.select_related("appeal__fund").filter(reference=reference, checkout_session=session).first()
    if not session or pledge is None:
        raise Http404
    donation = getattr(pledge, "donation", None)
    if donation is None:
        try:
            checkout = gateway.fetch_checkout(session)
            if checkout.payment_intent and checkout.payment_status == "paid":
                payment = gateway.fetch_payment(checkout.payment_intent)
                donation = receiving.receive_payment(payment=payment, by=system_user("stripe"))
        except PaymentsUnavailable:
            donation = None  # the worker will hear of it
    raised = totals.raised_for(pledge.appeal)
    return render(request, "donations/thanks.html", {"pledge": pledge, "donation": donation, "raised": raised})


def starting_form(request: HttpRequest, appeal: Appeal) -> GiveForm:
    """The form before it is sent, with what the link knows."""
    again = pledging.pledge_to_give_again(signed=request.GET.get("again", ""))
    if again is not None and again.appeal_id == appeal.pk:
        return GiveForm.starting_with(appeal, again.amount, name=again.name, email=again.email)
    try:
        return GiveForm.starting_with(appeal, Money.pounds(request.GET["amount"]))
    except (KeyError, NotAnAmount):
        return GiveForm(appeal)


def show(request: HttpRequest, appeal: Appeal, form: GiveForm, *, status: int = 200, **said: bool) -> HttpResponse:
    """The form's page."""
    context = {"appeal": appeal, "form": form, "raised": totals.raised_for(appeal), **said}
    return render(request, "donations/give.html", context, status=status)


def closed(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    """An appeal that takes no gifts says so, and what its money did."""
    return render(request, "donations/closed.html", {"appeal": appeal, "raised": totals.raised_for(appeal)}, status=410)
