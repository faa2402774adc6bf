"""Carries the stand-in's messages to the site, and does the worker's jobs, when a test says so and not before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app


def carry_the_post(standin: Any, client: Client, *, times: int = 1) -> list[int]:
    """Deliver every message of the stand-in's, signed, `times` over; the statuses that the site answered."""
    statuses = []
    for event in standin.events:
        for _ in range(times):
            body, signature = standin.signed(event)
            answer = client.post(
                reverse("donations:webhook"), body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature
            )
            statuses.append(answer.status_code)
    return statuses


def work_through_the_jobs() -> None:
    """Do every waiting job, as the worker would, until none is left."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="never")


@contextmanager
def stripe_away(standin: Any, *, asked_by: str) -> Iterator[None]:
    """Inside the block Stripe answers every request of one method (“GET”, “POST”) with 503."""
    standin.trouble(503, times=1_000, method=asked_by)
    yield
    standin.trouble(times=0)


def payment_pages(standin: Any) -> int:
    """How many payment pages Stripe was asked for."""
    return len(standin.account.store.every("checkout.session"))
