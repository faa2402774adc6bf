"""A form that anybody may fill in, without a cookie: it is only taken where a page of ours sent it.

Django's own token wants a cookie in each visitor's page, so that no page could be remembered for many. Browsers say
themselves where a form comes from; what a form without a signed-in person could be made to do, its sender could do too.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


def same_site_only(view: View[Given]) -> View[Given]:
    """In place of Django's token: a form that another site sends meets a page that leads to ours, and does nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if request.method not in SAFE and not is_ours(request):
            return render(request, "almoner/from_elsewhere.html", {"to": request.path}, status=403)
        return view(request, *args, **kwargs)

    answer.csrf_exempt = True  # type: ignore[attr-defined] # read by Django's middleware
    return answer


def is_ours(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of ours, as far as the browser says; an old one says nothing, and may pass."""
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
