"""For partners' sites: a button that they may show, which is a picture and a link, without frame or script."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from donations.views.leaving import appeal_at


@require_safe
def button(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of the button of an appeal. Anybody may show it; it tells us nothing of who sees it."""
    appeal = appeal_at(slug)
    if appeal is None:
        raise Http404
    answer = render(request, "donations/button.svg", {"appeal": appeal}, content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=86400"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
