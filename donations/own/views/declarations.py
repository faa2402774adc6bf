"""Gift Aid: each declaration as it was declared; cancelled with one button, and made anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from donations import charity, held
from donations.actions import declaring, redeclaring
from donations.exceptions import DeclarationIsCancelled
from donations.models import Declaration, Donor, Wording
from donations.models.declaration import Scope
from donations.models.wording import digest, in_use
from donations.own.doors import for_the_donor, typed_in
from donations.own.forms.declarations import DeclarationForm, gifts_meant


@for_the_donor("GET")
def all_of_them(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Each with the words that were agreed to."""
    declarations = [(each, words_of(each)) for each in held.declarations_of(donor)]
    return render(request, "donations/own/declarations.html", {"donor": donor, "declarations": declarations})


@for_the_donor("GET", "POST")
def new(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Another declaration, which covers gifts to come."""
    wording = in_use(Wording.About.GIFT_AID)
    name = charity.current().legal_name
    first, _, last = donor.name.rpartition(" ")
    known = {
        "first_name": first,
        "last_name": last,
        "address": donor.address,
        "town": donor.town,
        "postcode": donor.postcode,
    }
    form = DeclarationForm(typed_in(request), wording=wording, charity_name=name, initial=known)
    if request.method == "POST" and form.is_valid():
        typed = {field: value for field, value in form.cleaned_data.items() if field not in {"wording", "scope"}}
        scope = Scope(form.cleaned_data["scope"])
        redeclaring.declare(
            donor=donor, wording=wording, charity_name=name, scope=scope, gifts=gifts_meant(scope), **typed
        )
        messages.success(request, "Thank you. Your declaration is kept, and stands below as you made it.")
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
            messages.success(request, "Your declaration is cancelled. It covers no gift from today on.")
        except DeclarationIsCancelled:
            messages.info(request, "This declaration was cancelled before.")
        return redirect("donations:own_declarations")
    context = {"donor": donor, "declaration": declaration, "words": words_of(declaration)}
    return render(request, "donations/own/declaration_cancel.html", context)


def words_of(declaration: Declaration) -> str:
    """The words as they were shown; whether they named a gift of their own is told by what was kept of them."""
    scope = Scope(declaration.scope)
    readings = [
        declaration.wording.shown(charity=declaration.charity_name, gifts=gifts)
        for gifts in (scope.gifts, gifts_meant(scope))
    ]
    return next((words for words in readings if digest(words) == declaration.shown), readings[0])
