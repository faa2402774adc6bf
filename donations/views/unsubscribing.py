"""The page behind each letter's “unsubscribe”: for the reader with one button, for mail programs with one POST."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from donations import links
from donations.actions import permitting


# A mail program sends the POST by itself (RFC 8058) and has no token of ours; the link is signed, and all that it can
# do is to stop mail to whoever got it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Opening it changes nothing, because mail programs open links too; the button, or their POST, does."""
    letter = links.letter_to_unsubscribe_from(signed)
    if letter is None:
        raise Http404
    if request.method == "POST":
        permitting.unsubscribe(letter=letter)
    return render(request, "donations/unsubscribe.html", {"done": request.method == "POST"})
