"""What browsers are told about our pages, by place: how strict the Content-Security-Policy is, what may be kept."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

STAFF = "/admin/"
SIGNED_IN = (STAFF, "/board/")

# Wagtail's editor writes styles and small scripts into its pages; under the public's policy its date pickers break.
STAFF_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
}

Answer = Callable[[HttpRequest], HttpResponse]


def by_place(get_response: Answer) -> Answer:
    """The strict policy everywhere but in the staff's admin; nothing that a signed-in person sees is stored."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(STAFF):
            response._csp_config = STAFF_POLICY  # type: ignore[attr-defined] # read by django-csp's middleware
        if request.path.startswith(SIGNED_IN):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer
