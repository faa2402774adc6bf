"""Stripe's messages: verify the raw body, remember once, hand over to a worker, answer at once.

A message is only a hint. The worker asks Stripe for the payment as it is now, so that it does not matter whether
messages come late, twice or out of order.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations import gateway
from donations.actions import obeying
from donations.exceptions import BadSignature, WrongMode

log = logging.getLogger(__name__)


@csrf_exempt  # Stripe has no cookie of ours: its signature is the proof
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Store a rightly signed event, with a job that waits to obey it, in one transaction; refuse all else with 400."""
    try:
        event = gateway.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except (BadSignature, WrongMode) as refused:
        log.warning("An event was refused: %s", type(refused).__name__)
        return HttpResponse(status=400)
    obeying.take_in(event)
    return HttpResponse(status=200)
