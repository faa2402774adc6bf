"""Stripe's events in the back office: what came of each, and trying one again."""

from datetime import timedelta
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from procrastinate.contrib.django.models import ProcrastinateJob

from almoner.kit import jobs
from donations.models import StripeEvent

pytestmark = pytest.mark.django_db

_numbers = count(1)


def an_event(**changed: object) -> StripeEvent:
    """An event that waits, unless said otherwise."""
    asked: dict[str, object] = {
        "event_id": f"evt_{next(_numbers)}",
        "kind": "payment_intent.succeeded",
        "livemode": False,
        "created": timezone.now(),
        "payload": {},
    }
    return StripeEvent.objects.create(**{**asked, **changed})


def jobs_for(event: StripeEvent) -> int:
    return ProcrastinateJob.objects.filter(task_name="donations.obey_event", args={"event": event.pk}).count()


def test_a_failed_event_shows_its_error_and_can_be_tried_again(people, signed_in):
    event = an_event(error="PaymentsUnavailable: Stripe did not answer", attempts=3)
    pearl = signed_in(people.finance_officer)
    assert "PaymentsUnavailable" in pearl.get(reverse("stripe_events:index")).content.decode()
    page = pearl.get(reverse("stripe_events:inspect", args=[event.pk])).content.decode()
    assert "Try again" in page
    answer = pearl.post(reverse("stripe_events:try_again", args=[event.pk]), follow=True)
    assert "will try this event again" in answer.content.decode()
    assert jobs_for(event) == 1


def test_an_event_that_is_done_is_not_tried_again(people, signed_in):
    event = an_event(handled_at=timezone.now(), outcome="Recorded as G-1.")
    pearl = signed_in(people.finance_officer)
    page = pearl.get(reverse("stripe_events:inspect", args=[event.pk])).content.decode()
    assert "Try again" not in page
    answer = pearl.post(reverse("stripe_events:try_again", args=[event.pk]), follow=True)
    assert "was obeyed: Recorded as G-1." in answer.content.decode()
    assert jobs_for(event) == 0


def test_looking_at_the_buttons_address_does_nothing(people, signed_in):
    event = an_event()
    assert signed_in(people.finance_officer).get(reverse("stripe_events:try_again", args=[event.pk])).status_code == 405
    assert jobs_for(event) == 0


def test_a_fundraiser_has_no_button_and_is_refused(people, signed_in):
    event = an_event()
    answer = signed_in(people.fundraiser).post(reverse("stripe_events:try_again", args=[event.pk]))
    assert answer.status_code == 403
    assert jobs_for(event) == 0


@pytest.mark.parametrize(
    ("standing", "shown"), [("waiting", "evt_waiting"), ("failed", "evt_failed"), ("done", "evt_done")]
)
def test_events_are_found_by_how_they_stand(people, signed_in, standing, shown):
    an_event(event_id="evt_waiting")
    an_event(event_id="evt_failed", error="Something")
    an_event(event_id="evt_done", handled_at=timezone.now())
    page = signed_in(people.finance_officer).get(reverse("stripe_events:index"), {"standing": standing})
    found = {name for name in ("evt_waiting", "evt_failed", "evt_done") if name in page.content.decode()}
    assert found == {shown}


def test_an_event_that_failed_says_when_it_is_tried_next(people, signed_in):
    event = an_event(error="PaymentsUnavailable: Stripe did not answer", attempts=2)
    at = timezone.now() + timedelta(hours=3)
    jobs.app.configure_task("donations.obey_event", schedule_at=at).defer(event=event.pk)
    pearl = signed_in(people.finance_officer)
    when = date_format(timezone.localtime(at), "j F Y, H:i")
    assert when in pearl.get(reverse("stripe_events:index")).content.decode()
    assert when in pearl.get(reverse("stripe_events:inspect", args=[event.pk])).content.decode()


def test_events_that_are_kept_to_be_looked_at_are_found(people, signed_in):
    an_event(event_id="evt_usual", handled_at=timezone.now())
    an_event(event_id="evt_flagged", handled_at=timezone.now(), flagged=True)
    page = signed_in(people.finance_officer).get(reverse("stripe_events:index"), {"flagged": "true"}).content.decode()
    assert "evt_flagged" in page
    assert "Kept to be looked at" in page
    assert "evt_usual" not in page
