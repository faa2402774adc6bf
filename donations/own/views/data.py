"""All that is held about a donor, in one file; and the wish that it be deleted."""

import json

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from donations import held
from donations.actions import answering
from donations.models import DataRequest, Donor
from donations.own.doors import for_the_donor


@for_the_donor("GET")
def page(request: HttpRequest, donor: Donor) -> HttpResponse:
    """What can be taken away, and what was asked before."""
    return render(request, "donations/own/data.html", {"donor": donor, "requests": donor.data_requests.all()})


@for_the_donor("GET")
def copy(request: HttpRequest, donor: Donor) -> HttpResponse:
    """Everything, as one JSON file."""
    text = json.dumps(held.all_about(donor), cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
    name = f"all-that-is-held-about-me-{timezone.localdate():%Y-%m-%d}.json"
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@for_the_donor("GET", "POST")
def delete(request: HttpRequest, donor: Donor) -> HttpResponse:
    """What is deleted and what the law has us keep; one button that asks for it. Somebody answers it."""
    if request.method == "POST":
        asked = answering.ask_to_erase(donor=donor)
        messages.success(
            request,
            gettext("You have asked us to delete your data. We answer by %(due_on)s.")
            % {"due_on": f"{asked.due_on:%-d %B %Y}"},
        )
        return redirect("donations:own_data")
    waits = donor.data_requests.filter(kind=DataRequest.Kind.ERASE, answered_at__isnull=True).exists()
    living = donor.regular_gifts.living().select_related("appeal")
    context = {"donor": donor, "waits": waits, "living": living}
    return render(request, "donations/own/delete.html", context)
