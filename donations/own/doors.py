"""Who is signed in to the donor's page. It has nothing to do with staff: a session may hold either, or both."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from donations.models import Donor

NAME = "donor"  # in the session
LASTS = timedelta(hours=2)

View = Callable[..., HttpResponse]


def let_in(request: HttpRequest, donor: Donor) -> None:
    """Sign this donor in, in place of any other, for two hours. An older key of the session opens nothing."""
    request.session.cycle_key()
    request.session[NAME] = {"pk": donor.pk, "until": (timezone.now() + LASTS).timestamp()}


def let_out(request: HttpRequest) -> None:
    """Sign the donor out; a member of staff in the same browser stays signed in."""
    request.session.pop(NAME, None)
    request.session.cycle_key()


def donor_in(request: HttpRequest) -> Donor | None:
    """The donor who is signed in."""
    held = request.session.get(NAME)
    if not held or held["until"] <= timezone.now().timestamp():
        return None
    return Donor.objects.filter(pk=held["pk"]).first()


def for_the_donor(*methods: str) -> Callable[[View], View]:
    """A page for the donor who is signed in, whom its view is given; all others are led to the way in."""

    def stand_before(view: View) -> View:
        @never_cache
        @require_http_methods(["HEAD", *methods] if "GET" in methods else list(methods))
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            donor = donor_in(request)
            return redirect("donations:own_sign_in") if donor is None else view(request, donor, **kwargs)

        return answer

    return stand_before


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even if nothing was typed; None where it is only looked at."""
    return request.POST if request.method == "POST" else None
