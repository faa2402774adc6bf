"""/healthz: what a machine that watches is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from donations.ledger import proving

pytestmark = pytest.mark.django_db


def a_worker_lives() -> None:
    """A worker has just given a sign of life."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers(last_heartbeat) VALUES (now())")


def test_all_is_well_when_a_worker_lives_and_last_nights_proof_holds(client):
    a_worker_lives()
    proving.prove()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert told["healthy"] is True
    assert told["proof"]["differences"] == 0
    assert "no-store" in answer["Cache-Control"]


def test_without_a_worker_it_is_unwell(client):
    proving.prove()
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] is False


def test_without_a_proof_it_is_unwell(client):
    a_worker_lives()
    assert client.get("/healthz").status_code == 503
    assert client.get("/healthz").json()["proof"] is None


def test_a_proof_of_the_day_before_yesterday_is_too_old(client, monkeypatch):
    a_worker_lives()
    proving.prove()
    later = timezone.now() + timedelta(hours=37)
    monkeypatch.setattr("almoner.views.timezone.now", lambda: later)
    assert client.get("/healthz").status_code == 503
