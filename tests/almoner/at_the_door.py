"""A small site for tests/almoner/test_porter.py, with the memory of the real one: gunicorn tests.almoner.at_the_door"""

import itertools
import time

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from almoner import memory
from almoner.kit.per_visitor import FORM_TOKEN

BUSY_SECONDS = 2
LARGE = 900_000

numbers = itertools.count(1)


def view(request: HttpRequest) -> HttpResponse:
    """A page that says how many were asked for before it, and what it was sent."""
    if request.path == "/busy/":
        time.sleep(BUSY_SECONDS)
    sent = request.read().decode()
    response = HttpResponse(f"page {next(numbers)}, token {FORM_TOKEN}, sent {sent!r}")
    if request.path == "/large/":
        response.write("x" * LARGE + " the end")
    response["Content-Length"] = str(len(response.content))
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


remembering = memory.pages_from_memory(view)


def beyond(environ, begin):
    """The site behind the door."""
    response = remembering(WSGIRequest(environ))
    begin(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


application = memory.fresh_pages_first(beyond)
