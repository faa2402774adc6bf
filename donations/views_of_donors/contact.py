"""May we write, and where to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from donations import charity, reading
from donations.actions import correcting
from donations.forms_of_donors import AddressForm, ContactForm
from donations.models import Donor
from donations.views_of_donors.doors import for_the_donor, typed_in

FIELDS = ("name", "telephone", "address", "town", "postcode")


@for_the_donor("GET", "POST")
def permissions(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Yes or no for each channel, as it stands, in the words that are in use."""
    stands = {channel: "yes" if yes else "no" for channel, yes in correcting.how_contact_stands(donor).items()}
    form = ContactForm(typed_in(request), words=reading.contact(), initial=stands)
    if request.method == "POST" and form.is_valid():
        correcting.say_about_contact(donor=donor, wanted=form.said, words=form.shown)
        messages.success(request, "We have written down what you said.")
        return redirect("donations:own_contact")
    status = 422 if request.method == "POST" else 200
    return render(request, "donations/own/contact.html", {"donor": donor, "form": form}, status=status)


@for_the_donor("GET", "POST")
def details(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Name, telephone and address; the email address is only shown."""
    form = AddressForm(typed_in(request), initial={name: getattr(donor, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        correcting.change_details(donor=donor, **form.cleaned_data)
        messages.success(request, "Your details are changed.")
        return redirect("donations:own_details")
    status = 422 if request.method == "POST" else 200
    context = {"donor": donor, "form": form, "charity": charity.current()}
    return render(request, "donations/own/details.html", context, status=status)
