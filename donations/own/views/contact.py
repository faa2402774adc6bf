"""May we write?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from donations import reading
from donations.actions import correcting
from donations.models import Donor
from donations.own.doors import for_the_donor, typed_in
from donations.own.forms.contact import ContactForm


@for_the_donor("GET", "POST")
def permissions(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Yes or no for each channel, as it stands, in the words that are in use."""
    stands = {channel: "yes" if yes else "no" for channel, yes in correcting.how_contact_stands(donor).items()}
    form = ContactForm(typed_in(request), words=reading.contact(), initial=stands)
    if request.method == "POST" and form.is_valid():
        correcting.say_about_contact(donor=donor, wanted=form.said, words=form.shown)
        messages.success(request, gettext("We have written down what you said."))
        return redirect("donations:own_contact")
    status = 422 if request.method == "POST" else 200
    return render(request, "donations/own/contact.html", {"donor": donor, "form": form}, status=status)
