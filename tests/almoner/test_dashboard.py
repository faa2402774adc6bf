"""The dashboard says whether the books are proven and the worker works, to those who can do something about it."""

import pytest
from django.urls import reverse

from donations.ledger import proving
from tests.almoner.test_health import a_worker_lives
from tests.donations.staff.test_stripe_events import an_event

pytestmark = pytest.mark.django_db


def dashboard(client, person) -> str:
    client.force_login(person)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_finance_sees_the_last_proof_and_the_worker(client, people):
    proof = proving.prove()
    a_worker_lives()
    page = dashboard(client, people.finance_officer)
    assert proof.sentence in page
    assert "At work" in page


def test_without_a_proof_or_a_worker_it_says_so(client, people):
    page = dashboard(client, people.finance_officer)
    assert "The books have not been proven yet." in page
    assert "Away: letters and Stripe’s events are waiting." in page


def test_waiting_and_failed_events_are_counted(client, people):
    for error in ("", "", "Something"):
        an_event(error=error)
    page = dashboard(client, people.finance_officer)
    assert '?standing=waiting">2</a>' in page
    assert '?standing=failed">1</a>' in page


def test_those_who_edit_no_page_are_spared_wagtails_summary(client, people):
    assert "w-summary" not in dashboard(client, people.finance_officer)
    assert "w-summary" in dashboard(client, people.editor)


def test_an_editor_is_spared_the_machinery(client, people):
    page = dashboard(client, people.editor)
    assert "health-panel" not in page
    assert "events-panel" not in page
