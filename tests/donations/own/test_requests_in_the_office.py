"""The office sees what donors ask about their data; an administrator answers, and the donor reads it."""

import pytest
from django.test import Client
from django.urls import reverse

from donations.actions import answering
from donations.models import DataRequest
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ada):
    """Ada's wish."""
    return answering.ask_to_erase(donor=ada)


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def misty():
    """An administrator, who is no superuser."""
    return person("misty", "Misty", "Haar", "Administrator")


def page_of(client, asked) -> str:
    return client.get(reverse("data_requests:inspect", args=[asked.pk])).content.decode()


def test_the_list_shows_who_asks_what_and_until_when(people, ada, asked):
    page = signed_in(people.fundraiser).get(reverse("data_requests:index")).content.decode()
    assert "Ada Periwinkle" in page
    assert "Delete my data" in page
    assert f"{asked.due_on:%-d %B %Y}" in page


@pytest.mark.parametrize(("answered", "there"), [("false", True), ("true", False)])
def test_those_that_wait_are_found(people, asked, answered, there):
    page = signed_in(people.fundraiser).get(reverse("data_requests:index"), {"answered_at": answered}).content.decode()
    assert (reverse("data_requests:inspect", args=[asked.pk]) in page) is there


def test_an_administrator_answers_and_the_donor_reads_it(misty, ada, asked, as_donor):
    client = signed_in(misty)
    page = page_of(client, asked)
    assert ada.email in page
    assert reverse("data_requests:answer", args=[asked.pk]) in page
    answer = client.post(reverse("data_requests:answer", args=[asked.pk]), {"answer": "All but the gift is gone."})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.answered_by, asked.answer) == (misty, "All but the gift is gone.")
    page = page_of(client, asked)
    assert "All but the gift is gone." in page
    assert reverse("data_requests:answer", args=[asked.pk]) not in page
    assert "All but the gift is gone." in as_donor(ada).get("/giving/data/").content.decode()


def test_an_answer_says_something(misty, asked):
    answer = signed_in(misty).post(reverse("data_requests:answer", args=[asked.pk]), {"answer": " "})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors["answer"]) == ["Say what was done."]


def test_a_request_that_is_answered_is_not_answered_again(misty, asked):
    answering.answer(request=asked, answer="Done.", by=misty)
    answer = signed_in(misty).post(reverse("data_requests:answer", args=[asked.pk]), {"answer": "Again."})
    assert answer.status_code == 422
    assert "has answered it already." in answer.content.decode()
    assert DataRequest.objects.get().answer == "Done."


def test_a_fundraiser_sees_and_does_not_answer(people, asked):
    client = signed_in(people.fundraiser)
    assert "Delete my data" in page_of(client, asked)
    assert reverse("data_requests:answer", args=[asked.pk]) not in page_of(client, asked)
    answer = client.post(reverse("data_requests:answer", args=[asked.pk]), {"answer": "Done."})
    assert answer.status_code == 403
    assert DataRequest.objects.get().answered_at is None
