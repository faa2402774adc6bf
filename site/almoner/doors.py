"""Who comes in by which door: people pass every middleware, a machine that signs what it says needs none of them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from donations.webhooks import stripe_webhook

Answer = Callable[[HttpRequest], HttpResponse]


def machines_first(get_response: Answer) -> Answer:
    """Stripe's messages go straight to their view: session, language, redirects and policies are for people."""

    inbox = reverse("donations:webhook")

    def answer(request: HttpRequest) -> HttpResponse:
        return stripe_webhook(request) if request.path_info == inbox else get_response(request)

    return answer
