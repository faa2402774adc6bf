"""Whoever is not on file yet is entered in the very window in which one is chosen."""

import pytest
from django.urls import reverse

from content.models import Organisation, Person

WINDOWS = [("person", Person, "Wren Shingleby"), ("organisation", Organisation, "The Listening Boat (demo)")]


def address(kind: str, step: str) -> str:
    """One step of the window."""
    return reverse(f"wagtailsnippetchoosers_content_{kind}:{step}")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "model", "name"), WINDOWS)
def test_an_editor_enters_somebody_new_who_is_published_with_a_history(client, people, kind, model, name):
    client.force_login(people.editor)
    assert "Enter a new one" in client.get(address(kind, "choose")).json()["html"]
    answer = client.post(address(kind, "create"), {"name": name})
    assert answer.json()["step"] == "chosen"
    entered = model.objects.get(name=name)
    assert entered.live
    assert entered.latest_revision == entered.live_revision
    assert entered.latest_revision.user == people.editor


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "model", "name"), WINDOWS)
def test_who_may_only_look_chooses_among_those_on_file(client, people, kind, model, name):
    client.force_login(people.fundraiser)
    assert "Enter a new one" not in client.get(address(kind, "choose")).json()["html"]
    client.post(address(kind, "create"), {"name": name})
    assert not model.objects.exists()


@pytest.mark.django_db
def test_nobody_becomes_a_patient_in_that_window(client, people):
    client.force_login(people.editor)
    client.post(address("person", "create"), {"name": "Perran T.", "is_lived_experience": "on"})
    assert not Person.objects.get().is_lived_experience
