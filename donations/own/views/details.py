"""How a donor is called, and where they are reached; the email address is proved by a link that is sent to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from donations import charity, links
from donations.actions import correcting
from donations.exceptions import AddressIsTaken, AskedTooOften
from donations.models import Donor
from donations.own.doors import for_the_donor, typed_in
from donations.own.forms.details import AddressForm, EmailForm

FIELDS = ("name", "telephone", "address", "town", "postcode")


@for_the_donor("GET", "POST")
def details(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Name, telephone and address; the email address has a page of its own."""
    form = AddressForm(typed_in(request), initial={name: getattr(donor, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        correcting.change_details(donor=donor, **form.cleaned_data)
        messages.success(request, gettext("Your details are changed."))
        return redirect("donations:own_details")
    status = 422 if request.method == "POST" else 200
    return render(request, "donations/own/details.html", {"donor": donor, "form": form}, status=status)


@for_the_donor("GET", "POST")
def email(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Another email address: a link goes there, and what is said here is the same whether or not it is known."""
    form = EmailForm(typed_in(request), known=donor.email)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["email"]
        try:
            correcting.ask_for_address(donor=donor, email=new)
        except AskedTooOften as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(
                request,
                gettext(
                    "We have sent a link to %(new)s. Once you have used it, your letters go there; until then they go "
                    "to %(email)s."
                )
                % {"new": new, "email": donor.email},
            )  # fmt: skip
            return redirect("donations:own_details")
    status = 422 if request.method == "POST" else 200
    return render(request, "donations/own/email.html", {"donor": donor, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, signed: str) -> HttpResponse:
    """Where the letter to the new address leads: one button, since mail programs open links too. It names nobody."""
    asked = links.address_to_confirm(signed)
    known = {"charity": charity.current()}
    if asked is None:
        return render(request, "donations/own/confirm_too_late.html", known, status=410)
    if request.method != "POST":
        return render(request, "donations/own/confirm.html", {"email": asked.after["email"]})
    try:
        correcting.confirm_address(correction=asked)
    except AddressIsTaken:  # said to whoever reads its mail, and to nobody else
        return render(request, "donations/own/confirm_taken.html", {**known, "email": asked.after["email"]}, status=409)
    return render(request, "donations/own/confirmed.html", {"email": asked.after["email"]})
