"""Gift Aid: each declaration as it was declared; cancelled with one button, and made anew."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from donations import held, reading
from donations.actions import declaring
from donations.exceptions import DeclarationIsCancelled
from donations.models import Donor
from donations.own.doors import for_the_donor, typed_in
from donations.own.forms.declarations import DeclarationForm
from donations.promise import Declared


@for_the_donor("GET")
def all_of_them(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Each with the words that were agreed to."""
    context = {"donor": donor, "declarations": held.declarations_of(donor)}
    return render(request, "donations/own/declarations.html", context)


@for_the_donor("GET", "POST")
def new(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Another declaration, which covers gifts to come."""
    first, _, last = donor.name.rpartition(" ")
    known = {
        "first_name": first,
        "last_name": last,
        "address": donor.address,
        "town": donor.town,
        "postcode": donor.postcode,
        "token": uuid.uuid4(),
    }
    form = DeclarationForm(typed_in(request), words=reading.declaration(), initial=known)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        declaring.declare(token=said.pop("token"), declared=Declared(**said), donor=donor)
        messages.success(request, gettext("Thank you. Your declaration is kept, and stands below as you made it."))
        return redirect("donations:own_declarations")
    status = 422 if request.method == "POST" else 200
    return render(request, "donations/own/declaration_new.html", {"donor": donor, "form": form}, status=status)


@for_the_donor("GET", "POST")
def cancel(request: HttpRequest, donor: Donor, reference: str) -> HttpResponse:
    """What it means, and one button."""
    declaration = get_object_or_404(held.declarations_of(donor), reference=reference)
    if request.method == "POST":
        try:
            declaring.cancel(declaration=declaration)
            messages.success(request, gettext("Your declaration is cancelled. It covers no gift from today on."))
        except DeclarationIsCancelled:
            messages.info(request, "This declaration was cancelled before.")
        return redirect("donations:own_declarations")
    context = {"donor": donor, "declaration": declaration}
    return render(request, "donations/own/declaration_cancel.html", context)
