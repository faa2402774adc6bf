"""May we write?"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from donations import charity
from donations.actions import correcting
from donations.models import Donor, Wording
from donations.models.wording import in_use
from donations.own.doors import for_the_donor, typed_in
from donations.own.forms.contact import ContactForm


@for_the_donor("GET", "POST")
def permissions(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Yes or no for each channel, as it stands, in the words that are in use."""
    stands = {channel: "yes" if yes else "no" for channel, yes in correcting.how_contact_stands(donor).items()}
    form = ContactForm(typed_in(request), initial=stands)
    if request.method == "POST" and form.is_valid():
        said = {channel: value == "yes" for channel, value in form.cleaned_data.items() if value}
        correcting.say_about_contact(donor=donor, wanted=said)
        messages.success(request, "We have written down what you said.")
        return redirect("donations:own_contact")
    wording = in_use(Wording.About.CONTACT)
    context = {
        "donor": donor,
        "form": form,
        "words": wording.shown(charity=charity.current().name),
    }
    return render(request, "donations/own/contact.html", context, status=422 if form.errors else 200)
