"""The directory: who helps, how, where, when; narrowed by who lives where."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from content.models import SupportService
from tests.content.reading.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(support):
    """Puts a service into the directory."""

    def offered(name: str, **more) -> SupportService:
        given = {"way": "helpline", "offers": "Somebody listens.", "times": "Weekdays", "telephone": "01632 960001"}
        return SupportService.objects.create(name=name, **{**given, **more})

    return offered


@pytest.fixture
def three(offer) -> None:
    """One for everybody, one in Wales, one in Scotland."""
    offer("Harbour helpline")
    offer("Drift House", region="wales", way="visit", place="Northquay")
    offer("Walkers of Skerry", region="scotland", way="group")


def shown(client, query: str = "") -> list[str]:
    """The names of the services on the page."""
    return [service.name for service in client.get(f"/support/?{query}").context["services"]]


def test_all_are_shown_with_how_they_are_reached(client, three):
    page = client.get("/support/").content.decode()
    assert "3 services" in page
    assert '<a href="tel:01632960001">01632 960001</a>' in page
    assert "In person · Wales · Northquay" in page


def test_somebody_in_wales_sees_what_is_there_and_what_is_everywhere(client, three):
    assert shown(client, "region=wales") == ["Drift House", "Harbour helpline"]
    assert shown(client, "region=wales&way=visit") == ["Drift House"]
    page = client.get("/support/?region=wales").content.decode()
    assert '<option value="wales" selected>Wales</option>' in page


@pytest.mark.parametrize(
    "query", ["region=atlantis", "way=%00", "region=wales'--&way=", "region[]=wales", "way=../../etc"]
)
def test_what_is_no_region_is_as_if_it_had_not_been_said(client, three, query):
    assert len(shown(client, query)) == 3


def test_where_there_is_none_the_helpline_is_named(client, three):
    page = client.get("/support/?region=wales&way=money").content.decode()
    assert "We know of none like that." in page
    assert "01632 960001" in page


def test_a_draft_is_not_shown(client, offer):
    offer("Not agreed yet", live=False)
    assert shown(client) == []


def test_a_service_that_cannot_be_reached_is_refused(offer):
    service = offer("Harbour helpline")
    service.telephone = ""
    with pytest.raises(ValidationError, match="Say how it is reached"):
        service.full_clean()
    with pytest.raises(IntegrityError, match="support_service_can_be_reached"), transaction.atomic():
        SupportService.objects.update(telephone="")


def test_fifty_services_ask_no_more_of_the_database_than_five(client, offer):
    for number in range(5):
        offer(f"Helpline {number}")
    few = queries_of(client, "/support/")
    for number in range(5, 50):
        offer(f"Helpline {number}")
    assert queries_of(client, "/support/") == few <= 15
